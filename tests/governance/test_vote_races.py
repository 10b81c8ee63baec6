"""Votes that meet: 32 threads on one decision, on both databases. Nothing is doubled, late or lost."""

import time
from collections import Counter
from datetime import timedelta

import pytest

from alliance.states import State
from audit.errors import DomainError
from audit.models import Event
from audit.services import data_of
from audit.verification import verify_stream
from governance.models import Ballot, BallotVersion, Outcome
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from governance.services.recusal import recuse
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 32


@pytest.fixture
def holders(race):
    return make.committee(make.alliance(state=State.ACTIVE), THREADS)


@pytest.fixture
def vote(holders):
    return make.open_vote(holders[0].alliance, holders)


def caster(vote, held, choice="yes"):
    proof = make.proof()
    return lambda: cast_ballot(actor=held.person, decision=vote, choice=choice, declared=True, proof=proof)


def refusals(results):
    assert all(isinstance(each, DomainError) for each in results if isinstance(each, Exception)), results
    return Counter(each.code for each in results if isinstance(each, DomainError))


def test_same_person_with_the_same_choice(race, vote, holders):
    results = race(*[caster(vote, holders[0])] * THREADS)
    assert not refusals(results)
    ballot = Ballot.objects.get()
    assert ballot.version == THREADS
    assert sorted(ballot.versions.values_list("number", flat=True)) == list(range(1, THREADS + 1))
    assert Event.objects.filter(verb="governance.ballot.cast").count() == THREADS


def test_same_person_with_different_choices(race, vote, holders, clock):
    choices = ["yes", "no", "abstain", "no"] * (THREADS // 4)
    assert not refusals(race(*[caster(vote, holders[0], choice) for choice in choices]))
    last = BallotVersion.objects.order_by("number").last()
    assert Ballot.objects.get().version == last.number == THREADS
    assert Counter(BallotVersion.objects.values_list("choice", flat=True)) == Counter(choices)
    commitments = [data_of(event)["commitment"] for event in in_order("governance.ballot.cast")]
    assert commitments == list(BallotVersion.objects.order_by("number").values_list("commitment", flat=True))
    clock.move(days=8)
    close_decision(decision=vote)
    revealed = data_of(Event.objects.get(verb="governance.decision.closed"))["ballots"]
    assert revealed == [{"seat": str(holders[0].seat_id), "choice": last.choice, "version": THREADS}]


def in_order(verb):
    return Event.objects.filter(verb=verb).order_by("seq")


def test_everybody_at_once(race, vote, holders, clock):
    assert not refusals(race(*[caster(vote, held) for held in holders]))
    clock.move(days=8)
    close_decision(decision=vote)
    assert Outcome.objects.get().figures["yes"] == THREADS
    assert verify_stream(vote.alliance_id) is None


def test_vote_against_close(race, vote, holders, clock):
    """The window has passed: whoever comes first, no ballot is let in, and the outcome is written once."""
    early = [caster(vote, held) for held in holders[: THREADS // 2]]
    for cast in early:
        cast()
    clock.move(days=8)
    late = [caster(vote, held, "no") for held in holders[THREADS // 2 :]]
    closers = [lambda: close_decision(decision=vote)] * (THREADS // 2)
    results = race(*[action for pair in zip(late, closers, strict=True) for action in pair])
    assert refusals(results) == {"voting_closed": THREADS // 2}
    assert Outcome.objects.count() == 1
    assert Outcome.objects.get().figures["quorum_present"] == THREADS // 2
    assert Event.objects.filter(verb="governance.decision.closed").count() == 1


def test_deadline_passes_while_ballots_arrive(race, vote, holders, clock):
    """Around the deadline each ballot is in time and counted, or refused: nothing is accepted and left out."""
    left = vote.closes_at - clock.read() - timedelta(milliseconds=400)
    clock.move(seconds=left.total_seconds())

    def after(pause, action):
        def act():
            time.sleep(pause)
            return action()

        return act

    def close_until_done():
        while True:
            if close_decision(decision=vote).state != "open":
                return
            time.sleep(0.02)

    casters = [after(number * 0.025, caster(vote, held)) for number, held in enumerate(holders[1:])]
    results = race(close_until_done, *casters)
    assert set(refusals(results)) <= {"voting_closed"}
    accepted = [each for each in results if isinstance(each, Ballot)]
    vote.refresh_from_db()
    assert {each.pk for each in accepted} == set(Ballot.objects.values_list("pk", flat=True))
    assert all(cast_at < vote.closes_at for cast_at in BallotVersion.objects.values_list("cast_at", flat=True))
    revealed = data_of(Event.objects.get(verb="governance.decision.closed"))["ballots"]
    assert len(revealed) == len(accepted)
    closed = Event.objects.get(verb="governance.decision.closed")
    assert all(event.seq < closed.seq for event in in_order("governance.ballot.cast"))


def test_recusal_against_ballots_of_the_same_seat(race, vote, holders, clock):
    held, proof = holders[0], make.proof()

    def step_out():
        return recuse(actor=held.person, decision=vote, reason="A conflict.", proof=proof)

    results = race(*[caster(vote, held), step_out] * (THREADS // 2))
    counted = refusals(results)
    assert counted["recused_already"] == THREADS // 2 - 1
    assert set(counted) <= {"recused_already", "recused"}
    clock.move(days=8)
    close_decision(decision=vote)
    assert data_of(Event.objects.get(verb="governance.decision.closed"))["ballots"] == []
