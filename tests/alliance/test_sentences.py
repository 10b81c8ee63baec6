"""Events in words."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

import alliance as app
from alliance import sentences
from alliance.selectors.events import latest_events
from alliance.services import interests, membership
from alliance.services.control import propose_round
from alliance.states import Form, Membership
from tests import factories as make

VERBS = re.compile(r"""(?:tell\(\s*|record\(\s*f?)["'](?:alliance\.)?([a-z_]+\.[a-z_]+)["']""")


def test_every_verb_that_a_command_records_has_a_sentence():
    texts = [path.read_text() for path in (Path(app.__file__).parent / "services").glob("*.py")]
    verbs = {f"alliance.{verb}" for text in texts for verb in VERBS.findall(text)}

    assert len(verbs) > 30
    assert sorted(verb for verb in verbs if sentences.title_of(verb) == verb) == []


@pytest.mark.django_db
def test_an_event_names_what_it_was_about_and_who_did_it():
    alliance = make.alliance()
    organiser = make.organiser(alliance)
    corvus = make.member(alliance, "Corvus", state=Membership.ACCEPTED)
    membership.admit_member(actor=organiser, member=corvus)
    topic = interests.add_topic(actor=organiser, alliance=alliance, name="Data", measure="")
    interests.state_position(actor=make.representative(corvus), member=corvus, topic=topic, stance=1, salience=1)
    propose_round(actor=organiser, alliance=alliance, levels={(corvus, "data"): 1})

    told = latest_events(alliance, 3)

    assert [each.text for each in told] == [
        "Round 1 of shared control proposed",
        "Corvus stated its position",
        "Topic added: Data",
    ]
    assert {each.by for each in told} >= {organiser.name}


@pytest.mark.django_db
def test_names_of_another_alliance_are_not_told():
    foreign = make.member(make.alliance(), "Foreign")

    names = sentences.names_of(make.alliance().pk, {foreign.pk})

    assert names == {}


def test_a_verb_without_a_sentence_stands_as_it_is():
    assert sentences.sentence_of("other.thing.done", {}, uuid4(), {}) == "other.thing.done"


@pytest.mark.parametrize(
    ("verb", "data", "told"),
    [
        ("profile.raised", {"from": "essential", "to": "strict"}, "Profile raised from essential to strict"),
        ("person.invited", {"roles": ["organiser", "signatory"]}, "A person invited as organiser, signatory"),
        ("legacy_plan.written", {"part": "part_of_old"}, "Legacy plan written: part_of_old"),
        ("durable_form.added", {"form": Form.values[0]}, f"Durable form proposed: {Form.labels[0].lower()}"),
    ],
)
def test_codes_are_told_in_words(verb, data, told):
    assert sentences.sentence_of(f"alliance.{verb}", data, uuid4(), {}) == told
