"""Holders who voted as their employer's stated positions would have it, each time: a warning, never a block."""

from copy import deepcopy
from typing import Any

import pytest

from tests.stories import CANYON, evidence, judged, part, reading, story
from traits.indicators.stances import CONTESTED, in_step

ADOPTION, QUALITY = 3, "publish-quality"


def _voted(document: dict[str, Any], times: int, *, opposes: bool = False, **ballots: str | None) -> None:
    """So many contested votes on 24-month adoption, cast as in the third decision but for these seats."""
    third = part(document, "decisions", number=ADOPTION)
    number = len(document["decisions"]) + 1
    for each in third["electors"]:
        choice = ballots.get(each["id"].removeprefix("seat-"), each["ballot"]["choice"])
        each["ballot"] = {"choice": choice, "cast_at": each["ballot"]["cast_at"]} if choice else None
    document["decisions"].remove(third)
    for offset in range(times):
        document["decisions"].append(
            {**deepcopy(third), "id": f"again-{offset}", "number": number + offset, "opposes_topic": opposes}
        )


@pytest.fixture
def canyon() -> dict[str, Any]:
    return story(CANYON)


def _people(document: dict[str, Any]) -> set[str]:
    found = evidence(document)
    return {found.name(each.person) for each in in_step(found)}


def _holders(document: dict[str, Any], *members: str) -> set[str]:
    names = {each["id"]: each["name"] for each in document["people"]}
    return {names[part(document, "seats", member=each)["holdings"][0]["person"]] for each in members}


def test_ten_contested_votes_in_step_warn_and_block_nothing(canyon):
    _voted(canyon, CONTESTED)

    # For adoption: NGH, SBM, SHO and PVL, who voted yes; against it RMH, who voted no, and VCN, who voted yes.
    assert _people(canyon) == _holders(canyon, "ngh", "sbm", "rmh", "sho", "pvl")
    found = judged(canyon, "G4").finding
    assert str(found.verdict) == "warn"
    assert f"In all {CONTESTED} contested votes" in found.advice
    acknowledgement = {
        "indicator": "G4", "reason": "We talked about it.", "acknowledged_by": "ruth-adeyemi",
        "acknowledged_at": canyon["as_of"], "subjects": list(found.subjects),
    }  # fmt: skip
    assert not reading(canyon).gate
    canyon["acknowledgements"] = [*canyon.get("acknowledgements", []), acknowledgement]
    assert reading(canyon).gate


def test_nine_do_not(canyon):
    _voted(canyon, CONTESTED - 1)
    assert _people(canyon) == set()
    assert str(judged(canyon, "G4").finding.verdict) == "pass"


def test_one_vote_of_their_own_is_enough(canyon):
    _voted(canyon, CONTESTED)
    _contrary(canyon, "ngh", "no")
    _contrary(canyon, "sbm", "abstain")
    assert _people(canyon) == _holders(canyon, "rmh", "sho", "pvl")


def _contrary(document: dict[str, Any], seat: str, choice: str) -> None:
    last = document["decisions"][-1]
    next(each for each in last["electors"] if each["id"] == f"seat-{seat}")["ballot"]["choice"] = choice


def test_a_vote_not_cast_is_no_vote_in_step(canyon):
    _voted(canyon, CONTESTED)
    elector = next(each for each in canyon["decisions"][-1]["electors"] if each["id"] == "seat-ngh")
    elector["ballot"] = None
    assert _people(canyon) == _holders(canyon, "sbm", "rmh", "sho", "pvl")
    canyon["decisions"].append(deepcopy(canyon["decisions"][-2]) | {"id": "one-more", "number": 99})
    assert _people(canyon) == _holders(canyon, "ngh", "sbm", "rmh", "sho", "pvl")


def test_what_works_against_the_topic_is_read_the_other_way_round(canyon):
    _voted(canyon, CONTESTED, opposes=True)
    assert _people(canyon) == _holders(canyon, "vcn")


def test_what_everybody_agreed_on_is_not_contested(canyon):
    _voted(canyon, CONTESTED, rmh="yes")
    assert _people(canyon) == set()


def test_what_was_said_in_confidence_gives_nobody_away(canyon):
    _voted(canyon, CONTESTED)
    topic = part(canyon, "topics", id="adoption")
    for each in topic["positions"]:
        each["is_confidential"] = each["member"] != "sho"
    assert _people(canyon) == _holders(canyon, "sho")


def test_a_former_holders_votes_are_not_the_new_ones(canyon):
    _voted(canyon, CONTESTED)
    seat = part(canyon, "seats", member="ngh")
    other = next(each["id"] for each in canyon["people"] if each["id"] not in {"tomas-reyes", "lena-brandt"})
    seat["holdings"][0]["person"] = other
    assert _holders(canyon, "ngh").isdisjoint(_people(canyon))
