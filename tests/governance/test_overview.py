"""What governance adds to an alliance's own pages: open decisions, and its events in words."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from alliance.selectors.events import latest_events
from alliance.sentences import sentence_of, title_of
from alliance.states import State
from audit.models import Event
from governance.selectors.events import SENTENCES
from governance.services import committee
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from tests import factories as make
from tests.governance.test_pages import browser, text

pytestmark = pytest.mark.django_db
TOO_MANY = "Counted again after a recusal (too many recused to decide): Dissolve"


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


def test_a_vote_that_is_being_recorded_is_overdue_nowhere(alliance, clock):
    holders = make.committee(alliance)
    make.open_vote(alliance, holders)
    path = reverse("alliance:overview", args=[alliance.slug])
    client = browser(holders[0].person)
    clock.move(days=9)
    shown = client.get(path).content.decode()
    assert "Being recorded" in shown
    assert 'class="when past"' not in shown


def test_open_decisions_stand_on_the_overview(alliance):
    holders = make.committee(alliance)
    path = reverse("alliance:overview", args=[alliance.slug])
    client = browser(holders[0].person)
    assert "Open decisions" not in text(client.get(path))
    vote = make.open_vote(alliance, holders)
    shown = text(client.get(path))
    assert "Open decisions" in shown
    assert vote.title in shown
    assert "Your vote is missing" in shown


def test_events_are_told_in_words(alliance, clock):
    holders = make.committee(alliance)
    vote = make.open_vote(alliance, holders, title="The open format")
    for held in holders:
        cast_ballot(actor=held.person, decision=vote, choice="yes", declared=True, proof=make.proof())
    clock.move(days=8)
    close_decision(decision=vote)
    told = [each.text for each in latest_events(alliance, 10)]
    assert "Outcome recorded (adopted): The open format" in told
    assert "A ballot was cast: The open format" in told
    assert "Took effect: The open format" in told


@pytest.mark.parametrize(
    ("verb", "data", "told"),
    [
        ("decision.closed", {"result": "no_quorum"}, "Outcome recorded (no quorum): Dissolve"),
        ("decision.recounted", {"result": "no_competent_body"}, TOO_MANY),
        ("officer.elected", {"person": "Ida", "office": "chair"}, "Ida was elected chair"),
    ],
)
def test_codes_are_told_in_words(verb, data, told):
    subject = uuid4()
    assert sentence_of(f"governance.{verb}", data, subject, {subject: "Dissolve"}) == told


def test_a_seat_is_told_by_its_label():
    alliance = make.alliance()
    committee.add_seat(actor=make.organiser(alliance), alliance=alliance, label="North", weight=1, member=None)
    assert [each.text for each in latest_events(alliance, 1)] == ["Seat added: North"]
    assert Event.objects.count() == 1


def test_every_verb_that_is_recorded_has_words():
    told = "".join(path.read_text() for path in Path("governance/services").glob("*.py"))
    verbs = {f"governance.{verb}" for verb in re.findall(r'tell\(\s*"([\w.]+)"', told)}
    assert verbs == set(SENTENCES)
    assert all(title_of(verb) != verb for verb in verbs)
