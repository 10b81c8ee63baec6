"""A ballot: who may cast it, what it needs, and that nothing says how anybody voted before the close."""

import json
import logging
from datetime import timedelta

import pytest

from accounts.models import Affiliation
from alliance.states import State
from audit import chain
from audit.models import Event
from audit.services import data_of
from governance.models import Ballot, BallotVersion
from governance.services import holders as seats
from governance.services.ballots import cast_ballot
from governance.services.classes import founding_class
from governance.services.opening import open_voting
from governance.services.recusal import recuse
from tests import factories as make
from tests.governance.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def holders(alliance):
    return make.committee(alliance, 5)


@pytest.fixture
def vote(alliance, holders):
    return make.open_vote(alliance, holders)


def cast(decision, person, choice="yes", **fields):
    given = {"declared": True, "proof": make.proof(), **fields}
    return cast_ballot(actor=person, decision=decision, choice=choice, **given)


def test_ballot_is_recorded_with_its_commitment_only(vote, holders):
    cast(vote, holders[0].person, "no", reason="Too early for our clinics.")
    version = BallotVersion.objects.get()
    assert (version.choice, version.number, version.declared) == ("no", 1, True)
    event = Event.objects.get(verb="governance.ballot.cast")
    assert data_of(event) == {
        "seat": str(holders[0].seat_id),
        "commitment": version.commitment,
        "proof": data_of(event)["proof"],
    }
    assert version.commitment == chain.commitment(version.salt, "no", "Too early for our clinics.", "")


def test_same_choice_twice_commits_to_different_things(vote, holders):
    for _each in range(2):
        cast(vote, holders[0].person)
    first, second = BallotVersion.objects.order_by("number")
    assert first.commitment != second.commitment


def test_last_ballot_counts_and_earlier_ones_stay(vote, holders):
    cast(vote, holders[0].person, "no")
    cast(vote, holders[0].person, "yes")
    assert list(BallotVersion.objects.order_by("number").values_list("number", "choice")) == [(1, "no"), (2, "yes")]
    assert Ballot.objects.get().version == 2


def test_choice_and_reason_stand_in_no_event_and_no_log(vote, holders, caplog):
    caplog.set_level(logging.DEBUG)
    cast(vote, holders[0].person, "abstain", reason="Xylophone")
    cast(vote, holders[1].person, "no", reason="Xylophone")
    told = "".join(Event.objects.values_list("body", flat=True)) + caplog.text
    assert "abstain" not in told
    assert "Xylophone" not in told
    assert not any(value in {"yes", "no", "abstain"} for value in _words(Event.objects.all()))


def _words(events):
    def walk(node):
        if isinstance(node, dict):
            for value in node.values():
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)
        else:
            yield node

    for event in events:
        yield from walk(json.loads(event.body))


def test_who_is_no_elector_casts_nothing(alliance, vote, holders):
    late, organiser = make.holding(make.seat(alliance)), make.organiser(alliance)
    for wrong in (late.person, organiser, make.person()):
        with refused("not_permitted"):
            cast(vote, wrong)


def test_ballot_needs_a_proof_of_fifteen_minutes(vote, holders):
    for wrong in (None, make.proof(minutes=16)):
        with refused("proof_stale"):
            cast(vote, holders[0].person, proof=wrong)
    cast(vote, holders[0].person, proof=make.proof(minutes=14))


def test_ballot_needs_the_declaration(vote, holders):
    with refused("not_declared"):
        cast(vote, holders[0].person, declared=False)


@pytest.mark.parametrize("choice", ["", "agree", "object", "maybe"])
def test_other_answers_are_refused(vote, holders, choice):
    with refused("choice_missing"):
        cast(vote, holders[0].person, choice)


def test_draft_takes_no_ballot(alliance, holders):
    drafted = make.decision(alliance, holders[0].person)
    with refused("not_permitted"):
        cast(drafted, holders[0].person)


def test_closed_by_the_clock_though_no_job_has_run(vote, holders, clock):
    clock.move(days=6, hours=23, minutes=59)
    cast(vote, holders[0].person)
    clock.move(days=1, minutes=2)
    with refused("voting_closed"):
        cast(vote, holders[1].person)


def test_statement_that_lapses_while_open_must_be_renewed_to_cast(vote, holders, clock):
    held = holders[0]
    Affiliation.objects.create(
        person=held.person,
        organisation=make.organisation(),
        starts_on=clock.read().date() + timedelta(days=1),
    )
    clock.move(days=1)
    with refused("not_attested"):
        cast(vote, held.person)
    make.attestation(held)
    cast(vote, held.person)


def test_disclosure_that_lapses_while_open_must_be_renewed_to_cast(alliance, holders, clock):
    held = holders[0]
    held.disclosures.update(made_at=clock.read() - timedelta(days=363))
    vote = make.open_vote(alliance, holders)
    clock.move(days=3)
    with refused("not_disclosed"):
        cast(vote, held.person)
    make.disclosure(held)
    cast(vote, held.person)


def test_holder_who_left_casts_no_more(vote, holders):
    seats.leave_seat(actor=holders[0].person, holding=holders[0])
    with refused("left_seat"):
        cast(vote, holders[0].person)


def test_seat_changes_do_not_touch_an_open_vote(alliance, vote, holders):
    seats.leave_seat(actor=holders[0].person, holding=holders[0])
    successor = make.holding(holders[0].seat)
    with refused("not_permitted"):
        cast(vote, successor.person)
    assert vote.electors.count() == 5


def test_recused_person_casts_nothing(vote, holders):
    recuse(actor=holders[0].person, decision=vote, reason="My spouse sells it.", proof=make.proof())
    with refused("recused"):
        cast(vote, holders[0].person)


def test_objection_needs_reason_and_change(alliance, holders):
    vote = make.open_vote(alliance, holders, decision_class=make.decision_class(alliance, "editorial"))
    person = holders[0].person
    with refused("reason_missing"):
        cast(vote, person, "object", proposed_change="Say shall.")
    with refused("change_missing"):
        cast(vote, person, "object", reason="It says may.")
    with refused("choice_missing"):
        cast(vote, person, "yes")
    cast(vote, person, "object", reason="It says may.", proposed_change="Say shall.")
    assert "shall" not in "".join(Event.objects.values_list("body", flat=True))


def test_group_has_one_ballot_which_its_representatives_share():
    alliance = make.alliance()
    organiser, group = make.organiser(alliance), make.control_group()
    members = [make.member(alliance, organisation=make.organisation(group=group)) for _each in range(2)]
    other = make.member(alliance)
    people = [make.representative(member) for member in members]
    signatory = make.signatory(other)
    rule = founding_class(alliance, make.clock.read())
    vote = open_voting(actor=organiser, decision=make.decision(alliance, organiser, decision_class=rule))
    cast(vote, people[0], "yes", declared=False)
    cast(vote, people[1], "no", declared=False, replaces=1)
    assert Ballot.objects.get().version == 2
    assert list(BallotVersion.objects.order_by("number").values_list("cast_by", flat=True)) == [
        each.pk for each in people
    ]
    with refused("not_permitted"):
        cast(vote, signatory)


def test_late_swing_extends_the_window_once(alliance, holders, vote, clock):
    closes_at = vote.closes_at
    for held in holders[:2]:
        cast(vote, held.person)
    clock.move(days=6, hours=1)
    cast(vote, holders[2].person)
    vote.refresh_from_db()
    assert (vote.closes_at, vote.extended) == (closes_at + timedelta(hours=24), True)
    data = data_of(Event.objects.get(verb="governance.voting.extended"))
    assert data == {"closes_at": vote.closes_at.isoformat()}
    clock.move(days=1)
    cast(vote, holders[3].person)
    vote.refresh_from_db()
    assert vote.closes_at == closes_at + timedelta(hours=24)


def test_quorum_reached_early_extends_nothing(holders, vote, clock):
    for held in holders[:3]:
        cast(vote, held.person)
    closes_at = vote.closes_at
    clock.move(days=6, hours=1)
    cast(vote, holders[0].person, "no")
    cast(vote, holders[3].person)
    vote.refresh_from_db()
    assert (vote.closes_at, vote.extended) == (closes_at, False)
