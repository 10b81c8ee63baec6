"""Is what each member wants most served by a benefit? What it says in confidence is not looked at: it would show."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from accounts.models import Person
from alliance import rules
from alliance.models import Alliance, InterestLink, Position, Role
from alliance.states import RoleKind


@dataclass(frozen=True, slots=True)
class Covered:
    """A member, what it wants most of what it says openly, and the benefit that serves it.

    It wants None where it has said nothing, or all in confidence; then any benefit that it is linked to is named.

    `waits` says that the benefit is linked, but its steward has not accepted that yet; `is_own` that who looks speaks
    for the member, and so may link it.
    """

    member: str
    wants: str | None
    is_confidential: bool
    benefit: str
    waits: bool
    is_own: bool


def coverage_of(alliance: Alliance, person: Person) -> list[Covered]:
    """One line a member, those not served first: three statements."""
    stated: dict[UUID, list[Position]] = {}
    for each in alliance.positions.on_its_words().select_related("topic").order_by("-salience", "pk"):
        stated.setdefault(each.member_id, []).append(each)
    served = _links(alliance)
    speaks = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).filter(person=person, member=OuterRef("pk"))
    found = alliance.members.admitted().with_names().annotate(is_own=Exists(speaks))
    members: list[Any] = list(found.order_by("organisation__name", "pk"))
    lines = [_line(member, stated.get(member.pk, []), served) for member in members]
    return sorted(lines, key=lambda line: (bool(line.benefit) and not line.waits, line.member))


def _links(alliance: Alliance) -> dict[tuple[UUID, UUID], InterestLink]:
    """(member, topic) → the link that counts most: accepted ones last, so that they win."""
    links = InterestLink.objects.filter(stream__alliance=alliance, stream__beneficiaries__member=F("member"))
    ordered = links.select_related("stream").order_by(F("accepted_at").asc(nulls_first=True), "pk")
    return {(link.member_id, link.topic_id): link for link in ordered}


def _top(positions: list[Position]) -> list[Position]:
    """Those of the highest salience: of several one is enough."""
    return [each for each in positions if each.salience == positions[0].salience]


def _line(member: Any, stated: list[Position], served: dict[tuple[UUID, UUID], InterestLink]) -> Covered:
    top = _top([each for each in stated if each.stance >= rules.FOR and not each.is_confidential])
    named = {each.topic_id for each in top}
    links = [link for (of, topic), link in served.items() if of == member.pk and (topic in named or not top)]
    best = max(links, key=lambda link: link.accepted_at is not None, default=None)
    shown = next((each for each in top if best and each.topic_id == best.topic_id), next(iter(top), None))
    return Covered(
        member=str(member),
        wants=shown.topic.name if shown else None,
        is_confidential=not top and any(each.is_confidential for each in stated),
        benefit=best.stream.title if best else "",
        waits=best is not None and best.accepted_at is None,
        is_own=member.is_own,
    )
