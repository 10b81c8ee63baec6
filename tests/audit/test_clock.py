"""The one clock, and how tests move it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from audit import clock


@pytest.mark.django_db
def test_it_reads_the_time_in_utc() -> None:
    at = clock.read()
    assert at.tzinfo == UTC
    assert abs(at - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.django_db(transaction=True)
def test_it_goes_on_within_a_transaction() -> None:
    with transaction.atomic():
        first = clock.read()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert clock.read() > first


@pytest.mark.django_db
def test_shifts_add_up_and_end_with_their_block() -> None:
    before = clock.read()
    with clock.shifted(timedelta(days=1)), clock.shifted(timedelta(days=2)):
        assert timedelta(days=3) <= clock.read() - before < timedelta(days=3, minutes=1)
    assert clock.read() - before < timedelta(minutes=1)


@pytest.mark.django_db
def test_a_file_shifts_every_process(settings: Any, tmp_path: Path) -> None:
    settings.CLOCK_SHIFT_FILE = str(tmp_path / "shift")
    before = clock.read()
    (tmp_path / "shift").write_text("7200")
    assert timedelta(hours=2) <= clock.read() - before < timedelta(hours=2, minutes=1)
