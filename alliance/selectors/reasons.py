"""Why the founders do it, and what they have discovered: one statement each."""

from dataclasses import dataclass
from datetime import date, datetime

from alliance.models import Alliance, Expectation, Opportunity, ValueStream
from alliance.selectors.value import months_after


def expectations_of(alliance: Alliance) -> list[Expectation]:
    """What was said, newest first."""
    found = Expectation.objects.filter(alliance=alliance).select_related("said_by")
    return list(found.order_by("-said_at", "-pk"))


def expected_by(alliance: Alliance) -> Expectation | None:
    """What counts: the newest."""
    return Expectation.objects.filter(alliance=alliance).order_by("-said_at", "-pk").first()


def opportunities_of(alliance: Alliance) -> list[Opportunity]:
    """Newest discovery first."""
    found = Opportunity.objects.filter(stream__alliance=alliance).select_related("stream", "added_by")
    return list(found.order_by("-found_on", "-pk"))


@dataclass(frozen=True, slots=True)
class Asking:
    """When a benefit’s next review asks for opportunities: so many months after the last entry, or its beginning."""

    stream: ValueStream
    next_on: date | None
    is_due: bool


def asked_for(streams: list[ValueStream], found: list[Opportunity], at: datetime) -> list[Asking]:
    """One for each benefit, from its own interval of reviews; without one, no day is set."""
    newest: dict[object, datetime] = {}
    for each in found:
        newest[each.stream_id] = max(each.added_at, newest.get(each.stream_id, each.added_at))
    return [_asking(stream, newest.get(stream.pk, stream.created_at).date(), at.date()) for stream in streams]


def _asking(stream: ValueStream, since: date, today: date) -> Asking:
    day = months_after(since, stream.review_months) if stream.review_months else None
    return Asking(stream, day, day is not None and day <= today)
