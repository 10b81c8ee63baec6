"""From draft to the open vote: who may, what must be said, and what is frozen."""

import json
from datetime import timedelta

import pytest

from alliance.states import Membership, Participation, State
from audit import chain
from audit.models import Event
from audit.services import data_of
from governance.models import Decision, Officer
from governance.services import decisions
from governance.services.classes import founding_class
from governance.services.opening import open_voting
from governance.states import DecisionState, Office
from tests import factories as make
from tests.governance.refusals import refused

pytestmark = pytest.mark.django_db
DRAFT = {"title": "Adopt the format", "motion": "The format is adopted."}


@pytest.fixture
def active():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def holders(active):
    return make.committee(active)


@pytest.fixture
def chair(active, holders):
    person = holders[0].person
    Officer.objects.create(alliance=active, office=Office.CHAIR, person=person, starts_at=make.clock.read())
    return person


@pytest.fixture
def drafted(active, holders, chair):
    return make.decision(active, chair, seconder=holders[1].person)


def test_drafts_are_numbered_in_their_alliance(active, holders):
    ordinary, person = make.decision_class(active), holders[0].person
    made = [
        decisions.draft_decision(actor=person, alliance=active, decision_class=ordinary, **DRAFT) for _each in range(2)
    ]
    assert [each.number for each in made] == [1, 2]
    assert "format" not in Event.objects.last().body


def test_only_people_of_the_alliance_propose(active):
    ordinary, stranger = make.decision_class(active), make.person()
    with refused("not_permitted"):
        decisions.draft_decision(actor=stranger, alliance=active, decision_class=ordinary, **DRAFT)


def test_draft_says_what_it_decides_and_by_which_class(active, holders):
    person = holders[0].person
    ordinary, foreign = make.decision_class(active), make.decision_class(make.alliance())
    retired = make.decision_class(active, "budget", retired_at=make.clock.read())
    propose = {"actor": person, "alliance": active, "decision_class": ordinary, **DRAFT}
    with refused("title_missing"):
        decisions.draft_decision(**propose | {"title": " "})
    with refused("motion_missing"):
        decisions.draft_decision(**propose | {"motion": ""})
    for wrong in (None, foreign, retired):
        with refused("class_missing"):
            decisions.draft_decision(**propose | {"decision_class": wrong})
    with refused("effect_unknown"):
        decisions.draft_decision(**propose | {"effect": "drop_tables"})
    with refused("effect_founding"):
        decisions.draft_decision(**propose | {"effect": "set_profile", "effect_data": {"profile": "strict"}})
    with refused("effect_data"):
        decisions.draft_decision(**propose | {"effect_data": {"anything": 1}})


def test_before_the_charter_the_founding_rules_decide():
    alliance = make.alliance()
    organiser, ordinary = make.organiser(alliance), make.decision_class(alliance)
    with refused("founding_rules"):
        decisions.draft_decision(actor=organiser, alliance=alliance, decision_class=ordinary, **DRAFT)
    assert decisions.draft_decision(actor=organiser, alliance=alliance, **DRAFT).decision_class.is_founding


def test_ended_alliance_decides_nothing():
    alliance = make.alliance(state=State.LEGACY)
    organiser, ordinary = make.organiser(alliance), make.decision_class(alliance)
    with refused("alliance_ended"):
        decisions.draft_decision(actor=organiser, alliance=alliance, decision_class=ordinary, **DRAFT)


def test_changed_text_is_seconded_and_announced_anew(drafted, holders, chair):
    decisions.give_notice(actor=chair, decision=drafted)
    with refused("not_permitted"):
        decisions.change_draft(actor=holders[1].person, decision=drafted, **DRAFT)
    changed = decisions.change_draft(actor=chair, decision=drafted, **DRAFT)
    assert (changed.title, changed.seconder, changed.noticed_at) == (DRAFT["title"], None, None)


def test_another_holder_seconds_once(active, holders, chair):
    drafted, stranger = make.decision(active, chair), make.representative(make.member(active))
    for wrong in (chair, stranger):
        with refused("not_permitted"):
            decisions.second_decision(actor=wrong, decision=drafted)
    decisions.second_decision(actor=holders[1].person, decision=drafted)
    with refused("seconded_already"):
        decisions.second_decision(actor=holders[2].person, decision=drafted)


def test_withdrawn_draft_stays_on_record_and_is_over(drafted, chair, holders):
    with refused("not_permitted"):
        decisions.withdraw_draft(actor=holders[2].person, decision=drafted)
    decisions.withdraw_draft(actor=chair, decision=drafted)
    assert Decision.objects.get().state == DecisionState.WITHDRAWN
    with refused("wrong_state"):
        decisions.withdraw_draft(actor=chair, decision=drafted)
    with refused("wrong_state"):
        open_voting(actor=chair, decision=drafted)


def test_opening_freezes_electorate_rule_and_window(drafted, holders, chair):
    opened = open_voting(actor=chair, decision=drafted)
    assert opened.state == DecisionState.OPEN
    assert opened.closes_at - opened.opened_at == timedelta(days=7)
    electors = {each.key: (each.person, each.weight) for each in opened.electors.all()}
    assert electors == {str(each.seat_id): (each.person, 1) for each in holders}
    sealed = json.loads(opened.sealed_rule)
    assert sealed["rule"]["threshold"] == "1/2"
    assert sealed["authorised_weight"] == 3
    data = data_of(Event.objects.get(verb="governance.voting.opened"))
    assert data["rule"] == chain.digest(opened.sealed_rule)
    assert data["electors"] == dict.fromkeys(electors, 1)


def test_open_vote_cannot_be_changed(drafted, chair, holders):
    open_voting(actor=chair, decision=drafted)
    with refused("wrong_state"):
        decisions.change_draft(actor=chair, decision=drafted, **DRAFT)
    with refused("wrong_state"):
        decisions.withdraw_draft(actor=chair, decision=drafted)
    with refused("wrong_state"):
        decisions.second_decision(actor=holders[2].person, decision=drafted)
    with refused("wrong_state"):
        open_voting(actor=chair, decision=drafted)


def test_holders_without_current_statements_stand_outside(active, chair, drafted, clock):
    silent = make.holding(make.seat(active), stated=False)
    half = make.holding(make.seat(active), stated=False)
    make.attestation(half)
    suspended = make.holding(make.seat(active), suspended_at=clock.read())
    named = make.holding(make.seat(active), accepted_at=None)
    today = clock.read().date()
    ended = make.holding(make.seat(active), starts_on=today - timedelta(days=9), ends_on=today)
    keys = set(open_voting(actor=chair, decision=drafted).electors.values_list("seat", flat=True))
    assert keys.isdisjoint({each.seat_id for each in (silent, half, suspended, named, ended)})
    assert len(keys) == 3


def test_only_officers_open_a_vote(active, drafted, holders):
    organiser = make.organiser(active)
    for wrong in (organiser, holders[1].person):
        with refused("not_permitted"):
            open_voting(actor=wrong, decision=drafted)


def test_without_officers_a_holder_opens(active, holders):
    drafted = make.decision(active, holders[0].person, seconder=holders[1].person)
    assert open_voting(actor=holders[2].person, decision=drafted).state == DecisionState.OPEN


def test_unseconded_question_is_not_opened(active, chair):
    drafted = make.decision(active, chair)
    with refused("not_seconded"):
        open_voting(actor=chair, decision=drafted)


@pytest.mark.parametrize("unsaid", ["base", "threshold", "quorum", "recusal", "abstention", "tie", "forum"])
def test_incomplete_class_opens_nothing(active, holders, chair, unsaid):
    rule = make.decision_class(active, **{unsaid: ""})
    drafted = make.decision(active, chair, seconder=holders[1].person, decision_class=rule)
    with refused("class_incomplete"):
        open_voting(actor=chair, decision=drafted)


@pytest.mark.parametrize("unsaid", ["strict", "quorum_strict", "notice_days", "open_days"])
def test_class_without_a_number_or_a_yes_or_no_opens_nothing(active, holders, chair, unsaid):
    rule = make.decision_class(active, **{unsaid: None})
    drafted = make.decision(active, chair, seconder=holders[1].person, decision_class=rule)
    with refused("class_incomplete"):
        open_voting(actor=chair, decision=drafted)


def test_long_notice_runs_before_the_vote_opens(active, holders, chair, clock):
    rule = make.decision_class(active, "specification")
    drafted = make.decision(active, chair, seconder=holders[1].person, decision_class=rule)
    with refused("notice_missing"):
        open_voting(actor=chair, decision=drafted)
    decisions.give_notice(actor=chair, decision=drafted)
    with refused("noticed_already"):
        decisions.give_notice(actor=chair, decision=drafted)
    clock.move(days=13)
    with refused("notice_running"):
        open_voting(actor=chair, decision=drafted)
    clock.move(days=1)
    assert open_voting(actor=chair, decision=drafted).state == DecisionState.OPEN


def test_meeting_and_secret_classes_are_not_opened_as_electronic_roll_calls(active, chair, holders):
    for _more in range(2):
        make.holding(make.seat(active))
    meeting = make.decision_class(active, "budget", forum="meeting")
    secret = make.decision_class(active, "officer-removal")
    both = [make.decision(active, chair, seconder=holders[1].person, decision_class=rule) for rule in (meeting, secret)]
    with refused("decided_in_meeting"):
        open_voting(actor=chair, decision=both[0])
    with refused("secret_vote"):
        open_voting(actor=chair, decision=both[1])


def test_one_alone_decides_nothing(active):
    held = make.holding(make.seat(active))
    drafted = make.decision(active, held.person, seconder=make.person())
    with refused("electorate_too_small"):
        open_voting(actor=held.person, decision=drafted)


def test_each_group_of_voting_members_has_one_vote():
    alliance = make.alliance()
    organiser, group = make.organiser(alliance), make.control_group()
    first = make.member(alliance, organisation=make.organisation(group=group))
    make.member(alliance, organisation=make.organisation(group=group))
    other = make.member(alliance)
    make.member(alliance, participation=Participation.PUBLIC)
    make.member(alliance, state=Membership.ACCEPTED)
    rule = founding_class(alliance, make.clock.read())
    opened = open_voting(actor=organiser, decision=make.decision(alliance, organiser, decision_class=rule))
    found = {each.key: (each.member, each.weight) for each in opened.electors.all()}
    assert found == {str(group.pk): (first, 1), str(other.organisation_id): (other, 1)}
    assert opened.closes_at - opened.opened_at == timedelta(days=5)


def test_founding_rules_end_with_the_charter():
    alliance = make.alliance()
    organiser = make.organiser(alliance)
    for _member in range(2):
        make.member(alliance)
    rule = founding_class(alliance, make.clock.read())
    drafted = make.decision(alliance, organiser, decision_class=rule)
    alliance.state = State.ACTIVE
    alliance.save()
    held = make.holding(make.seat(alliance))
    with refused("class_not_in_force"):
        open_voting(actor=held.person, decision=drafted)


def test_suspended_alliance_decides_only_its_cure(active, chair, holders):
    ordinary = make.decision(active, chair, seconder=holders[1].person)
    rule = make.decision_class(active, "amendment")
    at = make.clock.read() - timedelta(days=15)
    cure = make.decision(active, chair, seconder=holders[1].person, decision_class=rule, noticed_at=at)
    active.state = State.SUSPENDED
    active.save()
    with refused("alliance_not_active"):
        open_voting(actor=chair, decision=ordinary)
    assert open_voting(actor=chair, decision=cure).state == DecisionState.OPEN
