"""What a dossier claims of outcomes and frozen texts, and that what contradicts itself is refused where it stands."""

import json

import pytest

from audit import chain
from audit.strictjson import BadDocument
from charter.reading import dossier_of
from charter.services.dossier import export_dossier, import_dossier
from tests import factories as make
from tests.charter.steps import offered, told
from tests.refusals import everything
from tests.stories import CANYON, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported():
    """The showcase as it is written out: with outcomes, and a version that is being signed."""
    alliance = told(CANYON)
    offered(alliance)
    return json.loads(export_dossier(alliance, at=make.clock.read()).model_dump_json())


def test_nobody_holds_two_seats(exported):
    first, second = exported["seats"][0]["holdings"][0], exported["seats"][1]["holdings"][0]
    second["person"] = first["person"]

    bad = refusal(exported)

    assert bad.pointer == "/seats/1/holdings/0/person"
    assert "no other seat" in bad.sentence


def put(document, place, value):
    *path, last = place
    for key in path:
        document = document[key]
    document[last] = value


def refusal(document):
    before = everything()
    with pytest.raises(BadDocument) as refused:
        import_dossier(dossier=dossier_of(document), slug="again")
    assert everything() == before
    return refused.value


CASE = ("decisions", 0, "outcomes", 0, "case")
VERSION = ("charter_versions", 0)


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        (CASE, {}, "/decisions/0/outcomes/0/case/id"),
        ((*CASE, "seats"), None, "/decisions/0/outcomes/0/case/seats"),
        ((*CASE, "rule"), 5, "/decisions/0/outcomes/0/case/rule"),
        ((*CASE, "seats", 0, "weight"), "0000-01-01", "/decisions/0/outcomes/0/case/seats/0/weight"),
        ((*CASE, "ballots"), {"nobody": "yes"}, "/decisions/0/outcomes/0/case/ballots/nobody"),
        ((*CASE, "expect"), "2026-01-01", "/decisions/0/outcomes/0/case/expect"),
        ((*CASE, "expect", "yes"), 99, "/decisions/0/outcomes/0/case/expect"),
        (("decisions", 0, "outcomes", 0, "result"), "rejected", "/decisions/0/outcomes/0/result"),
        ((*VERSION, "document"), {}, "/charter_versions/0/document/alliance"),
        ((*VERSION, "document", "members"), [1], "/charter_versions/0/document/members/0"),
        ((*VERSION, "document", "sections"), 1.5, "/charter_versions/0/document/sections"),
        ((*VERSION, "document", "sections", 0, "text"), "Another text.", "/charter_versions/0/hash"),
        ((*VERSION, "hash"), "a" * 64, "/charter_versions/0/hash"),
    ],
)
def test_a_claim_that_does_not_hold_is_refused_with_its_place(exported, place, value, pointer):
    put(exported, place, value)
    assert refusal(exported).pointer == pointer


def test_what_holds_is_taken_in_as_it_was(exported):
    again = import_dossier(dossier=dossier_of(exported), slug="again")
    version, given = again.charter_versions.get(), exported["charter_versions"][0]
    assert version.document == chain.canonical(given["document"])
    assert chain.digest(version.document) == version.hash == given["hash"]


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        (("rounds", 0, "steps", 0, "signed_at"), None, "/rounds/0/steps/0/"),
        (("contributions", 1, "signed_at"), None, "/contributions/1/"),
        (("contributions", 0, "signed_by"), None, "/contributions/0/"),
        (("decisions", 1, "electors", 0, "seat"), None, "/decisions/1/electors/0/"),
        (("streams", 1, "baseline"), 10**30, "/streams/1/baseline"),
    ],
)
def test_records_that_contradict_themselves_are_named_by_their_place(place, value, pointer):
    document = story(CANYON)
    put(document, place, value)
    said = refusal(document)
    assert said.pointer.startswith(pointer)
    assert "CHECK" not in said.sentence
    assert "constraint" not in said.sentence
