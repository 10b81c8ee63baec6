"""The operator's site: an installation's health, and no door to anybody's sign-in or to an alliance's inside."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models import Model

OPERATED = frozenset({"alliance.Alliance", "axes.AccessAttempt", "notifications.Delivery"})
"""What operators may look at. Libraries offer more (tokens, addresses of sign-in, groups): by those an operator could
become somebody else, with no trace in any log."""


class OperatorSite(admin.AdminSite):
    """Registers what stands in OPERATED, and leaves out the rest."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models: Iterable[type[Model]] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        )
        super().register([each for each in models if each._meta.label in OPERATED], admin_class, **options)


class OperatorSiteConfig(AdminConfig):
    """The admin application, with the operator's site."""

    default_site = "config.admin.OperatorSite"
