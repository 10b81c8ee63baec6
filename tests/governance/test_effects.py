"""What adopted decisions do, and that what cannot be done waits visibly and changes nothing."""

from datetime import timedelta

import pytest

from alliance.services.founding import raise_profile
from alliance.states import Profile
from audit.models import Event
from governance import effects
from governance.models import Decision, Holding, Officer
from governance.services.ballots import cast_ballot
from governance.services.closing import carry_out, close_decision, take_effect
from governance.services.decisions import draft_decision
from governance.services.opening import open_voting
from governance.states import DecisionState, Office
from tests import factories as make
from tests.governance.refusals import refused

pytestmark = pytest.mark.django_db
LEVELS = {"standards": 3, "data": 3, "disputes": 4}


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def organiser(alliance):
    return make.organiser(alliance)


@pytest.fixture
def voters(alliance):
    return [make.representative(make.member(alliance)) for _member in range(3)]


@pytest.fixture
def decide(alliance, organiser, voters, clock):
    """Have the members adopt something by the founding rules."""

    def run(effect, data):
        drafted = draft_decision(
            actor=organiser, alliance=alliance, title="A", motion="B", effect=effect, effect_data=data
        )
        vote = open_voting(actor=organiser, decision=drafted)
        for voter in voters:
            cast_ballot(actor=voter, decision=vote, choice="yes", proof=make.proof())
        clock.move(days=6)
        return close_decision(decision=vote)

    return run


def propose(alliance, actor, effect, data):
    return draft_decision(actor=actor, alliance=alliance, title="A", motion="B", effect=effect, effect_data=data)


def test_members_choose_core_domains(alliance, decide):
    decided = decide("set_core_domains", {"levels": LEVELS})
    assert decided.state == DecisionState.EFFECTIVE
    assert dict(alliance.core_domains.values_list("domain", "required_level")) == LEVELS
    said = effects.find("set_core_domains").describe(alliance, decided.effect_data)
    assert said == "The core domains, with the step each member reaches: Data (3), Disputes (4), Standards (3)."


def test_unsound_core_domains_are_refused(alliance, organiser):
    type(alliance).objects.filter(pk=alliance.pk).update(profile=Profile.STANDARD)
    founding = propose(alliance, organiser, "none", {}).decision_class
    assert founding
    for levels in ({}, {"standards": 3, "data": 3}, {"prices": 3, "data": 3, "scope": 3}, None, [1]):
        with refused("core_domains"):
            propose(alliance, organiser, "set_core_domains", {"levels": levels})
    with refused("core_level"):
        propose(alliance, organiser, "set_core_domains", {"levels": {**LEVELS, "data": 2}})


def test_members_elect_the_chair(alliance, decide):
    held = [make.holding(make.seat(alliance)) for _seat in range(2)]
    first = decide("elect_chair", {"person": str(held[0].person_id)})
    chair = Officer.objects.get()
    assert (chair.person, chair.office, chair.decision, chair.is_acting) == (
        held[0].person,
        Office.CHAIR,
        first,
        False,
    )
    second = decide("elect_chair", {"person": str(held[1].person_id)})
    assert Officer.objects.get(ends_at=None).decision == second
    assert Officer.objects.count() == 2


def test_chair_holds_a_seat(alliance, organiser):
    named, nobody = make.holding(make.seat(alliance), accepted_at=None), make.person()
    propose(alliance, organiser, "none", {})
    for person in (named.person, nobody):
        with refused("not_a_holder"):
            propose(alliance, organiser, "elect_chair", {"person": str(person.pk)})
    for wrong in (None, "nobody", str(alliance.pk)):
        with refused("not_found"):
            propose(alliance, organiser, "elect_chair", {"person": wrong})


def test_members_appoint_the_interim_committee(alliance, organiser, decide):
    seats, people = [make.seat(alliance) for _seat in range(2)], [make.person() for _person in range(2)]
    member = make.member(alliance)
    named = [
        {"seat": str(seats[0].pk), "person": str(people[0].pk), "appointed_by": str(member.pk)},
        {"seat": str(seats[1].pk), "person": str(people[1].pk)},
    ]
    decide("appoint_interim_committee", {"holders": named})
    found = {each.seat: (each.person, each.appointed_by, each.accepted_at) for each in Holding.objects.all()}
    assert found == {seats[0]: (people[0], member, None), seats[1]: (people[1], None, None)}


def test_unsound_committee_is_refused(alliance, organiser):
    held, vacant, person = make.holding(make.seat(alliance)), make.seat(alliance), make.person()
    propose(alliance, organiser, "none", {})
    one = {"seat": str(vacant.pk), "person": str(person.pk)}
    foreign = make.seat(make.alliance())
    for wrong, code in (
        ([], "holders_missing"),
        ([one, one], "named_twice"),
        ([{**one, "seat": str(held.seat_id)}], "seat_taken"),
        ([{**one, "person": str(held.person_id)}], "seat_taken"),
        ([{**one, "seat": str(foreign.pk)}], "not_found"),
        ([{**one, "person": "x"}], "not_found"),
    ):
        with refused(code):
            propose(alliance, organiser, "appoint_interim_committee", {"holders": wrong})


def test_members_lower_the_profile_to_its_floor_after_fourteen_days(alliance, decide, clock):
    alliance.profile = Profile.STRICT
    alliance.save()
    decided = decide("set_profile", {"profile": "essential"})
    assert decided.effective_at == decided.closes_at + timedelta(days=14)
    clock.move(days=12)
    take_effect(decision=decided)
    alliance.refresh_from_db()
    assert alliance.profile == Profile.STRICT
    clock.move(days=2)
    take_effect(decision=decided)
    alliance.refresh_from_db()
    assert alliance.profile == Profile.ESSENTIAL


def test_members_raise_the_profile_at_once(alliance, decide):
    decide("set_profile", {"profile": "standard"})
    alliance.refresh_from_db()
    assert alliance.profile == Profile.STANDARD


def test_profile_raised_meanwhile_is_not_lowered_without_the_wait(alliance, organiser, decide, voters, clock):
    drafted = propose(alliance, organiser, "set_profile", {"profile": "standard"})
    vote = open_voting(actor=organiser, decision=drafted)
    raise_profile(actor=organiser, alliance=alliance, profile=Profile.STRICT)
    for voter in voters:
        cast_ballot(actor=voter, decision=vote, choice="yes", proof=make.proof())
    clock.move(days=6)
    closed = close_decision(decision=vote)
    alliance.refresh_from_db()
    assert (closed.effect_refusal, alliance.profile) == (
        "A profile is lowered 14 days after the vote, not before.",
        Profile.STRICT,
    )
    clock.move(days=14)
    carry_out(actor=organiser, decision=closed)
    alliance.refresh_from_db()
    assert alliance.profile == Profile.STANDARD


def test_profile_is_not_lowered_below_its_floor(alliance, organiser):
    alliance.pools_patents = True
    alliance.save()
    propose(alliance, organiser, "none", {})
    with refused("below_floor"):
        propose(alliance, organiser, "set_profile", {"profile": "standard"})
    with refused("profile_missing"):
        propose(alliance, organiser, "set_profile", {"profile": "none"})


def test_effect_that_cannot_be_carried_out_waits_and_is_tried_again(alliance, organiser, voters, clock):
    held = make.holding(make.seat(alliance))
    drafted = propose(alliance, organiser, "elect_chair", {"person": str(held.person_id)})
    vote = open_voting(actor=organiser, decision=drafted)
    for voter in voters:
        cast_ballot(actor=voter, decision=vote, choice="yes", proof=make.proof())
    Holding.objects.update(left_at=clock.read())
    clock.move(days=6)
    vote = close_decision(decision=vote)
    assert (vote.state, vote.effect_refusal) == (
        DecisionState.CLOSED,
        "Choose somebody who holds a seat and has accepted it.",
    )
    assert not Officer.objects.exists()
    assert Decision.objects.taking_effect_at(clock.read()).count() == 0
    with refused("not_permitted"):
        carry_out(actor=voters[0], decision=vote)
    Holding.objects.update(left_at=None)
    carry_out(actor=organiser, decision=vote)
    assert Officer.objects.get().person == held.person
    with refused("nothing_to_carry_out"):
        carry_out(actor=organiser, decision=vote)
    assert Event.objects.filter(verb="governance.effect.refused").count() == 1
