"""That a refusal names its reason, and leaves every row as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from audit.errors import DomainError, NotPermitted

OURS = ("audit", "accounts", "alliance", "governance", "traits", "charter")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of our own tables."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


@contextmanager
def refused(code: str) -> Iterator[None]:
    """A DomainError with this code, and nothing written."""
    before = everything()
    with pytest.raises(DomainError) as caught:
        yield
    assert caught.value.code == code
    assert everything() == before


@contextmanager
def not_permitted(code: str = "not_permitted") -> Iterator[None]:
    """A NotPermitted with this code, and nothing written."""
    before = everything()
    with pytest.raises(NotPermitted) as caught:
        yield
    assert caught.value.code == code
    assert everything() == before
