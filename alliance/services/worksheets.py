"""What a member gains: its signed statement, or its sealed figures."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require, require_bound
from accounts.rules import SIGNING, Proof
from alliance import rules, sealing
from alliance.models import Actual, Alliance, Member, MemberAnswers, Worksheet
from alliance.services.locking import lock, require_living, tell
from alliance.states import Membership
from audit import clock
from audit.errors import DomainError
from audit.services import record


@transaction.atomic
def sign_statement(*, actor: Person, member: Member, statement: str, proof: Proof | None) -> Worksheet:
    """Sign "we are better off than without the alliance, because …": the Essential profile's form, no figures.

    Raises DomainError while sealed figures stand: a sentence over them would take them away.
    """
    if not statement.strip():
        raise DomainError("statement_missing", _("Say why you are better off with the alliance."), field="statement")
    return _next_version(actor=actor, member=member, proof=proof, statement=statement.strip(), figures=None)


@transaction.atomic
def seal_worksheet(*, actor: Person, member: Member, figures: sealing.Figures, proof: Proof | None) -> Worksheet:
    """Seal a member's figures: readable by the member and the custodian only; others see pass or fail.

    Each of benefit, cost and fall-back has low ≤ base ≤ high, in the alliance's currency, and a basis in words; what it
    would cost alone is 0 or more, where it is said. Raises DomainError otherwise, and for a second worksheet while the
    first stands (`rules.stands_until`).
    """
    for range_ in (figures.benefit, figures.cost, figures.fall_back):
        if not range_.low <= range_.base <= range_.high:
            raise DomainError("range_order", _("Enter the low case first: low ≤ base ≤ high."), field="base")
    if figures.alone is not None and figures.alone < 0:
        raise DomainError("alone_negative", _("Enter a cost of 0 or more, or leave it empty."), field="alone")
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
    if figures and figures.currency != alliance.currency:
        raise DomainError(
            "other_currency",
            _("The worksheets of this alliance are in %(code)s.") % {"code": alliance.currency},
            field="currency",
        )
    _require_nothing_stands(member, at)
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


def _require_nothing_stands(member: Member, at: datetime) -> None:
    last = member.worksheets.exclude(ciphertext="").filter(witnessed=True).order_by("-version").first()
    until = last and rules.stands_until(last.signed_at, last.reopened_at)
    if until and at < until:
        raise DomainError(
            "worksheet_stands",
            _("Your sealed worksheet stands until %(date)s. Ask the custodian if it has to be corrected before.")
            % {"date": date_format(timezone.localtime(until))},
        )


@transaction.atomic
def reopen_worksheet(*, actor: Person, worksheet: Worksheet) -> Worksheet:
    """Let a member correct its sealed worksheet before its 30 days are over: the custodian's word, on record.

    Raises DomainError where nothing sealed stands.
    """
    alliance, at = lock(worksheet.alliance_id)
    require("alliance.reopen_worksheet", actor, worksheet)
    require_living(alliance)
    worksheet = Worksheet.objects.get(pk=worksheet.pk)
    newest = Worksheet.objects.filter(member=worksheet.member_id, witnessed=True).exclude(ciphertext="")
    is_newest = newest.order_by("-version").values_list("pk", flat=True).first() == worksheet.pk
    if not is_newest or at >= rules.stands_until(worksheet.signed_at, worksheet.reopened_at):
        raise DomainError("nothing_stands", _("This worksheet can be sealed anew already."))
    worksheet.reopened_at = at
    worksheet.save(update_fields=["reopened_at"])
    said = {"member": str(worksheet.member_id), "version": worksheet.version}
    tell("worksheet.reopened", alliance, actor=actor, subject=worksheet, at=at, data=said)
    return worksheet


@transaction.atomic
def seal_actual(
    *, actor: Person, member: Member, measured_on: date, figures: sealing.Figures, proof: Proof | None
) -> Actual:
    """Seal what has come of a member's worksheet by a day, beside what it promised; read like it.

    Of each range only one value is known: low = base = high. Raises DomainError without sealed figures to compare
    with, in another currency, or for a day to come.
    """
    alliance, at = lock(member.alliance_id)
    proof = require_bound("alliance.sign_worksheet", actor, member, proof=proof, at=at, within=SIGNING)
    require_living(alliance)
    promised = member.worksheets.exclude(ciphertext="").filter(witnessed=True).order_by("-version").first()
    if promised is None:
        raise DomainError("nothing_promised", _("Seal your worksheet first: what came of it is set beside it."))
    if measured_on > at.date():
        raise DomainError("measured_ahead", _("Enter a day that has been."), field="measured_on")
    sealed = member.worksheets.exclude(ciphertext="").filter(witnessed=True)
    if measured_on < sealed.earliest("version").signed_at.date():
        raise DomainError(
            "before_promise", _("Enter a day from the worksheet’s signature on: it says what has come of it."),
            field="measured_on",
        )  # fmt: skip
    if any(not each.low == each.base == each.high for each in (figures.benefit, figures.cost, figures.fall_back)):
        raise DomainError("one_value", _("What has come of it is one value, not a range."), field="benefit")
    if not figures.basis.strip():
        raise DomainError("basis_missing", _("Say on what these figures rest."), field="basis")
    known = sealing.unseal(promised.ciphertext, member=member.pk, version=promised.version)
    if figures.currency != known.currency:
        raise DomainError(
            "other_currency", _("Your worksheet is in %(code)s.") % {"code": known.currency}, field="currency"
        )
    number = (member.actuals.aggregate(last=Max("number"))["last"] or 0) + 1
    actual = Actual.objects.create(
        alliance=alliance,
        member=member,
        number=number,
        measured_on=measured_on,
        ciphertext=sealing.seal(figures, member=member.pk, version=number, kind=sealing.ACTUAL),
        key_id=sealing.current_key_id(),
        signed_by=actor,
        signed_at=at,
    )
    data = {"number": number, "member": str(member.pk), "proof": proof.as_data()}
    tell("actual.signed", alliance, actor=actor, subject=actual, at=at, data=data)
    return actual


@dataclass(frozen=True, slots=True)
class Opened:
    """What a member promised itself, and what came of it: (day, figures), the newest first."""

    figures: sealing.Figures
    actuals: list[tuple[date, sealing.Figures]]


@transaction.atomic
def read_worksheet(*, actor: Person, worksheet: Worksheet) -> Opened:
    """Open a sealed worksheet, and what came of it, for its member or the custodian. Who looked is recorded.

    Raises DomainError for one that was imported, or holds a statement only.
    """
    at = clock.read()
    require("alliance.read_worksheet", actor, worksheet)
    if not worksheet.ciphertext or not worksheet.witnessed:
        raise DomainError("nothing_sealed_here", _("Nothing was sealed here that could be opened."))
    figures = sealing.unseal(worksheet.ciphertext, member=worksheet.member_id, version=worksheet.version)
    actuals = worksheet.member.actuals.order_by("-measured_on", "-number")
    record("alliance.worksheet.read", stream=worksheet.alliance_id, actor=actor.pk, subject=worksheet.pk, at=at)
    return Opened(figures, [(each.measured_on, _opened(each)) for each in actuals])


def _opened(actual: Actual) -> sealing.Figures:
    return sealing.unseal(actual.ciphertext, member=actual.member_id, version=actual.number, kind=sealing.ACTUAL)


@transaction.atomic
def reseal(*, alliance: Alliance) -> tuple[int, int]:
    """Seal everything of an alliance anew with the newest key: how much was, and how much no key here opens.

    The operator's act; it reads no figure. Running it again does nothing more. What an import brought sealed elsewhere
    is left as it is.
    """
    alliance, at = lock(alliance)
    newest, done, lost = sealing.current_key_id(), 0, 0
    sheets: list[Worksheet | Actual | MemberAnswers] = list(
        alliance.worksheets.filter(witnessed=True).exclude(ciphertext="")
    )
    for row in [*sheets, *alliance.actuals.all(), *alliance.member_answers.filter(witnessed=True)]:
        if row.key_id == newest:
            continue
        try:
            row.ciphertext, row.key_id = sealing.resealed(row.ciphertext), newest
        except sealing.SealBroken:
            lost += 1
            continue
        row.save(update_fields=["ciphertext", "key_id"])
        done += 1
    if done:
        record("alliance.seals.renewed", stream=alliance.pk, subject=alliance.pk, at=at, data={"rows": done})
    return done, lost
