"""What was measured of a benefit, as a table to take along."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from alliance.models import ValueStream
from audit.spreadsheet import csv_of

HEADER = ("kind", "day", "value", "unit", "source", "entered_by", "verified_by")


def readings_csv(stream: ValueStream) -> str:
    """Baseline, readings and targets in the order of their days: two statements."""
    rows: list[tuple[Any, ...]] = sorted(_rows(stream), key=lambda row: (row[1], row[0]))
    return csv_of(HEADER, rows)


def _rows(stream: ValueStream) -> Iterator[tuple[Any, ...]]:
    if stream.baseline is not None and stream.baseline_on:
        by = str(stream.baseline_verified_by) if stream.baseline_verified_by else ""
        day = stream.baseline_on.isoformat()
        yield "baseline", day, _number(stream.baseline), stream.unit, stream.baseline_source, "", by
    for each in stream.readings.select_related("entered_by", "verified_by__organisation"):
        verified = str(each.verified_by) if each.verified_by else ""
        day = each.read_on.isoformat()
        yield "reading", day, _number(each.value), stream.unit, each.source, each.entered_by.name, verified
    for target in stream.targets.select_related("set_by"):
        yield "target", target.due_on.isoformat(), _number(target.value), stream.unit, "", target.set_by.name, ""


def _number(value: Decimal) -> Decimal:
    """Without the zeros that a column keeps."""
    return Decimal(f"{value.normalize():f}")
