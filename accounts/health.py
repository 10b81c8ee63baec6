"""Is this installation well? The process, the database, its migrations, the broker, and what upper apps add."""

from collections.abc import Callable

from celery import current_app
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError

Check = Callable[[], str]
"""Says in a few words what is wrong, or nothing at all."""
_checks: dict[str, Check] = {}
BROKER_SECONDS = 1


def add_check(name: str, check: Check) -> None:
    """Have `/readyz` ask this too."""
    _checks[name] = check


def faults() -> dict[str, str]:
    """Everything asked, by name, with what is wrong; an empty text is well."""
    try:
        return {name: check() for name, check in _checks.items()}
    except DatabaseError as error:
        return {"database": type(error).__name__}


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} not applied" if waiting else ""


def _broker() -> str:
    try:
        with current_app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except (OSError, OperationalError) as error:
        return type(error).__name__
    return ""


add_check("database", _database)
add_check("migrations", _migrations)
add_check("broker", _broker)
