"""Independence: statements, disclosures, and reports in confidence."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require, require_bound
from accounts.rules import SIGNING, Proof
from alliance.models import Alliance
from alliance.services.locking import lock, require_living
from audit import chain
from audit.errors import DomainError
from governance.models import Addition, Attestation, Disclosure, Holding, InstructionReport, Seat
from governance.rules import INDEPENDENCE_VERSION
from governance.services.locking import tell
from governance.texts import INDEPENDENCE_HASH


@transaction.atomic
def attest(*, actor: Person, holding: Holding, hash: str, proof: Proof | None) -> Attestation:  # noqa: A002
    """Sign the independence statement, current for 365 days and until a change of employer. With a fresh proof.

    `hash` is that of the text the holder was shown. Raises DomainError when it is another, or the seat not accepted.
    """
    alliance, at = lock(holding.alliance_id)
    proof = require_bound("governance.attest", actor, holding, proof=proof, at=at, within=SIGNING)
    require_living(alliance)
    _require_held(holding)
    if hash != INDEPENDENCE_HASH:
        raise DomainError("other_text", _("This is not the text that you were shown. Read it again, then sign."))
    jobs = actor.affiliations.filter(ends_on__isnull=True).select_related("organisation")
    job = jobs.order_by("starts_on", "pk").last()
    statement = Attestation.objects.create(
        alliance=alliance,
        holding=holding,
        text_version=INDEPENDENCE_VERSION,
        text_hash=hash,
        employer=job.organisation if job else None,
        signed_at=at,
    )
    data = {"holding": str(holding.pk), "hash": hash, "version": INDEPENDENCE_VERSION, "proof": proof.as_data()}
    tell("attestation.signed", alliance.pk, actor=actor, subject=statement, at=at, data=data)
    return statement


@transaction.atomic
def disclose(*, actor: Person, holding: Holding, text: str, nothing_to_disclose: bool) -> Disclosure:
    """Disclose what could sway one's judgement, or that there is nothing; current for 365 days.

    Raises DomainError when both or neither is said.
    """
    alliance, at = lock(holding.alliance_id)
    require("governance.disclose", actor, holding)
    require_living(alliance)
    _require_held(holding)
    if bool(text.strip()) == nothing_to_disclose:
        raise DomainError(
            "one_of_both", _("Name your interests, or say that there is nothing to disclose; not both."), field="text"
        )
    disclosure = Disclosure.objects.create(
        alliance=alliance,
        holding=holding,
        text=text.strip(),
        nothing_to_disclose=nothing_to_disclose,
        made_at=at,
    )
    data = {"holding": str(holding.pk), "hash": chain.digest(text.strip()), "nothing": nothing_to_disclose}
    tell("disclosure.made", alliance.pk, actor=actor, subject=disclosure, at=at, data=data)
    return disclosure


@transaction.atomic
def add_to_disclosure(*, actor: Person, holding: Holding, text: str) -> Addition:
    """Say what else could sway a holder: on the record beside their own disclosure, under one's name. They are told.

    Raises DomainError without a text, and before the seat is accepted.
    """
    alliance, at = lock(holding.alliance_id)
    require("governance.add_to_disclosure", actor, holding)
    require_living(alliance)
    _require_held(holding)
    if not text.strip():
        raise DomainError("text_missing", _("Say what else could sway them."), field="text")
    addition = Addition.objects.create(
        alliance=alliance, holding=holding, text=text.strip(), added_by=actor, added_at=at
    )
    data = {"holding": str(holding.pk), "hash": chain.digest(addition.text)}
    tell("disclosure.added_to", alliance.pk, actor=actor, subject=addition, at=at, data=data)
    return addition


def _require_held(holding: Holding) -> None:
    if not Holding.objects.current().accepted().filter(pk=holding.pk).exists():
        raise DomainError("seat_not_accepted", _("Accept your seat first."))


@transaction.atomic
def report_instruction(*, actor: Person, seat: Seat, text: str) -> InstructionReport:
    """Report in confidence that a holder was told how to vote. The auditor alone reads it, and settles it.

    The event names nobody, and nothing but the report's random identifier.
    """
    alliance, at = lock(seat.alliance_id)
    require("governance.report_instruction", actor, seat)
    if not text.strip():
        raise DomainError("text_missing", _("Say what happened, and when."), field="text")
    report = InstructionReport.objects.create(
        alliance=alliance, seat=seat, reported_by=actor, text=text.strip(), reported_at=at
    )
    tell("instruction.reported", alliance.pk, subject=report, at=at)
    return report


@transaction.atomic
def settle_report(*, actor: Person, report: InstructionReport, was_instructed: bool) -> InstructionReport:
    """The auditor's finding on a report. Raises DomainError when it is settled already."""
    alliance, at = lock(report.alliance_id)
    require("governance.settle_report", actor, report)
    settled = InstructionReport.objects.filter(pk=report.pk, settled_at__isnull=True).update(
        settled_at=at, settled_by=actor, was_instructed=was_instructed
    )
    if not settled:
        raise DomainError("settled_already", _("This report is settled already."))
    report.refresh_from_db()
    data = {"was_instructed": was_instructed}
    tell("instruction.settled", alliance.pk, actor=actor, subject=report, at=at, data=data)
    return report


def reports_for(*, actor: Person, alliance: Alliance) -> list[InstructionReport]:
    """All reports, open ones first: for the auditor alone."""
    require("governance.read_reports", actor, alliance)
    reports = alliance.instruction_reports.select_related("seat", "reported_by", "settled_by")
    return sorted(reports, key=lambda each: (each.settled_at is not None, each.reported_at, each.pk))
