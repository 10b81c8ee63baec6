"""Who hears of what happens in an alliance and of a decision, and the words that a decision is told in."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.templatetags.moments import until, written
from alliance.messages import people
from alliance.models import Role
from alliance.states import Membership, RoleKind
from audit import clock
from audit.models import Event
from governance.models import Decision, Elector, Holding
from governance.states import Body
from notifications.registry import Recipient


def voices_of(electors: list[Elector]) -> dict[UUID, list[UUID]]:
    """Each elector's people now: the holder while they hold the seat, or the representatives of the group's members."""
    seats = [each.seat_id for each in electors if each.seat_id]
    held = set(Holding.objects.current().accepted().filter(seat__in=seats).values_list("seat", "person"))
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).select_related("member__organisation")
    alliances = {each.alliance_id for each in electors}
    by_group: dict[tuple[UUID | None, UUID | None], list[UUID]] = {}
    for role in roles.filter(alliance__in=alliances, member__state=Membership.ADMITTED).order_by("granted_at", "pk"):
        group = role.member.group_key if role.member else None
        by_group.setdefault((role.alliance_id, group), []).append(role.person_id)
    return {
        each.pk: ([each.person_id] if each.person_id and (each.seat_id, each.person_id) in held else [])
        if each.seat_id
        else by_group.get((each.alliance_id, each.group), [])
        for each in electors
    }


def able(decision: Decision) -> list[Recipient]:
    """Those who may vote: recused electors are not asked."""
    electors = list(decision.electors.filter(recused_at__isnull=True).order_by("key"))
    return people(person for voices in voices_of(electors).values() for person in voices)


def missing_of(decisions: Sequence[Decision]) -> dict[UUID, list[Recipient]]:
    """Those who may vote in each decision and have not."""
    waiting = Elector.objects.filter(decision__in=decisions, recused_at__isnull=True, ballot__isnull=True)
    electors = list(waiting.order_by("decision", "key"))
    voices = voices_of(electors)
    return {
        pk: people(person for each in own for person in voices[each.pk])
        for pk, own in groupby(electors, key=attrgetter("decision_id"))
    }


def decision_of(event: Event) -> Decision:
    """The decision that an event is about."""
    return Decision.objects.select_related("alliance", "decision_class").get(pk=event.subject)


def url_of(decision: Decision) -> str:
    """Its page."""
    return reverse("governance:decision", args=[decision.alliance.slug, decision.number])


def about_of(decision: Decision) -> dict[str, object]:
    """What sentences about it are filled with."""
    end = decision.closes_at or decision.created_at
    return {
        "title": decision.title,
        "alliance": decision.alliance,
        "end": written(end),
        "left": until(end, clock.read()),
    }


def takes_part(event: Event, to: Recipient) -> bool:
    """Has this person a part in the alliance still?"""
    return to in everyone_in(decision_of(event).alliance_id)


def _holders(alliance: UUID) -> list[UUID]:
    held = Holding.objects.current().accepted().filter(alliance=alliance)
    return list(held.order_by("appointed_at", "pk").values_list("person", flat=True))


def _with_roles(alliance: UUID, *kinds: RoleKind, **more: Any) -> list[UUID]:
    roles = Role.objects.current().filter(alliance=alliance, kind__in=kinds or RoleKind.values, **more)
    return list(roles.order_by("granted_at", "pk").values_list("person", flat=True))


def everyone_in(alliance: UUID) -> list[Recipient]:
    """Everybody with a role or a seat."""
    return people([*_with_roles(alliance), *_holders(alliance)])


def committee_of(alliance: UUID) -> list[Recipient]:
    """Holders of seats, and organisers."""
    return people([*_holders(alliance), *_with_roles(alliance, RoleKind.ORGANISER)])


def deciding(event: Event) -> list[Recipient]:
    """Those who are to decide: the committee, or the members' representatives; and who organises."""
    decision = decision_of(event)
    if decision.body == Body.COMMITTEE:
        return committee_of(decision.alliance_id)
    speaking = _with_roles(decision.alliance_id, RoleKind.REPRESENTATIVE, member__state=Membership.ADMITTED)
    return people([*speaking, *_with_roles(decision.alliance_id, RoleKind.ORGANISER)])
