"""An open page asks again: nothing while nothing happens, the new standing after a ballot, then a fresh start."""

import pytest
from django.test import Client

from alliance.states import State
from alliance.views.following import seen_of
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote():
    alliance = make.alliance(state=State.ACTIVE)
    return make.open_vote(alliance, make.committee(alliance, 3))


@pytest.fixture
def ask(vote, client: Client):
    """The page again, as an open one asks for it."""
    client.force_login(vote.proposer, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/a/{vote.alliance.slug}/decisions/{vote.number}/"
    return lambda **state: client.get(address, state, headers={"HX-Request": "true"})


def cast(vote):
    held = vote.electors.order_by("key").first()
    cast_ballot(actor=held.person, decision=vote, choice="yes", declared=True, proof=make.proof())


def test_nothing_comes_while_nothing_has_happened(vote, ask):
    answer = ask(seen=seen_of(vote.alliance), look="open")
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_ballot_comes_without_its_choice(vote, ask):
    seen = seen_of(vote.alliance)
    cast(vote)
    answer = ask(seen=seen, look="open")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 of 3" in page
    assert f"seen={seen_of(vote.alliance)}&amp;look=open" in page


def test_the_close_starts_the_page_anew(vote, ask, clock):
    seen = seen_of(vote.alliance)
    clock.move(days=7, seconds=1)
    answer = ask(seen=seen, look="open")
    assert (answer.headers["HX-Refresh"], answer.content) == ("true", b"")
    assert ask(seen=seen, look="being_recorded").status_code == 204
    close_decision(decision=vote)
    assert ask(seen=seen, look="being_recorded").headers["HX-Refresh"] == "true"


def test_one_who_may_not_see_it_learns_nothing_by_asking(vote, client):
    client.force_login(make.person(), backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/a/{vote.alliance.slug}/decisions/{vote.number}/"
    answer = client.get(address, {"seen": "1", "look": "open"}, headers={"HX-Request": "true"})
    assert answer.status_code == 404
