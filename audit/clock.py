"""The one clock. Services read it after they hold their lock, in a statement of its own.

Tests move it: in the process by `shift()`, across processes by the file that `CLOCK_SHIFT_FILE` names
(it holds a number of seconds). Production refuses to start with such a file set.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

_shift = timedelta()


def read() -> datetime:
    """The time now, in UTC: the database's own clock on PostgreSQL, so that all machines agree."""
    return _database_time() + _shift + _file_shift()


def _database_time() -> datetime:
    if connection.vendor != "postgresql":
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now.astimezone(UTC)


def _file_shift() -> timedelta:
    name = settings.CLOCK_SHIFT_FILE
    if not name or not Path(name).exists():
        return timedelta()
    return timedelta(seconds=float(Path(name).read_text() or 0))


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Move the process's clock by so much, for tests; shifts add up and end with the block."""
    global _shift  # noqa: PLW0603 - one clock a process is the point
    before = _shift
    _shift = before + by
    try:
        yield
    finally:
        _shift = before
