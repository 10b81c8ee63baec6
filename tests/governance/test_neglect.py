"""Neglect suspends that member's vote or that seat, never the alliance; and says so in plain words."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.todo import todos_of
from alliance.models import Position
from alliance.selectors.neglect import lapsed_members
from alliance.services.interests import state_position
from alliance.states import Participation, State
from governance.models import Ballot, Officer
from governance.services.ballots import cast_ballot
from governance.services.opening import open_voting
from tests import factories as make
from tests.governance.refusals import refused
from tests.governance.test_pages import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


def voter(alliance, topic):
    """The representative of a new member that has said what it wants."""
    member = make.member(alliance)
    person = make.representative(member)
    state_position(actor=person, member=member, topic=topic, stance=2, salience=80)
    return person, member


@pytest.fixture
def topic(alliance):
    return make.topic(alliance)


@pytest.fixture
def voters(alliance, topic):
    return [voter(alliance, topic) for _number in range(3)]


def opened(alliance, person):
    """A vote of the members, opened by the chair."""
    chair = make.person("Chair")
    Officer.objects.create(alliance=alliance, office="chair", person=chair, starts_at=make.clock.read())
    chosen = make.decision_class(alliance, "amendment", body="members", notice_days=0)
    drafted = make.decision(alliance, person, decision_class=chosen)
    return open_voting(actor=chair, decision=drafted)


def cast(person, vote):
    return cast_ballot(actor=person, decision=vote, choice="yes", proof=make.proof())


def page(person, vote):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(f"/a/{vote.alliance.slug}/decisions/{vote.number}/").content.decode()


def test_a_lapsed_member_is_not_asked_when_a_vote_opens(alliance, topic, voters, clock):
    clock.move(days=179)
    (late, late_member), (_p, second), (_q, third) = voters
    for person, member in voters[1:]:
        state_position(actor=person, member=member, topic=topic, stance=2, salience=80)
    clock.move(days=2)
    vote = opened(alliance, late)
    assert set(vote.electors.values_list("member", flat=True)) == {second.pk, third.pk}
    assert lapsed_members(alliance, clock.read()) == {late_member.pk}
    assert "last confirmed what it wants more than 180 days ago" in page(late, vote)


def test_one_that_lapses_while_a_vote_is_open_votes_once_it_has_confirmed(alliance, topic, voters, clock):
    person, member = voters[0]
    clock.move(days=179)
    vote = opened(alliance, person)
    assert vote.electors.count() == 3
    clock.move(days=2)
    with refused("interest_lapsed"):
        cast(person, vote)
    assert not Ballot.objects.exists()
    assert "so it cannot vote until it does" in page(person, vote)
    state_position(actor=person, member=member, topic=topic, stance=2, salience=80)
    assert cast(person, vote)
    assert "so it cannot vote until it does" not in page(person, vote)


def test_the_list_of_members_says_whose_vote_is_suspended(alliance, topic, voters, clock):
    clock.move(days=181)
    (late, _late_member), (person, member), _third = voters
    make.member(alliance, "The public", participation=Participation.PUBLIC)
    state_position(actor=person, member=member, topic=topic, stance=2, salience=80)
    path = f"/a/{alliance.slug}/members/"
    shown = browser(late).get(path).content.decode()
    assert shown.count("Vote suspended") == 2
    assert shown.count("Confirm its interests") == 1
    assert "Confirm its interests" not in browser(person).get(path).content.decode()


def test_the_committees_page_counts_who_may_vote_and_tells_a_holder_what_is_missing(alliance, clock):
    ends_on = clock.read().date() + timedelta(days=800)
    holders = [make.holding(make.seat(alliance), ends_on=ends_on) for _number in range(3)]
    path = f"/a/{alliance.slug}/committee/"
    client = browser(holders[0].person)
    assert "3 may vote" not in text(client.get(path))
    assert "cannot vote until" not in text(client.get(path))
    clock.move(days=366)
    for held in holders[1:]:
        make.attestation(held, signed_at=clock.read())
        make.disclosure(held, made_at=clock.read())
    shown = text(client.get(path))
    assert "2 may vote" in shown
    assert "until you have signed the independence statement and disclosed your interests." in shown
    make.attestation(holders[0], signed_at=clock.read())
    assert "Your seat cannot vote until you have disclosed your interests." in text(client.get(path))


def test_before_the_charter_nobody_is_suspended(alliance, voters, clock):
    clock.move(days=400)
    assert len(lapsed_members(alliance, clock.read())) == 3
    alliance.state = State.FORMING
    assert lapsed_members(alliance, clock.read()) == set()


@pytest.mark.parametrize(
    "change", [{"stance": 0}, {"salience": 59}, {"witnessed": False}, {"confirmed_by": "another"}], ids=str
)
def test_what_does_not_count_is_no_confirmation(alliance, topic, voters, clock, change):
    _person, member = voters[0]
    if "confirmed_by" in change:
        change = {"confirmed_by": make.person("Another")}
    Position.objects.filter(member=member).update(**change)
    assert lapsed_members(alliance, clock.read()) == {member.pk}


def test_the_representative_is_reminded_on_their_list_from_thirty_days_before(alliance, topic, voters, clock):
    person, _member = voters[0]

    def waiting():
        return [(todo.note, todo.due_at) for todo in todos_of(person, clock.read()) if todo.what.startswith("Confirm")]

    assert waiting() == []
    clock.move(days=151)
    assert [note for note, _due in waiting()] == [""]
    clock.move(days=30)
    assert [note for note, _due in waiting()] == ["It cannot vote until then"]


def test_a_holder_whose_statement_has_lapsed_is_told_and_votes_once_it_is_signed(alliance, clock):
    holders = make.committee(alliance)
    clock.move(days=363)
    vote = make.open_vote(alliance, holders)
    clock.move(days=3)
    held = holders[0]
    assert "Your independence statement is not current" in page(held.person, vote)
    make.attestation(held, signed_at=clock.read())
    assert "Your disclosure of conflicts is not current" in page(held.person, vote)
    make.disclosure(held, made_at=clock.read())
    assert "is not current" not in page(held.person, vote)
