"""What a member gains: its signed statement, or its sealed figures."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require, require_bound
from accounts.rules import SIGNING, Proof
from alliance import sealing
from alliance.models import Member, Worksheet
from alliance.services.locking import lock, require_living, tell
from alliance.states import Membership
from audit import clock
from audit.errors import DomainError
from audit.services import record


@transaction.atomic
def sign_statement(*, actor: Person, member: Member, statement: str, proof: Proof | None) -> Worksheet:
    """Sign "we are better off than without the alliance, because …": the Essential profile's form, no figures."""
    if not statement.strip():
        raise DomainError("statement_missing", _("Say why you are better off with the alliance."), field="statement")
    return _next_version(actor=actor, member=member, proof=proof, statement=statement.strip(), figures=None)


@transaction.atomic
def seal_worksheet(*, actor: Person, member: Member, figures: sealing.Figures, proof: Proof | None) -> Worksheet:
    """Seal a member's figures: readable by the member and the custodian only; others see pass or fail.

    Each of benefit, cost and fall-back has low ≤ base ≤ high and a basis in words. Raises DomainError otherwise.
    """
    for range_ in (figures.benefit, figures.cost, figures.fall_back):
        if not range_.low <= range_.base <= range_.high:
            raise DomainError("range_order", _("Enter the low case first: low ≤ base ≤ high."), field="base")
    if not figures.basis.strip():
        raise DomainError("basis_missing", _("Say on what these figures rest."), field="basis")
    return _next_version(actor=actor, member=member, proof=proof, statement="", figures=figures)


def _next_version(
    *, actor: Person, member: Member, proof: Proof | None, statement: str, figures: sealing.Figures | None
) -> Worksheet:
    alliance, at = lock(member.alliance_id)
    proof = require_bound("alliance.sign_worksheet", actor, member, proof=proof, at=at, within=SIGNING)
    require_living(alliance)
    if member.state != Membership.ADMITTED:
        raise DomainError("not_admitted", _("Only an admitted member fills in a worksheet."))
    version = (member.worksheets.aggregate(last=Max("version"))["last"] or 0) + 1
    worksheet = Worksheet.objects.create(
        alliance=alliance,
        member=member,
        version=version,
        statement=statement,
        ciphertext=sealing.seal(figures, member=member.pk, version=version) if figures else "",
        key_id=sealing.current_key_id() if figures else "",
        sealed_for=member.pk if figures else None,
        signed_by=actor,
        signed_at=at,
    )
    data = {"version": version, "sealed": figures is not None, "proof": proof.as_data()}
    tell("worksheet.signed", alliance, actor=actor, subject=worksheet, at=at, data=data)
    return worksheet


@transaction.atomic
def read_worksheet(*, actor: Person, worksheet: Worksheet) -> sealing.Figures:
    """Open a sealed worksheet for its member or the custodian. Who looked is recorded.

    Raises DomainError for one that was imported, or holds a statement only.
    """
    at = clock.read()
    require("alliance.read_worksheet", actor, worksheet)
    if not worksheet.ciphertext or not worksheet.witnessed:
        raise DomainError("nothing_sealed_here", _("Nothing was sealed here that could be opened."))
    figures = sealing.unseal(worksheet.ciphertext, member=worksheet.member_id, version=worksheet.version)
    record("alliance.worksheet.read", stream=worksheet.alliance_id, actor=actor.pk, subject=worksheet.pk, at=at)
    return figures
