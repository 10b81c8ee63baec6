"""Names of organisations are compared however they are spaced and written in capitals."""

from typing import Any

from django.db import migrations, models

from accounts.models.names import KEYED, NameKeyField, fill_keys


def fill(apps: Any, schema_editor: Any) -> None:
    fill_keys(apps.get_model("accounts", "Organisation"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_former_addresses"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="organisation",
            name="accounts_organisation_one_per_name",
        ),
        migrations.AddField(
            model_name="organisation",
            name="key",
            field=NameKeyField(),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                fields=("key",), condition=KEYED, name="accounts_organisation_one_per_key"
            ),
        ),
    ]
