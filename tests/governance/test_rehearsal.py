"""A vote that is only imagined: counted as a real one would be, and nothing is written."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from alliance.states import State
from audit import clock as the_clock
from governance.models import Decision, Holding
from governance.selectors.rehearsal import RECUSED, classes_to_rehearse, rehearse, stage_of
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from governance.states import Body
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def holders(alliance):
    return make.committee(alliance, 5)


@pytest.fixture
def ordinary(alliance):
    return make.decision_class(alliance)


@pytest.fixture
def page(alliance):
    return reverse("governance:rehearsal", args=[alliance.slug])


def keys(holders):
    return [str(each.seat_id) for each in holders]


def said(holders, *choices):
    return dict(zip(keys(holders), choices, strict=False))


def staged(alliance, row):
    return stage_of(alliance, row, the_clock.read())


def test_it_counts_as_the_vote_itself_would(alliance, holders, ordinary, clock):
    choices = ("yes", "yes", "yes", "no", "abstain")
    imagined = rehearse(staged(alliance, ordinary), said(holders, *choices))

    vote = make.open_vote(alliance, holders, decision_class=ordinary)
    for holder, choice in zip(holders, choices, strict=True):
        cast_ballot(actor=holder.person, decision=vote, choice=choice, declared=True, proof=make.proof())
    clock.move(days=30)
    close_decision(decision=Decision.objects.get(pk=vote.pk))

    outcome = vote.outcomes.get()
    assert (imagined.result, imagined.sentence) == (outcome.result, outcome.sentence)


def test_it_names_who_alone_could_turn_it(alliance, holders, ordinary):
    stage = staged(alliance, ordinary)

    close = rehearse(stage, said(holders, "yes", "yes", "yes", "no", "no"))
    clear = rehearse(stage, said(holders, "yes", "yes", "yes", "yes", "yes"))

    assert [part.key for part in close.turning] == keys(holders)[:3]
    assert (clear.turning, clear.result) == ([], "adopted")


def test_silence_and_recusal_count_as_the_class_says(alliance, holders, ordinary):
    stage = staged(alliance, ordinary)

    few = rehearse(stage, said(holders, "yes"))
    recused = rehearse(stage, said(holders, "yes", "yes", RECUSED, "no"))

    assert few.result == "no_quorum"
    assert recused.outcome.figures()["recused"] == 1
    assert str(holders[2].seat_id) not in {part.key for part in recused.turning}


@pytest.mark.parametrize("key", ["ordinary", "specification", "editorial", "dissolution"])
def test_each_usual_class_can_be_rehearsed(key):
    alliance = make.alliance()
    make.committee(alliance)
    make.member(alliance)
    make.member(alliance)
    stage = staged(alliance, make.decision_class(alliance, key))

    outcome = rehearse(stage, {part.key: stage.choices[0] for part in stage.parts})

    assert (outcome.result, outcome.is_settled) == ("adopted", True)


def test_at_a_meeting_who_says_nothing_is_not_there(alliance, holders):
    stage = staged(alliance, make.decision_class(alliance, forum="meeting"))

    assert rehearse(stage, said(holders, "yes", "yes")).result == "no_quorum"
    assert rehearse(stage, said(holders, "yes", "yes", "yes")).result == "adopted"


def test_who_may_not_vote_now_is_named_and_left_out(alliance, holders, ordinary):
    make.seat(alliance, "Vacant seat")
    Holding.objects.filter(pk=holders[0].pk).update(suspended_at=the_clock.read())

    stage = staged(alliance, ordinary)

    assert [part.key for part in stage.parts] == keys(holders)[1:]
    assert stage.absent == [holders[0].seat.label, "Vacant seat"]
    assert stage.authorised == 6


def test_members_vote_by_group():
    alliance = make.alliance()
    group = make.control_group()
    pair = [make.member(alliance, organisation=make.organisation(group=group)) for _each in range(2)]
    lone = make.member(alliance)

    stage = staged(alliance, make.decision_class(alliance, body=Body.MEMBERS))

    assert [part.name for part in stage.parts] == [str(pair[0]), str(lone)]


def test_a_class_that_leaves_something_unsaid_cannot_be_rehearsed(alliance, ordinary):
    make.decision_class(alliance, "budget", quorum="")

    assert classes_to_rehearse(alliance) == [ordinary]


def test_the_page_counts_keeps_what_was_chosen_and_writes_nothing(alliance, holders, ordinary, page):
    client = client_of(make.organiser(alliance))
    before = everything()
    chosen = {f"vote-{key}": choice for key, choice in said(holders, "yes", "yes", "yes", "no", "recused").items()}

    empty = client.get(page).content.decode()
    counted = client.get(page, {"class": "ordinary", **chosen}).content.decode()

    assert "What would come out" not in empty
    assert "Adopted: 3 yes" in counted
    assert "could turn it" in counted
    assert counted.count(" selected") >= 5
    assert everything() == before
    assert client.get(page, {"class": "ordinary", f"vote-{keys(holders)[0]}": "maybe"}).status_code == 422
    assert "“Ordinary”" in client.get(page, {"class": "none-such", **chosen}).content.decode()


def test_what_is_decided_is_not_rehearsed(alliance, holders, ordinary, page, clock):
    vote = make.open_vote(alliance, holders, decision_class=ordinary)
    shown = reverse("governance:decision", args=[alliance.slug, vote.number])
    client = client_of(holders[1].person)
    for each in holders:
        cast_ballot(actor=each.person, decision=vote, choice="yes", declared=True, proof=make.proof())
    clock.move(days=30)
    close_decision(decision=vote)
    assert page not in client.get(shown).text


def test_without_a_class_or_a_committee_the_page_says_so(alliance, page):
    client = client_of(make.organiser(alliance))
    assert "No decision class yet" in client.get(page).content.decode()
    make.decision_class(alliance)
    assert "Nobody could vote now" in client.get(page).content.decode()


def test_the_api_counts_the_same(alliance, holders, ordinary):
    client = APIClient()
    client.cookies = client_of(holders[0].person).cookies
    address = reverse("governance_api:rehearsal", args=[alliance.slug])
    stage = client.get(address, {"decision_class": str(ordinary.pk)}).json()
    before = everything()

    row = str(ordinary.pk)

    answer = client.post(address, {"decision_class": row, "votes": said(holders, "yes", "yes", "yes")})
    wrong = client.post(address, {"decision_class": row, "votes": {"x": "yes", keys(holders)[0]: "maybe"}})
    unknown = client.post(address, {"decision_class": str(alliance.pk), "votes": {}})

    assert [part["key"] for part in stage["parts"]] == keys(holders)
    assert stage["choices"] == ["yes", "no", "abstain"]
    assert (answer.status_code, answer.json()["result"], answer.json()["figures"]["yes"]) == (200, "adopted", 3)
    assert (wrong.status_code, len(wrong.json()["fields"])) == (400, 2)
    assert unknown.status_code == 404
    assert everything() == before


@pytest.mark.parametrize("size", [3, 9])
def test_the_page_asks_as_many_statements_whatever_the_size(size, django_assert_max_num_queries, page, alliance):
    make.committee(alliance, size)
    make.decision_class(alliance)
    client = client_of(make.organiser(alliance))
    client.get(page)

    with django_assert_max_num_queries(14):
        client.get(page)
