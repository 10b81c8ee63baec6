"""Names that are told apart as people read them."""

from typing import Any

from django.db import models

from accounts.rules import name_key


class NameKeyField(models.TextField):
    """What a row's `name` is compared by (`accounts.rules.name_key`), kept beside it at every save.

    Where a row is saved with `update_fields`, they name this field too.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"editable": False, "db_default": "", **options})

    def pre_save(self, model_instance: Any, add: bool) -> str:
        key = name_key(model_instance.name)
        setattr(model_instance, self.attname, key)
        return key


KEYED = ~models.Q(key="")
"""What a constraint on keys holds for: the release before this one writes none while the two run side by side."""


def fill_keys(model: Any, *within: str) -> None:
    """Give the rows of a migration's model their keys; a row whose key is taken (`within` the same) gets its own."""
    taken = set()
    for row in model.objects.order_by("pk"):
        key = name_key(row.name)
        place = (*(getattr(row, field) for field in within), key)
        row.key = f"{key} {row.pk}" if place in taken else key
        taken.add(place)
        model.objects.filter(pk=row.pk).update(key=row.key)
