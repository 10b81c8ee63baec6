"""Names of kinds and topics are compared however they are spaced and written in capitals."""

from typing import Any

from django.db import migrations, models

from accounts.models.names import KEYED, NameKeyField, fill_keys


def fill(apps: Any, schema_editor: Any) -> None:
    fill_keys(apps.get_model("alliance", "Category"), "alliance_id")
    fill_keys(apps.get_model("alliance", "Topic"), "alliance_id")


class Migration(migrations.Migration):
    dependencies = [
        ("alliance", "0008_holds"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="category",
            name="alliance_category_one_per_name",
        ),
        migrations.RemoveConstraint(
            model_name="topic",
            name="alliance_topic_one_per_name",
        ),
        migrations.AddField(
            model_name="category",
            name="key",
            field=NameKeyField(),
        ),
        migrations.AddField(
            model_name="topic",
            name="key",
            field=NameKeyField(),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(
                fields=("alliance", "key"), condition=KEYED, name="alliance_category_one_per_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.UniqueConstraint(
                fields=("alliance", "key"), condition=KEYED, name="alliance_topic_one_per_key"
            ),
        ),
    ]
