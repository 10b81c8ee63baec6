"""The committee: its terms and its seats, set up by the organiser before the charter."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance, Member
from alliance.services.locking import lock, require_writable
from alliance.states import Area, Membership
from audit.errors import DomainError
from governance.models import CommitteeTerms, Officer, Seat
from governance.services.balance import keeping_balance
from governance.services.locking import tell


@transaction.atomic
def set_committee_terms(
    *,
    actor: Person,
    alliance: Alliance,
    term_months: int | None,
    term_limit: int | None,
    forbids_instruction: bool,
    forbids_proxies: bool,
    appeal_route: str,
    records_held_by: str,
) -> CommitteeTerms:
    """Say what holds for the committee as a whole. Before the charter; under it, amend the charter."""
    alliance, at = lock(alliance)
    require("governance.set_committee_terms", actor, alliance)
    require_writable(alliance, Area.COMMITTEE)
    terms, _new = CommitteeTerms.objects.update_or_create(
        alliance=alliance,
        defaults={
            "term_months": term_months,
            "term_limit": term_limit,
            "forbids_instruction": forbids_instruction,
            "forbids_proxies": forbids_proxies,
            "appeal_route": appeal_route,
            "records_held_by": records_held_by,
        },
    )
    data = {"term_months": term_months, "term_limit": term_limit}
    tell("committee_terms.set", alliance.pk, actor=actor, subject=terms, at=at, data=data)
    return terms


@transaction.atomic
def add_seat(*, actor: Person, alliance: Alliance, label: str, weight: int, member: Member | None) -> Seat:
    """Add a seat. Its weight counts for `member` and its group; without a member it is neutral."""
    alliance, at = lock(alliance)
    require("governance.add_seat", actor, alliance)
    require_writable(alliance, Area.COMMITTEE)
    _require_sound(alliance, label=label, weight=weight, member=member)
    with keeping_balance(alliance):
        seat = Seat.objects.create(alliance=alliance, label=label.strip(), weight=weight, member=member, created_at=at)
    tell("seat.added", alliance.pk, actor=actor, subject=seat, at=at, data=_said(seat))
    return seat


@transaction.atomic
def change_seat(*, actor: Person, seat: Seat, label: str, weight: int, member: Member | None) -> Seat:
    """Rename a seat, weigh it anew, or count it for another member. An open decision keeps what it was opened with."""
    alliance, at = lock(seat.alliance_id)
    require("governance.change_seat", actor, alliance)
    require_writable(alliance, Area.COMMITTEE)
    seat = _standing(seat)
    _require_sound(alliance, label=label, weight=weight, member=member, but=seat)
    seat.label, seat.weight, seat.member = label.strip(), weight, member
    with keeping_balance(alliance):
        seat.save(update_fields=["label", "weight", "member"])
    tell("seat.changed", alliance.pk, actor=actor, subject=seat, at=at, data=_said(seat))
    return seat


@transaction.atomic
def abolish_seat(*, actor: Person, seat: Seat) -> Seat:
    """Do away with a seat that nobody holds; a nomination for it ends. Its record stays."""
    alliance, at = lock(seat.alliance_id)
    require("governance.abolish_seat", actor, alliance)
    require_writable(alliance, Area.COMMITTEE)
    seat = _standing(seat)
    if seat.holdings.current().accepted().exists():
        raise DomainError("seat_held", _("Somebody holds this seat. It can be abolished once they have left."))
    seat.holdings.current().update(left_at=at)
    seat.abolished_at = at
    with keeping_balance(alliance):
        seat.save(update_fields=["abolished_at"])
    tell("seat.abolished", alliance.pk, actor=actor, subject=seat, at=at)
    return seat


def abolish_seats_of(member: Member, actor: Person | None, at: datetime) -> None:
    """Do away with the seats that count for a member that leaves, in its transaction: their holders leave with it."""
    for seat in Seat.objects.standing().filter(member=member).order_by("created_at", "pk"):
        people = list(seat.holdings.current().values_list("person", flat=True))
        seat.holdings.current().update(left_at=at)
        Officer.objects.filter(alliance=seat.alliance_id, person__in=people, ends_at__isnull=True).update(ends_at=at)
        seat.abolished_at = at
        seat.save(update_fields=["abolished_at"])
        tell("seat.abolished", seat.alliance_id, actor=actor, subject=seat, at=at)


def _standing(seat: Seat) -> Seat:
    found: Seat | None = Seat.objects.standing().select_related("member").filter(pk=seat.pk).first()
    if found is None:
        raise DomainError("seat_abolished", _("This seat has been abolished."))
    return found


def _require_sound(
    alliance: Alliance, *, label: str, weight: int, member: Member | None, but: Seat | None = None
) -> None:
    if not label.strip():
        raise DomainError("label_missing", _("Give the seat a name."), field="label")
    if not 1 <= weight <= 10_000:
        raise DomainError("weight_range", _("A seat weighs from 1 to 10,000."), field="weight")
    if member is not None and (member.alliance_id != alliance.pk or member.state == Membership.WITHDRAWN):
        raise DomainError("foreign_member", _("Choose a member of this alliance."), field="member")
    others = Seat.objects.standing().filter(alliance=alliance, label=label.strip())
    if others.exclude(pk=but.pk if but else None).exists():
        raise DomainError("label_taken", _("Another seat has this name."), field="label")


def _said(seat: Seat) -> dict[str, Any]:
    return {"weight": seat.weight, "member": str(seat.member_id) if seat.member_id else None}
