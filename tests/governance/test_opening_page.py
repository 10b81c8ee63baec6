"""Before a vote opens its page says who may vote, and why another may not."""

import pytest

from alliance.services.interests import state_position
from alliance.states import State
from governance.models import Elector, Officer
from governance.selectors.electorate import electorate_of
from governance.services.opening import open_voting
from tests import factories as make
from tests.governance.test_pages import browser, statements, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def chair(alliance):
    chair = make.organiser(alliance)
    Officer.objects.create(alliance=alliance, office="chair", person=chair, starts_at=make.clock.read())
    return chair


def page_of(draft):
    return f"/a/{draft.alliance.slug}/decisions/{draft.number}/open/"


def able(draft):
    return [each.name for each in electorate_of(draft, make.clock.read()).voters if each.may_vote]


def test_seats_that_may_vote_are_named_with_those_that_may_not(alliance, chair):
    first, second = make.committee(alliance, 2)
    make.holding(make.seat(alliance, "Seat of the silent"), make.person("Sam Silent"), stated=False)
    make.seat(alliance, "Empty seat")
    draft = make.decision(alliance, first.person, seconder=second.person)
    shown = text(browser(chair).get(page_of(draft)))
    assert "2 of 4 seats may vote" in shown
    assert "Sam Silent" in shown
    assert "Statement missing" in shown
    assert "Vacant" in shown
    assert able(draft) == [first.person.name, second.person.name]
    open_voting(actor=chair, decision=draft)
    assert list(Elector.objects.order_by("seat__created_at").values_list("person__name", flat=True)) == able(draft)


def test_groups_that_may_vote_are_named_with_those_that_may_not(alliance, chair, clock):
    topic = make.topic(alliance)
    group = make.control_group("Meridian")
    late, one, two = (make.member(alliance, name) for name in ("Late", "One", "Two"))
    lapsed = make.member(alliance, organisation=make.organisation("First of the group", group=group))
    sister = make.member(alliance, organisation=make.organisation("Second of the group", group=group))
    speakers = {member: make.representative(member) for member in (late, one, two, lapsed, sister)}
    clock.move(days=200)
    for member in (one, two, sister):
        state_position(actor=speakers[member], member=member, topic=topic, stance=2, salience=80)
    by_members = make.decision_class(alliance, "amendment", body="members", notice_days=0)
    draft = make.decision(alliance, speakers[one], decision_class=by_members)
    shown = text(browser(chair).get(page_of(draft)))
    assert "3 of 4 groups may vote" in shown
    assert "Interests to confirm" in shown
    assert able(draft) == ["One", "Two", "Second of the group"]
    open_voting(actor=chair, decision=draft)
    voting = {each.member.organisation.name for each in draft.electors.select_related("member__organisation")}
    assert voting == {"One", "Two", "Second of the group"}


def test_the_api_tells_the_same(alliance, chair):
    first, second = make.committee(alliance, 2)
    make.seat(alliance, "Empty seat")
    draft = make.decision(alliance, first.person, seconder=second.person)
    path = f"/api/v1/alliances/{alliance.slug}/decisions/{draft.number}/opening/"
    told = browser(chair).get(path).json()
    assert told["rule"] == "2 of 3 seats may vote"
    assert told["voters"][2] == {"name": "Vacant", "note": "Empty seat", "word": "Vacant", "may_vote": False}
    assert browser(second.person).get(path).status_code == 403
    assert browser(make.person()).get(path).status_code == 404


def test_who_may_not_open_it_is_refused_before_the_list(alliance, chair):
    first, second = make.committee(alliance, 2)
    draft = make.decision(alliance, first.person, seconder=second.person)
    answer = browser(second.person).get(page_of(draft))
    assert answer.status_code == 403
    assert "may vote" not in text(answer)


def test_the_page_asks_as_much_of_the_database_for_many_seats(alliance, chair):
    first, second, _third = make.committee(alliance, 3)
    draft = make.decision(alliance, first.person, seconder=second.person)
    client = browser(chair)
    statements(client, page_of(draft))
    few = statements(client, page_of(draft))
    make.committee(alliance, 4)
    assert statements(client, page_of(draft)) == few <= 20
