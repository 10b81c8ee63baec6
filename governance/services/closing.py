"""The close: by the clock, written down once, with every figure; and the effects when they are due."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from audit import chain
from audit.errors import DomainError
from governance import effects, recount, tally
from governance.counting import case_id, case_of, final_at
from governance.models import Ballot, BallotVersion, Decision, DecisionClass, Outcome
from governance.sentences import outcome_sentence
from governance.services.classes import FALL_BACK
from governance.services.decisions import next_number
from governance.services.locking import lock_decision, move, require_state, tell
from governance.states import Body, DecisionState, Result


@transaction.atomic
def close_decision(*, decision: Decision) -> Decision:
    """Write down the outcome of a decision whose window has passed. By the clock; done once, however often called."""
    alliance, decision, at = lock_decision(decision)
    close_if_due(alliance, decision, at)
    return decision


def close_if_due(alliance: Alliance, decision: Decision, at: datetime) -> None:
    """As `close_decision`, in the caller's transaction and under its locks: the next command writes the close down."""
    if decision.state != DecisionState.OPEN or decision.closes_at is None or at < decision.closes_at:
        return
    move(decision, DecisionState.CLOSED, closed_at=decision.closes_at)
    outcome, ballots = add_outcome(decision, at)
    data = {**_said(outcome), "ballots": ballots}
    tell("decision.closed", alliance.pk, subject=decision, at=at, data=data)
    follow(alliance, decision, outcome, at)


def follow(alliance: Alliance, decision: Decision, outcome: Outcome, at: datetime) -> None:
    """What the outcome that now counts brings: a draft to go on with, or none any more; effects that are due."""
    to_members = outcome.result == Result.NO_COMPETENT_BODY and decision.body == Body.COMMITTEE
    goes_on = to_members or outcome.result == Result.RETURNED
    sequel = decision.sequel
    if sequel and sequel.state == DecisionState.DRAFT and not (goes_on and sequel.by_members == to_members):
        move(sequel, DecisionState.WITHDRAWN)
        tell("decision.withdrawn", alliance.pk, subject=sequel, at=at)
        sequel = None
    if goes_on and sequel is None:
        _go_on(alliance, decision, at, to_members=to_members)
    take_effect_if_due(decision, at)


def add_outcome(decision: Decision, at: datetime) -> tuple[Outcome, list[dict[str, Any]]]:
    """Count a closed decision and write the result down as its next outcome; the highest number counts.

    Gives the counted ballots too (elector, choice, version), which from now on are no secret. Sets `effective_at`.
    """
    electors = list(decision.electors.order_by("key"))
    counted = counted_ballots(decision)
    case = case_of(decision, electors, {key: version.choice for key, version in counted.items()})
    document = recount.document_of(case, case_id=case_id(decision), why=decision.title)
    result = tally.tally(case)
    last = decision.outcomes.aggregate(last=Max("number"))["last"]
    outcome = Outcome.objects.create(
        alliance_id=decision.alliance_id,
        decision=decision,
        number=(last or 0) + 1,
        result=str(result.result),
        figures=result.figures(),
        sentence=outcome_sentence(result, by_members=decision.body == Body.MEMBERS),
        case=chain.canonical(document),
        recorded_at=at,
    )
    decision.effective_at = final_at(decision) if outcome.result == Result.ADOPTED else None
    decision.save(update_fields=["effective_at"])
    ballots = [{"seat": key, "choice": version.choice, "version": version.number} for key, version in counted.items()]
    return outcome, ballots


def counted_ballots(decision: Decision) -> dict[str, BallotVersion]:
    """The last version of each ballot that counts, by its elector's key. Called after the close, never before."""
    ballots = Ballot.objects.filter(decision=decision, elector__recused_at__isnull=True)
    found = ballots.select_related("elector").prefetch_related("versions").order_by("elector__key")
    return {each.elector.key: max(each.versions.all(), key=lambda version: version.number) for each in found}


def _said(outcome: Outcome) -> dict[str, Any]:
    case_hash = chain.digest(outcome.case)
    return {"outcome": outcome.number, "result": outcome.result, "case": case_hash, "figures": outcome.figures}


def tell_recount(decision: Decision, outcome: Outcome, at: datetime) -> None:
    """Record that a further outcome stands beside the earlier ones."""
    tell("decision.recounted", decision.alliance_id, subject=decision, at=at, data=_said(outcome))


def _go_on(alliance: Alliance, decision: Decision, at: datetime, *, to_members: bool) -> None:
    """What is not decided goes on as a draft.

    Where too many seats were recused it goes to the members, under the same class. What consent did not carry goes back
    to its proposer: by consent once more, then as a vote under the fall-back class.
    """
    again = decision.decision_class
    if decision.times_returned and not to_members:
        again = DecisionClass.objects.filter(alliance=alliance, key=FALL_BACK, retired_at__isnull=True).first() or again
    copied = (
        *("title", "summary", "motion", "consequence", "alternatives", "reopens", "topic", "opposes_topic"),
        *("effect", "effect_data", "proposer"),
    )
    sequel = Decision.objects.create(
        alliance=alliance,
        number=next_number(alliance),
        decision_class=again,
        continues=decision,
        by_members=to_members or decision.by_members,
        times_returned=0 if to_members else decision.times_returned + 1,
        created_at=at,
        **{name: getattr(decision, name) for name in copied},
    )
    data = {"number": sequel.number, "continues": str(decision.pk), "class": str(again.pk)}
    if to_members:
        tell("decision.referred", alliance.pk, subject=sequel, at=at, data=data)
    else:
        tell("decision.returned", alliance.pk, subject=sequel, at=at, data=data)


def take_effect_if_due(decision: Decision, at: datetime) -> None:
    """Carry out an adopted decision whose time has come, in the caller's transaction and under its locks.

    An effect that cannot be carried out leaves the outcome as it is, and waits, visibly, for a person.
    """
    is_due = decision.state == DecisionState.CLOSED and decision.effective_at and at >= decision.effective_at
    if not is_due or decision.effect_problem:
        return
    try:
        with transaction.atomic():
            effects.find(decision.effect).run(decision, at)
            move(decision, DecisionState.EFFECTIVE, took_effect_at=at)
    except DomainError as refusal:
        decision.effect_problem, decision.effect_refusal = refusal.code[:60], str(refusal.sentence)
        decision.save(update_fields=["effect_problem", "effect_refusal"])
        data = {"effect": decision.effect, "code": refusal.code}
        tell("effect.refused", decision.alliance_id, subject=decision, at=at, data=data)
        return
    tell("effect.carried_out", decision.alliance_id, subject=decision, at=at, data={"effect": decision.effect})


@transaction.atomic
def take_effect(*, decision: Decision) -> Decision:
    """Carry out an adopted decision once its time has come. By the clock; does nothing before, and nothing twice."""
    _alliance, decision, at = lock_decision(decision)
    take_effect_if_due(decision, at)
    return decision


@transaction.atomic
def carry_out(*, actor: Person, decision: Decision) -> Decision:
    """Try again to carry out an adopted decision whose effect was refused, once the hindrance is gone."""
    alliance, decision, at = lock_decision(decision)
    require("governance.carry_out", actor, decision)
    if not decision.effect_problem:
        raise DomainError("nothing_to_carry_out", _("Nothing is waiting to be carried out here."))
    require_state(decision, DecisionState.CLOSED)
    decision.effect_problem, decision.effect_refusal = "", ""
    decision.save(update_fields=["effect_problem", "effect_refusal"])
    tell("effect.retried", alliance.pk, actor=actor, subject=decision, at=at, data={"effect": decision.effect})
    take_effect_if_due(decision, at)
    return decision
