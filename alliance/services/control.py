"""Shared control: core domains, mutual rounds on the ladder, reserved powers, and the way out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from accounts.permissions import require, require_bound
from accounts.rules import SIGNING, Proof
from alliance import rules
from alliance.models import Alliance, CoreDomain, Member, ReservedPower, Round, Step
from alliance.selectors.holds import ROUND
from alliance.selectors.ladder import levels_of
from alliance.services.holds import require_not_held
from alliance.services.locking import lock, require_living, require_writable, tell
from alliance.states import LIVING, UNDER_CHARTER, Area, Domain, Profile, RoundState
from audit import clock
from audit.errors import DomainError
from audit.services import record

WINDOW = timedelta(days=30)
"""How long a round waits for every member's signature."""
CORE_AT_LEAST, CORE_AT_LEAST_ESSENTIAL = 3, 1
REQUIRED_AT_LEAST = 3


def set_core_domains(alliance: Alliance, levels: dict[str, int]) -> None:
    """Choose the core domains and the level that each requires: the effect of a members' decision.

    `levels` maps at least three domains to 3…5. Runs in the caller's transaction, under its lock and its event.
    """
    require_core_domains(alliance, levels)
    CoreDomain.objects.filter(alliance=alliance).delete()
    CoreDomain.objects.bulk_create(
        [CoreDomain(alliance=alliance, domain=domain, required_level=level) for domain, level in levels.items()]
    )


def require_core_domains(alliance: Alliance, levels: dict[str, int]) -> None:
    """Raise DomainError unless `levels` names enough listed domains, with a level from 3 to 5 each.

    Three at least; in the Essential profile one (TRAITS.md, I1).
    """
    least = CORE_AT_LEAST_ESSENTIAL if alliance.profile == Profile.ESSENTIAL else CORE_AT_LEAST
    if len(levels) < least or not set(levels) <= set(Domain.values):
        raise DomainError(
            "core_domains",
            ngettext(
                "Choose at least one domain from the list.",
                "Choose at least %(number)s domains from the list.",
                least,
            )
            % {"number": least},
            field="levels",
        )
    if any(level not in range(REQUIRED_AT_LEAST, rules.TOP + 1) for level in levels.values()):
        raise DomainError("core_level", _("A core domain requires a level from 3 to 5."), field="levels")


@transaction.atomic
def propose_round(*, actor: Person, alliance: Alliance, levels: dict[tuple[Member, str], int]) -> Round:
    """Open a round: the level that each voting member is to reach in each domain, signed by all within 30 days.

    `levels` maps (member, domain) to the level after the step; each climbs one or two from where the member stands.
    Every voting member has at least one step. Raises DomainError otherwise, and while another round is open.
    """
    alliance, at = lock(alliance)
    require("alliance.propose_round", actor, alliance)
    require_living(alliance)
    for due in Round.objects.filter(alliance=alliance, state=RoundState.OPEN, closes_at__lte=at):
        _lapse(due, at)
    if Round.objects.filter(alliance=alliance, state=RoundState.OPEN).exists():
        raise DomainError("round_open", _("One round is open already; let it be signed, or take it back first."))
    voting = set(alliance.members.admitted().voting())
    if {member for member, _domain in levels} != voting:
        raise DomainError("round_not_mutual", _("Give every voting member a step, and nobody else: rounds are mutual."))
    steps = _steps(alliance, levels)
    number = (Round.objects.filter(alliance=alliance).aggregate(last=Max("number"))["last"] or 0) + 1
    opened = Round.objects.create(alliance=alliance, number=number, opened_at=at, closes_at=at + WINDOW)
    for step in steps:
        step.round = opened
    Step.objects.bulk_create(steps)
    tell("round.proposed", alliance, actor=actor, subject=opened, at=at, data={"number": number, "steps": len(steps)})
    return opened


def _steps(alliance: Alliance, levels: dict[tuple[Member, str], int]) -> list[Step]:
    standing = levels_of(alliance)
    steps = []
    for (member, domain), to_level in levels.items():
        from_level = standing.get((member.pk, domain), 0)
        if domain not in Domain.values:
            raise DomainError(
                "domain_unknown", _("Control can be shared only over the listed domains."), field="levels"
            )
        if not rules.step_is_allowed(from_level, to_level):
            raise DomainError(
                "step_too_large",
                _("%(member)s stands at %(level)s: a step climbs one or two levels, to 5 at most.")
                % {"member": member, "level": from_level},
                field="levels",
            )
        steps.append(Step(alliance=alliance, member=member, domain=domain, from_level=from_level, to_level=to_level))
    return steps


@transaction.atomic
def sign_steps(*, actor: Person, round: Round, member: Member, proof: Proof | None) -> Round:  # noqa: A002
    """Sign a member's steps of an open round; the last signature completes it. With a fresh proof.

    Raises DomainError when the round is over or held, or the member has signed or has no part in it.
    """
    alliance, at = lock(round.alliance_id)
    proof = require_bound("alliance.sign_steps", actor, member, proof=proof, at=at, within=SIGNING)
    require_living(alliance)
    round = Round.objects.get(pk=round.pk)  # noqa: A001
    if round.state != RoundState.OPEN or at >= round.closes_at:
        raise DomainError("round_over", _("This round is over: ask the organiser for a new one."))
    require_not_held(ROUND, round, at)
    signed = round.steps.filter(member=member, signed_at__isnull=True).update(
        signed_by=actor, signed_at=at, witnessed=True
    )
    if not signed:
        raise DomainError("nothing_to_sign", _("There is nothing left for this member to sign in this round."))
    tell(
        "steps.signed",
        alliance,
        actor=actor,
        subject=round,
        at=at,
        data={"member": str(member.pk), "steps": signed, "proof": proof.as_data()},
    )
    if not round.steps.filter(signed_at__isnull=True).exists():
        round.state, round.completed_at = RoundState.COMPLETED, at
        round.save(update_fields=["state", "completed_at"])
        tell("round.completed", alliance, actor=actor, subject=round, at=at, data={"number": round.number})
    return round


@transaction.atomic
def take_back_round(*, actor: Person, round: Round) -> Round:  # noqa: A002
    """Take back a round that not all have signed: nobody has moved. Who organises does; signatures stay on record.

    Raises DomainError while it is held: proposed anew with the same words, it would be out of the hold.
    """
    alliance, at = lock(round.alliance_id)
    require("alliance.propose_round", actor, alliance)
    require_living(alliance)
    require_not_held(ROUND, round, at)
    if not end_open_round(alliance, actor, at, among=Round.objects.filter(pk=round.pk)):
        raise DomainError("round_over", _("This round is over: ask the organiser for a new one."))
    round.refresh_from_db()
    return round


def end_open_round(alliance: Alliance, actor: Person, at: datetime, *, among: QuerySet[Round] | None = None) -> bool:
    """End the open round before all have signed, with its event, in the caller's transaction. Was there one?"""
    rounds = Round.objects.all() if among is None else among
    found = rounds.filter(alliance=alliance, state=RoundState.OPEN, closes_at__gt=at).first()
    if found is None:
        return False
    Round.objects.filter(pk=found.pk).update(state=RoundState.TAKEN_BACK)
    tell("round.taken_back", alliance, actor=actor, subject=found, at=at, data={"number": found.number})
    return True


@transaction.atomic
def lapse_round(*, round: Round) -> Round:  # noqa: A002
    """Record that a round's window has passed unsigned. Called by the clock; does nothing before its time."""
    _alliance, at = lock(round.alliance_id)
    _lapse(round, at)
    round.refresh_from_db()
    return round


def _lapse(due: Round, at: datetime) -> None:
    overdue = Round.objects.filter(pk=due.pk, state=RoundState.OPEN, closes_at__lte=at)
    if overdue.update(state=RoundState.LAPSED):
        record("alliance.round.lapsed", stream=due.alliance_id, subject=due.pk, at=at, data={"number": due.number})


def rounds_due() -> list[Round]:
    """Open rounds whose window has passed, in alliances that live."""
    at = clock.read()
    due = Round.objects.filter(state=RoundState.OPEN, closes_at__lte=at, alliance__state__in=LIVING)
    return list(due.order_by("closes_at", "pk"))


@transaction.atomic
def reserve_power(*, actor: Person, member: Member, domain: str, text: str, sole_veto: bool) -> ReservedPower:
    """Put on record what a member keeps for itself, and whether it alone may block."""
    alliance, at = lock(member.alliance_id)
    require("alliance.reserve_power", actor, member)
    require_writable(alliance, Area.CONTROL)
    power = ReservedPower.objects.create(
        alliance=alliance, member=member, domain=domain, text=text, sole_veto=sole_veto
    )
    tell("power.reserved", alliance, actor=actor, subject=power, at=at, data={"sole_veto": sole_veto})
    return power


@transaction.atomic
def release_power(*, actor: Person, power: ReservedPower) -> None:
    """Take a reserved power off the record: the member gives it up."""
    alliance, at = lock(power.alliance_id)
    require("alliance.reserve_power", actor, power)
    require_writable(alliance, Area.CONTROL)
    subject = ReservedPower(pk=power.pk)
    power.delete()
    tell("power.released", alliance, actor=actor, subject=subject, at=at)


@transaction.atomic
def set_exit_terms(
    *, actor: Person, alliance: Alliance, exit_notice_days: int, exit_cost: str, entire_agreement: bool
) -> Alliance:
    """Say at what notice and cost a member may leave, and whether side agreements are excluded.

    Each member has signed those of a charter: an amendment may shorten the notice. Raises DomainError otherwise.
    """
    alliance, at = lock(alliance)
    require("alliance.set_exit_terms", actor, alliance)
    require_writable(alliance, Area.CONTROL)
    before = alliance.exit_notice_days
    is_dearer = before is not None and (exit_notice_days > before or exit_cost.strip() != alliance.exit_cost.strip())
    if alliance.state in UNDER_CHARTER and is_dearer:
        raise DomainError(
            "signed_by_each",
            _("Each member signed for the notice and the cost of leaving: an amendment may shorten the notice alone."),
            field="exit_notice_days",
        )
    alliance.exit_notice_days, alliance.exit_cost = exit_notice_days, exit_cost
    alliance.entire_agreement = entire_agreement
    alliance.save(update_fields=["exit_notice_days", "exit_cost", "entire_agreement"])
    tell("exit_terms.set", alliance, actor=actor, subject=alliance, at=at, data={"days": exit_notice_days})
    return alliance
