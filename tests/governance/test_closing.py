"""The close by the clock: once, with every figure; recusals after it; consent sent back; effects in time."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from alliance.states import State
from audit import chain
from audit.models import Event
from audit.services import data_of
from governance.models import BallotVersion, Decision, Outcome
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision, take_effect
from governance.services.opening import open_voting
from governance.services.recusal import recuse
from governance.states import DecisionState, Result
from governance.tasks import close_due_decisions
from tests import factories as make
from tests.governance.refusals import everything, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def holders(alliance):
    return make.committee(alliance, 5)


def cast(decision, held, choice="yes", **fields):
    given = {"declared": True, "proof": make.proof(), **fields}
    return cast_ballot(actor=held.person, decision=decision, choice=choice, **given)


def voted(alliance, holders, choices, key="ordinary"):
    vote = make.open_vote(alliance, holders, decision_class=make.decision_class(alliance, key))
    for held, choice in zip(holders, choices, strict=False):
        more = {"reason": "Unclear.", "proposed_change": "Say shall."} if choice == "object" else {}
        cast(vote, held, choice, **more)
    return vote


def step_out(decision, held):
    return recuse(actor=held.person, decision=decision, reason="A conflict.", proof=make.proof())


def test_nothing_is_closed_before_its_time(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes"] * 5)
    clock.move(days=6, hours=23)
    before = everything()
    close_decision(decision=vote)
    close_due_decisions()
    assert everything() == before


def test_outcome_has_every_figure_and_its_sentence(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes", "yes", "yes", "no"])
    clock.move(days=8)
    closed = close_decision(decision=vote)
    outcome = Outcome.objects.get()
    assert outcome.sentence == (
        "Adopted: 3 yes, 1 no, 0 abstained, 1 did not vote, of 5 able to vote; at least 3 were needed."
    )
    assert (outcome.number, outcome.result) == (1, Result.ADOPTED)
    assert outcome.figures["yes"] == 3
    assert closed.closed_at == vote.closes_at
    assert closed.state == DecisionState.EFFECTIVE


def test_closing_reveals_the_counted_ballots(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes", "no"])
    cast(vote, holders[0], "abstain")
    clock.move(days=8)
    close_decision(decision=vote)
    data = data_of(Event.objects.get(verb="governance.decision.closed"))
    assert sorted(data["ballots"], key=lambda each: each["choice"]) == [
        {"seat": str(holders[0].seat_id), "choice": "abstain", "version": 2},
        {"seat": str(holders[1].seat_id), "choice": "no", "version": 1},
    ]
    assert data["case"] == chain.digest(Outcome.objects.get().case)


def test_closing_twice_writes_once(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes"] * 5)
    clock.move(days=8)
    close_due_decisions()
    before = everything()
    close_decision(decision=vote)
    take_effect(decision=vote)
    close_due_decisions()
    assert everything() == before


def test_exported_case_recounts(alliance, holders, clock, tmp_path):
    vote = voted(alliance, holders, ["yes", "yes", "no", "yes"], "specification")
    step_out(vote, holders[4])
    clock.move(days=8)
    close_decision(decision=vote)
    case = tmp_path / "case.json"
    case.write_text(Outcome.objects.get().case)
    said = io.StringIO()
    call_command("recount", str(case), stdout=said)
    assert json.loads(said.getvalue()) == Outcome.objects.get().figures


def test_recusal_voids_the_ballot_cast_before(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes", "yes", "yes", "no"])
    step_out(vote, holders[0])
    clock.move(days=8)
    close_decision(decision=vote)
    outcome = Outcome.objects.get()
    assert outcome.sentence == (
        "Rejected: 2 yes, 1 no, 0 abstained, 1 did not vote, of 4 able to vote; at least 3 were needed. 1 recused."
    )
    assert str(holders[0].seat_id) not in json.loads(outcome.case)["ballots"]


def test_recusal_says_why_and_is_said_once(alliance, holders):
    vote = voted(alliance, holders, [])
    with refused("reason_missing"):
        recuse(actor=holders[0].person, decision=vote, reason=" ", proof=make.proof())
    with refused("proof_stale"):
        recuse(actor=holders[0].person, decision=vote, reason="A conflict.", proof=None)
    step_out(vote, holders[0])
    assert "A conflict." not in Event.objects.last().body
    with refused("recused_already"):
        step_out(vote, holders[0])
    stranger = make.holding(make.seat(alliance))
    with refused("not_permitted"):
        step_out(vote, stranger)


def test_recusal_after_the_close_adds_an_outcome_and_the_highest_counts(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes", "yes", "yes", "yes", "no"], "amendment")
    clock.move(days=8)
    close_decision(decision=vote)
    vote.refresh_from_db()
    assert (vote.state, vote.effective_at) == (DecisionState.CLOSED, vote.closes_at + timedelta(days=14))
    step_out(vote, holders[0])
    step_out(vote, holders[1])
    found = list(Outcome.objects.order_by("number").values_list("number", "result"))
    assert found == [(1, "adopted"), (2, "adopted"), (3, "adopted")]
    step_out(vote, holders[2])
    vote.refresh_from_db()
    assert Outcome.objects.order_by("number").last().result == Result.REJECTED
    assert vote.effective_at is None
    clock.move(days=20)
    close_due_decisions()
    vote.refresh_from_db()
    assert vote.state == DecisionState.CLOSED


def test_recusal_between_close_and_sweep_writes_the_close_down_first(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes"] * 5, "amendment")
    clock.move(days=8)
    step_out(vote, holders[0])
    assert list(Outcome.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_recusal_comes_too_late_once_the_outcome_stands(alliance, holders, clock):
    at_once = voted(alliance, holders, ["yes"] * 5)
    clock.move(days=8)
    close_decision(decision=at_once)
    with refused("outcome_stands"):
        step_out(at_once, holders[0])
    later = voted(alliance, holders, ["no"] * 5, "admission")
    clock.move(days=8)
    close_decision(decision=later)
    clock.move(days=14)
    with refused("outcome_stands"):
        step_out(later, holders[0])


def test_effect_waits_for_its_time(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes"] * 5, "amendment")
    clock.move(days=8)
    close_due_decisions()
    clock.move(days=12, hours=23)
    take_effect(decision=vote)
    vote.refresh_from_db()
    assert vote.state == DecisionState.CLOSED
    clock.move(hours=2)
    close_due_decisions()
    vote.refresh_from_db()
    assert vote.state == DecisionState.EFFECTIVE
    assert vote.took_effect_at >= vote.effective_at
    assert Event.objects.filter(verb="governance.effect.carried_out").count() == 1


def test_rejected_question_takes_no_effect(alliance, holders, clock):
    vote = voted(alliance, holders, ["no"] * 5)
    clock.move(days=8)
    close_due_decisions()
    vote.refresh_from_db()
    assert (vote.state, vote.took_effect_at) == (DecisionState.CLOSED, None)


def test_consent_with_an_objection_goes_back_once_then_to_a_vote(alliance, holders, clock):
    make.decision_class(alliance, "ordinary")
    first = voted(alliance, holders, ["agree", "agree", "agree", "object"], "editorial")
    clock.move(days=8)
    close_decision(decision=first)
    again = Decision.objects.get(continues=first)
    assert (again.state, again.decision_class.key, again.times_returned) == ("draft", "editorial", 1)
    assert (again.title, again.motion, again.proposer) == (first.title, first.motion, first.proposer)
    again.seconder = holders[1].person
    again.save()
    open_voting(actor=holders[0].person, decision=again)
    for held in holders:
        cast(again, held, "object", reason="Still.", proposed_change="Say shall.")
    clock.move(days=8)
    close_decision(decision=again)
    last = Decision.objects.get(continues=again)
    assert (last.decision_class.key, last.times_returned) == ("ordinary", 2)
    assert Outcome.objects.filter(result=Result.RETURNED).count() == 2


def test_recusal_of_the_objector_takes_the_sequel_back(alliance, holders, clock):
    rule = make.decision_class(alliance, "editorial", effective_after_days=14)
    vote = make.open_vote(alliance, holders, decision_class=rule)
    for held in holders[:3]:
        cast(vote, held, "agree")
    cast(vote, holders[3], "object", reason="Unclear.", proposed_change="Say shall.")
    clock.move(days=8)
    close_decision(decision=vote)
    assert Decision.objects.get(continues=vote).state == DecisionState.DRAFT
    step_out(vote, holders[3])
    assert Decision.objects.get(continues=vote).state == DecisionState.WITHDRAWN
    assert Outcome.objects.order_by("number").last().result == Result.ADOPTED


def test_consent_without_objection_is_adopted(alliance, holders, clock):
    vote = voted(alliance, holders, ["agree"] * 4, "editorial")
    clock.move(days=8)
    close_decision(decision=vote)
    assert Outcome.objects.get().result == Result.ADOPTED
    assert not Decision.objects.filter(continues=vote).exists()


def test_too_many_recused_to_decide(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes"] * 5)
    for held in holders[:4]:
        step_out(vote, held)
    clock.move(days=8)
    close_decision(decision=vote)
    assert Outcome.objects.get().result == Result.NO_COMPETENT_BODY


def test_no_quorum(alliance, holders, clock):
    vote = voted(alliance, holders, ["yes", "yes"])
    clock.move(days=8)
    close_decision(decision=vote)
    assert Outcome.objects.get().result == Result.NO_QUORUM


def test_one_that_fails_stops_no_other(alliance, holders, clock):
    broken = voted(alliance, holders, ["yes"] * 5)
    Decision.objects.filter(pk=broken.pk).update(sealed_rule="{}", closes_at=broken.closes_at - timedelta(hours=1))
    sound = voted(alliance, holders, ["yes"] * 5, "budget")
    clock.move(days=8)
    close_due_decisions()
    assert set(Outcome.objects.values_list("decision", flat=True)) == {sound.pk}
    assert BallotVersion.objects.count() == 10
