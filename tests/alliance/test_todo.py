"""What waits for a person."""

import pytest

from alliance.models import Alliance, InterestLink
from alliance.selectors.todo import todos_of
from alliance.services import control
from alliance.states import Membership, Participation, State
from tests import factories as make

pytestmark = pytest.mark.django_db


def waiting(person, clock):
    return [(todo.what, todo.verb) for todo in todos_of(person, clock.read())]


def test_a_signatory_signs_contributions_and_rounds(clock):
    alliance = make.alliance()
    member = make.member(alliance, "Corvus")
    hand = make.signatory(member)
    make.contribution(member)
    make.contribution(member, signed_by=hand, signed_at=clock.read())
    control.propose_round(actor=make.organiser(alliance), alliance=alliance, levels={(member, "data"): 1})

    assert waiting(hand, clock) == [
        ("Sign 1 contribution of Corvus", "Sign"),
        ("Sign the steps of Corvus", "Sign"),
        ("Say why Corvus is better off", "Fill in"),
    ]
    clock.move(days=31)
    assert ("Sign the steps of Corvus", "Sign") not in waiting(hand, clock)


def test_a_representative_states_what_is_not_said(clock):
    alliance = make.alliance()
    member = make.member(alliance, "City", participation=Participation.PUBLIC)
    voice = make.representative(member)
    make.topic(alliance)
    make.topic(alliance)

    assert waiting(voice, clock) == [
        ("Answer six questions for City", "Answer"),
        ("Say what City cannot cede, and what it gains", "Say it"),
    ]

    Alliance.objects.filter(pk=alliance.pk).update(state=State.ACTIVE)
    assert waiting(voice, clock) == [("State positions on 2 topics", "State")]


def test_an_organiser_admits_and_a_steward_answers(clock):
    alliance = make.alliance()
    member = make.member(alliance, state=Membership.ACCEPTED)
    organiser = make.organiser(alliance)
    stream = make.stream(alliance, "Air", steward=organiser)

    assert waiting(organiser, clock) == [("Admit 1 organisation", "Admit"), ("Keep “Air”: you are asked", "Answer")]

    stream.steward_accepted_at = clock.read()
    stream.save()
    InterestLink.objects.create(stream=stream, member=member, topic=make.topic(alliance))
    assert waiting(organiser, clock)[1] == ("Accept 1 interest linked to “Air”", "Look at it")


def test_an_ended_alliance_asks_for_nothing(clock):
    alliance = make.alliance(state=State.ABANDONED)
    hand = make.signatory(make.member(alliance))
    make.stream(alliance, steward=hand)

    assert waiting(hand, clock) == []


def test_two_statements_whatever_the_number(clock, django_assert_num_queries):
    who = make.person()
    for _each in range(3):
        alliance = make.alliance()
        make.role(who, alliance, "signatory", member=make.member(alliance))
        make.stream(alliance, steward=who)

    at = clock.read()

    with django_assert_num_queries(2):
        assert len(list(todos_of(who, at))) == 6
