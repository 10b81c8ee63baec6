"""Is what each member wants most served by a benefit? A member's confidential interest is not named."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from alliance import rules
from alliance.models import Alliance, InterestLink, Position


@dataclass(frozen=True, slots=True)
class Covered:
    """A member, what it wants most (None where it says so in confidence, or nothing), and the benefit that serves it.

    `waits` says that the benefit is linked, but its steward has not accepted that yet.
    """

    member: str
    wants: str | None
    is_confidential: bool
    benefit: str
    waits: bool


def coverage_of(alliance: Alliance) -> list[Covered]:
    """One line a member, those not served first: three statements."""
    positions = alliance.positions.filter(stance__gte=rules.FOR).select_related("topic").order_by("-salience", "pk")
    wanted: dict[UUID, list[Position]] = {}
    for each in positions:
        wanted.setdefault(each.member_id, []).append(each)
    served = _links(alliance)
    members = alliance.members.admitted().with_names().order_by("organisation__name", "pk")
    lines = [_line(str(member), _top(wanted.get(member.pk, [])), served) for member in members]
    return sorted(lines, key=lambda line: (bool(line.benefit) and not line.waits, line.member))


def _links(alliance: Alliance) -> dict[tuple[UUID, UUID], InterestLink]:
    """(member, topic) → the link that counts most: accepted ones last, so that they win."""
    links = InterestLink.objects.filter(stream__alliance=alliance, stream__beneficiaries__member=F("member"))
    ordered = links.select_related("stream").order_by(F("accepted_at").asc(nulls_first=True), "pk")
    return {(link.member_id, link.topic_id): link for link in ordered}


def _top(positions: list[Position]) -> list[Position]:
    """Those of the highest salience: of several one is enough."""
    return [each for each in positions if each.salience == positions[0].salience]


def _line(member: str, top: list[Position], served: dict[tuple[UUID, UUID], InterestLink]) -> Covered:
    links = [(each, served[each.member_id, each.topic_id]) for each in top if (each.member_id, each.topic_id) in served]
    best = max(links, key=lambda pair: pair[1].accepted_at is not None, default=None)
    shown = best[0] if best else next(iter(top), None)
    hidden = shown is not None and shown.is_confidential
    return Covered(
        member=member,
        wants=shown.topic.name if shown and not hidden else None,
        is_confidential=hidden,
        benefit=best[1].stream.title if best else "",
        waits=best is not None and best[1].accepted_at is None,
    )
