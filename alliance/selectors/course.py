"""A benefit over time: baseline, readings and targets, crossing the charter's end."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from alliance.models import Reading, Target, ValueStream


class Mark(NamedTuple):
    """A day that matters; `kind` is `end` for the charter's end, else empty."""

    day: date
    word: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Days and values of what was read (the baseline first) and is aimed at, and the days that matter, in order."""

    readings: list[tuple[date, Decimal]]
    targets: list[tuple[date, Decimal]]
    marks: list[Mark]


def course_of(
    stream: ValueStream, readings: list[Reading], targets: list[Target], *, ends_on: date | None, today: date
) -> Course | None:
    """None before there is a baseline. `ends_on` is when the charter ends by itself, if it does."""
    if stream.baseline is None or stream.baseline_on is None:
        return None
    marks = [
        Mark(today, _("Today")),
        *([Mark(ends_on, _("The charter ends"), "end")] if ends_on else []),
        *([Mark(stream.upkeep_funded_until, _("Upkeep is funded until here"))] if stream.upkeep_funded_until else []),
        *([Mark(stream.horizon_on, _("The benefit lasts until here"))] if stream.horizon_on else []),
    ]
    return Course(
        readings=[
            (stream.baseline_on, stream.baseline),
            *sorted((each.read_on, each.value) for each in readings),
        ],
        targets=sorted((each.due_on, each.value) for each in targets),
        marks=sorted(marks),
    )
