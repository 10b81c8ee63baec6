"""Who sits on the committee: named, accepting, leaving."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Invitation, Organisation, Person
from accounts.permissions import require, require_bound
from accounts.rules import SIGNING, Proof
from accounts.services import invitations
from alliance.models import Alliance, Member
from alliance.selectors.value import months_after
from alliance.services.locking import lock, require_living
from alliance.states import Membership
from audit.errors import DomainError
from governance.models import CommitteeTerms, Holding, Officer, Seat, SeatInvitation
from governance.services.locking import tell


@transaction.atomic
def nominate_holder(
    *,
    actor: Person,
    seat: Seat,
    email: str,
    name: str,
    appointed_by: Member | None,
    starts_on: date,
    ends_on: date,
    irrevocable_until: date | None = None,
    removable_by_employer: bool = False,
    organisation: str = "",
) -> Holding | Invitation:
    """Name a person for a vacant seat. They hold it once they accept it, by a proof of sign-in.

    Who is not known here yet is invited (as working for `organisation`, where it is given), and is nominated when they
    accept the invitation. Raises DomainError when the seat is taken, or the person holds another.
    """
    alliance, at = lock(seat.alliance_id)
    seat = Seat.objects.select_related("member").get(pk=seat.pk)
    require("governance.nominate_holder", actor, seat)
    require_living(alliance)
    terms: dict[str, Any] = {
        "appointed_by": appointed_by,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "irrevocable_until": irrevocable_until,
        "removable_by_employer": removable_by_employer,
    }
    _require_term(alliance, **terms)
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is not None:
        return appoint(alliance, seat, person, at=at, actor=actor, **terms)
    if (seat.abolished_at or seat.holdings.current().exists()) or _is_offered(seat, at):
        raise DomainError("seat_taken", _("This seat is held, or offered to somebody. Take that back first."))
    invitation = invitations.invite(actor=actor, email=email, name=name, organisation=_employer(organisation))
    SeatInvitation.objects.create(invitation=invitation, alliance=alliance, seat=seat, **terms)
    tell("holder.invited", alliance.pk, actor=actor, subject=invitation, at=at, data={"seat": str(seat.pk)})
    return invitation


def _require_term(
    alliance: Alliance, *, appointed_by: Member | None, starts_on: date, ends_on: date, **rest: Any
) -> None:
    if ends_on <= starts_on:
        raise DomainError("term_order", _("The term must end after it begins."), field="ends_on")
    terms = CommitteeTerms.objects.filter(alliance=alliance).first()
    if terms and terms.term_months and ends_on > months_after(starts_on, terms.term_months):
        raise DomainError(
            "term_too_long",
            ngettext(
                "A term here is %(months)s month at most.",
                "A term here is %(months)s months at most.",
                terms.term_months,
            )
            % {"months": terms.term_months},
            field="ends_on",
        )
    if appointed_by is not None and (
        appointed_by.alliance_id != alliance.pk or appointed_by.state == Membership.WITHDRAWN
    ):
        raise DomainError("foreign_member", _("Choose a member of this alliance."), field="appointed_by")


def _is_offered(seat: Seat, at: datetime) -> bool:
    offers = SeatInvitation.objects.filter(seat=seat, invitation__used_at__isnull=True)
    return offers.filter(invitation__withdrawn_at__isnull=True, invitation__expires_at__gt=at).exists()


def _employer(organisation: str) -> Organisation | None:
    return Organisation.objects.enter(organisation)[0] if organisation.strip() else None


def appoint(
    alliance: Alliance, seat: Seat, person: Person, *, at: datetime, actor: Person | None, **terms: Any
) -> Holding:
    """Write a nomination, in the caller's transaction and under the alliance's lock. The person still accepts it."""
    if seat.abolished_at or seat.holdings.current().exists():
        raise DomainError("seat_taken", _("This seat is held, or offered to somebody. Take that back first."))
    if Holding.objects.current().filter(alliance=alliance, person=person).exists():
        raise DomainError("holds_a_seat", _("This person holds a seat already, or is named for one."), field="email")
    holding = Holding.objects.create(alliance=alliance, seat=seat, person=person, appointed_at=at, **terms)
    appointed_by = str(holding.appointed_by_id) if holding.appointed_by_id else None
    data = {"seat": str(seat.pk), "person": str(person.pk), "appointed_by": appointed_by}
    tell("holder.nominated", alliance.pk, actor=actor, subject=holding, at=at, data=data)
    return holding


def accept_offer(invitation: Invitation, person: Person, at: datetime) -> None:
    """What accepting an invitation means here: the nomination, if the seat is still free.

    Runs in the transaction of the acceptance. A seat filled meanwhile leaves the person with an account only.
    """
    offer = SeatInvitation.objects.select_related("seat", "appointed_by").filter(invitation=invitation).first()
    if offer is None:
        return
    alliance, at = lock(offer.alliance_id)
    held = Holding.objects.current().filter(alliance=alliance)
    if offer.seat.abolished_at or held.filter(seat=offer.seat).exists() or held.filter(person=person).exists():
        tell("nomination.lapsed", alliance.pk, actor=person, subject=invitation, at=at)
        return
    terms = ("appointed_by", "starts_on", "ends_on", "irrevocable_until", "removable_by_employer")
    appoint(alliance, offer.seat, person, at=at, actor=person, **{name: getattr(offer, name) for name in terms})


@transaction.atomic
def withdraw_nomination(*, actor: Person, seat: Seat) -> Seat:
    """Take back the nomination for a seat, or the invitation to it, that nobody has accepted yet."""
    alliance, at = lock(seat.alliance_id)
    seat = Seat.objects.select_related("member").get(pk=seat.pk)
    require("governance.withdraw_nomination", actor, seat)
    named = seat.holdings.current().filter(accepted_at__isnull=True).update(left_at=at)
    offers = Invitation.objects.filter(seat_offer__seat=seat, used_at__isnull=True, withdrawn_at__isnull=True)
    if not named + offers.update(withdrawn_at=at):
        raise DomainError("nothing_offered", _("Nobody is waiting to accept this seat."))
    tell("nomination.withdrawn", alliance.pk, actor=actor, subject=seat, at=at)
    return seat


@transaction.atomic
def accept_seat(*, actor: Person, holding: Holding, proof: Proof | None) -> Holding:
    """Take the seat one is named for. With a fresh proof; a seat taken elsewhere is accepted here anew."""
    alliance, at = lock(holding.alliance_id)
    proof = require_bound("governance.accept_seat", actor, holding, proof=proof, at=at, within=SIGNING)
    require_living(alliance)
    waiting = Holding.objects.current().filter(pk=holding.pk).exclude(accepted_at__isnull=False, witnessed=True)
    if not waiting.update(accepted_at=at, witnessed=True):
        raise DomainError("nothing_to_accept", _("This seat was accepted already, or the nomination was taken back."))
    holding.refresh_from_db()
    data = {"seat": str(holding.seat_id), "proof": proof.as_data()}
    tell("seat.accepted", alliance.pk, actor=actor, subject=holding, at=at, data=data)
    return holding


@transaction.atomic
def leave_seat(*, actor: Person, holding: Holding) -> Holding:
    """Give up one's seat, or decline the nomination; an office goes with it. What was decided stays."""
    alliance, at = lock(holding.alliance_id)
    require("governance.leave_seat", actor, holding)
    if not Holding.objects.current().filter(pk=holding.pk).update(left_at=at):
        raise DomainError("left_already", _("You have left this seat already."))
    holding.refresh_from_db()
    ended = Officer.objects.filter(alliance=alliance, person=actor, ends_at__isnull=True).update(ends_at=at)
    data = {"seat": str(holding.seat_id), "offices_ended": ended}
    tell("seat.left", alliance.pk, actor=actor, subject=holding, at=at, data=data)
    return holding
