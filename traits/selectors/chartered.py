"""After chartering: what dropped and must be cured, and what lapses next."""

from dataclasses import dataclass
from datetime import datetime

from alliance.models import Alliance
from traits.freshness import Lapse, read_back
from traits.indicators.registry import REGISTRY
from traits.models import Assessment, DropNotice

MOST_LAPSES = 8


def next_lapses(latest: Assessment, at: datetime) -> list[Lapse]:
    """What lapses next, soonest first."""
    return [each for each in read_back(latest.lapses) if each.day >= at.date()][:MOST_LAPSES]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """An open notice of a drop, with the whole days left to cure it."""

    indicator: str
    name: str
    opened_at: datetime
    cure_by: datetime
    days_left: int


def open_notices(alliance: Alliance, at: datetime) -> list[NoticeRow]:
    """What must be cured, soonest first: one statement."""
    found = DropNotice.objects.filter(alliance=alliance, closed_at__isnull=True).order_by("cure_by", "indicator")
    return [
        NoticeRow(
            indicator=each.indicator,
            name=str(REGISTRY[each.indicator].name),
            opened_at=each.opened_at,
            cure_by=each.cure_by,
            days_left=max((each.cure_by - at).days, 0),
        )
        for each in found
    ]
