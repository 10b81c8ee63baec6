"""System checks that the log's guards stand (`manage.py check --database default`)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from audit import triggers


@register(Tags.database)
def append_only_tables_are_guarded(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every append-only table has its triggers."""
    return [
        Error(f"{table} has lost its append-only triggers.", hint="Run manage.py migrate.", id="audit.E001")
        for alias in databases or []
        for table in triggers.missing(connections[alias])
    ]
