"""A refusal that shows its code, and that nothing was written: every row of every table of ours stands as before."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps

from audit.errors import DomainError, NotPermitted

OURS = ("accounts", "alliance", "governance", "audit", "traits", "charter")


def everything() -> dict[str, list[tuple]]:
    """All rows of all our tables."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: sorted(model.objects.values_list(), key=str) for model in models}


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block is refused with this code, and leaves nothing behind."""
    before = everything()
    with pytest.raises((DomainError, NotPermitted)) as refusal:
        yield
    assert refusal.value.code == code
    assert refusal.value.sentence.strip()
    assert everything() == before
