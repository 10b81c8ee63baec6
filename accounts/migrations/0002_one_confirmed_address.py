"""One address an account, confirmed: claims on any other go, so that no one holds an address that is not theirs."""

from typing import Any

from django.db import migrations
from django.db.models import F


def confirm_own(apps: Any, schema_editor: Any) -> None:
    EmailAddress = apps.get_model("account", "EmailAddress")
    Person = apps.get_model("accounts", "Person")
    EmailAddress.objects.exclude(email=F("user__email")).delete()
    EmailAddress.objects.update(verified=True, primary=True)
    without = Person.objects.filter(emailaddress=None).values_list("pk", "email")
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=pk, email=email, verified=True, primary=True) for pk, email in without
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_foundation"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(confirm_own, migrations.RunPython.noop)]
