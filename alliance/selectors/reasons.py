"""Why the founders do it, and what they have discovered: one statement each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.todo import Todo
from alliance.models import Alliance, Expectation, Opportunity, Role, ValueStream
from alliance.selectors.value import months_after
from alliance.states import LIVING, Membership, RoleKind

STANDS = timedelta(days=30)
"""So long a review asks a person; where nothing was discovered it ends by itself, until the next review."""


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


def todos_of(person: Person, at: datetime) -> Iterator[Todo]:
    """What reviews of benefits ask of the person: one statement, whatever the number of alliances.

    Organisers are asked, and the steward who represents a member: they may enter it.
    """
    today = at.date()
    for stream in _reviewed(person):
        reviewed_on = _last_review(stream, today)
        if reviewed_on and today - reviewed_on < STANDS:
            yield Todo(
                what=_("Say what has become possible through “%(title)s”") % {"title": stream},
                where=stream.alliance.name,
                url=reverse("alliance:add_opportunity", args=[stream.alliance.slug, stream.pk]),
                verb=_("Enter it"),
                note=_("Its review asks for this; if nothing was discovered, leave it"),
            )


def _reviewed(person: Person) -> Any:
    """Benefits with an interval of reviews, each with its newest entry, of which the person is asked."""
    own = Role.objects.current().filter(person=person).order_by()
    organised = Q(alliance__in=own.of_kind(RoleKind.ORGANISER).values("alliance"))
    represented = own.of_kind(RoleKind.REPRESENTATIVE).filter(member__state=Membership.ADMITTED).values("alliance")
    found = ValueStream.objects.filter(organised | Q(steward=person, alliance__in=represented))
    found = found.filter(alliance__state__in=LIVING, review_months__isnull=False).select_related("alliance")
    return found.annotate(entered_at=Max("opportunities__added_at")).order_by("created_at", "pk")


def _last_review(stream: Any, today: date) -> date | None:
    """The latest review until today, counted in its interval from the newest entry, or the beginning; None before."""
    since = (stream.entered_at or stream.created_at).date()
    passed = ((today.year - since.year) * 12 + today.month - since.month) // stream.review_months
    days = [months_after(since, count * stream.review_months) for count in (passed, passed - 1) if count > 0]
    return next((day for day in days if day <= today), None)
