from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import checks, triggers  # noqa: F401 - registers the system check

        triggers.append_only("audit_event")
        post_migrate.connect(_guard_tables, dispatch_uid="audit.guard_tables")


def _guard_tables(using: str, **kwargs: Any) -> None:
    from django.db import connections

    from audit import grants, triggers

    triggers.install(connections[using])
    grants.grant(connections[using])
