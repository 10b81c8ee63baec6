"""What members promise to bring in, sign, and keep."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require, require_bound
from accounts.rules import SIGNING, Proof
from alliance.models import Contribution, Exhibit, Member, Role
from alliance.services.founding import raise_to_floor
from alliance.services.locking import lock, require_living, require_not_signing, require_writable, tell
from alliance.states import Area, ContributionKind, Membership, RoleKind
from audit.errors import DomainError

KIND = "contribution"
"""How evidence names what it is attached to."""


@transaction.atomic
def promise_contribution(
    *,
    actor: Person,
    member: Member,
    kind: ContributionKind,
    description: str,
    amount: int | None = None,
    currency: str = "",
    due_on: date | None = None,
) -> Contribution:
    """Promise money (amount in minor units, with its currency), people, data, rights or facilities; not binding yet."""
    alliance, at = lock(member.alliance_id)
    require("alliance.promise_contribution", actor, member)
    require_writable(alliance, Area.CONTRIBUTIONS)
    if member.state != Membership.ADMITTED:
        raise DomainError("not_admitted", _("Only an admitted member contributes."))
    if kind == ContributionKind.MONEY and not amount:
        raise DomainError("amount_missing", _("Say how much money."), field="amount")
    promised = Contribution(
        alliance=alliance,
        member=member,
        kind=kind,
        description=description,
        amount=amount,
        currency=currency or (alliance.currency if amount else ""),
        due_on=due_on,
    )
    return keep_promise_of(actor, promised, at)


def keep_promise_of(actor: Person, promised: Contribution, at: datetime) -> Contribution:
    """Write a promise, with its event; the caller has asked who may, and the rules."""
    promised.save(force_insert=True)
    kind = {"kind": promised.kind}
    tell("contribution.promised", promised.alliance, actor=actor, subject=promised, at=at, data=kind)
    return promised


@transaction.atomic
def take_back_promise(*, actor: Person, contribution: Contribution) -> None:
    """Take a promise back before it is signed; that it was made stays in the log.

    Raises DomainError for one that is signed here, and for one to which evidence was attached.
    """
    alliance, at = lock(contribution.alliance_id)
    contribution = Contribution.objects.select_related("member").get(pk=contribution.pk)
    require("alliance.promise_contribution", actor, contribution.member)
    require_living(alliance)
    require_not_signing(alliance)
    if contribution.signed_at and contribution.witnessed:
        raise DomainError("signed_already", _("This contribution is signed already."))
    shows, is_shown = Q(source_kind=KIND, source=contribution.pk), Q(kind=KIND, record=contribution.pk)
    if Exhibit.objects.filter(shows | is_shown, alliance=alliance).exists():
        raise DomainError("has_evidence", _("Evidence hangs on this promise, so it stays on record."))
    subject = Contribution(pk=contribution.pk)
    contribution.delete()
    tell("contribution.taken_back", alliance, actor=actor, subject=subject, at=at)


@transaction.atomic
def sign_contribution(*, actor: Person, contribution: Contribution, proof: Proof | None) -> Contribution:
    """Bind the member to its promise. Its signatory signs, once, with a fresh proof; the mandate is kept with it."""
    alliance, at = lock(contribution.alliance_id)
    contribution = Contribution.objects.select_related("member").get(pk=contribution.pk)
    proof = require_bound("alliance.sign_contribution", actor, contribution, proof=proof, at=at, within=SIGNING)
    require_living(alliance)
    if contribution.signed_at and contribution.witnessed:
        raise DomainError("signed_already", _("This contribution is signed already."))
    role = Role.objects.current().get(person=actor, member=contribution.member, kind=RoleKind.SIGNATORY)
    contribution.mandate, contribution.signed_by, contribution.signed_at = role.mandate, actor, at
    contribution.witnessed = True
    contribution.save(update_fields=["mandate", "signed_by", "signed_at", "witnessed"])
    raise_to_floor(alliance)
    tell("contribution.signed", alliance, actor=actor, subject=contribution, at=at, data={"proof": proof.as_data()})
    return contribution


@transaction.atomic
def confirm_contribution_kept(*, actor: Person, contribution: Contribution, kept_on: date) -> Contribution:
    """Record the day on which a contribution was brought in: once it is signed, and not ahead."""
    alliance, at = lock(contribution.alliance_id)
    require("alliance.confirm_contribution_kept", actor, contribution)
    require_living(alliance)
    signed_at = contribution.signed_at
    if signed_at is None or not signed_at.date() <= kept_on <= at.date():
        raise DomainError(
            "not_kept_yet", _("Enter the day, since it was signed, on which it came in."), field="kept_on"
        )
    contribution.kept_on = kept_on
    contribution.save(update_fields=["kept_on"])
    tell("contribution.kept", alliance, actor=actor, subject=contribution, at=at)
    return contribution
