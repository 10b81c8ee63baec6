"""The illustrative alliances give the readings that their facts demand."""

import pytest

from tests.stories import CANYON, CODEC, HARBOUR, judged, reading, story, verdict
from traits.indicators import INDICATORS
from traits.states import Level, Trait


def test_each_profile_blocks_on_its_own_indicators():
    counts = {
        profile: sum(profile in each.blocks for each in INDICATORS) for profile in ("essential", "standard", "strict")
    }
    assert counts == {"essential": 16, "standard": 24, "strict": 30}
    assert len(INDICATORS) == 35


def test_canyon_is_in_place_in_all_five_traits():
    found = reading(story(CANYON))
    assert set(found.levels.values()) == {Level.IN_PLACE}
    assert (found.passing, found.blocking, found.gate) == (24, 24, True)
    assert found.missing == []
    assert judged(story(CANYON), "M2").finding.figure == "4.45"
    assert judged(story(CANYON), "I4").finding.figure == "0.83"


def test_codec_passes_strict_with_two_acknowledged_warnings():
    found = reading(story(CODEC))
    warned = {each.indicator.id for each in found.judged if each.finding.verdict == "warn"}
    assert warned == {"M3", "G2"}
    assert found.gate
    power = judged(story(CODEC), "G2").finding
    assert power.subjects == ("Finch",)
    assert "11 or 13" in power.advice


def test_codec_is_not_ready_while_a_warning_is_not_acknowledged():
    document = story(CODEC)
    document["acknowledgements"] = document["acknowledgements"][:1]
    found = reading(document)
    assert not found.gate
    assert found.missing == ["G2"]
    assert found.levels[Trait.GOVERNANCE] == Level.EMERGING


def test_an_acknowledgement_ends_when_the_warning_names_others():
    document = story(CODEC)
    document["acknowledgements"][1]["subjects"] = ["Heron"]
    assert reading(document).missing == ["G2"]


def test_harbour_shows_each_kind_of_failure():
    found = reading(story(HARBOUR))
    assert found.levels == {
        Trait.MULTIPLE_INTERESTS: Level.EMERGING,
        Trait.SELF_INTEREST: Level.EMERGING,
        Trait.SURRENDER: Level.ABSENT,
        Trait.GOVERNANCE: Level.EMERGING,
        Trait.CONTINUING_VALUE: Level.ABSENT,
    }
    assert not found.gate
    verdicts = {each.indicator.id: str(each.finding.verdict) for each in found.judged}
    failing = {key for key, word in verdicts.items() if word == "fail"}
    assert failing == {"M3", "S2", "S3", "I2", "I3", "G2", "V1", "V3", "V4"}
    assert (verdicts["I1"], verdicts["V2"], verdicts["V8"], verdicts["V6"]) == (
        "no_data",
        "pass",
        "does_not_apply",
        "warn",
    )
    assert judged(story(HARBOUR), "M2").finding.figure == "2.67"


def test_sealed_figures_stay_sealed():
    finding = judged(story(HARBOUR), "S2").finding
    assert finding.subjects == ("Corvus Shipping",)
    assert "60" not in f"{finding.figure} {finding.threshold} {finding.advice}"


@pytest.mark.parametrize("slug", [CANYON, CODEC, HARBOUR])
def test_nothing_in_a_file_was_witnessed_here(slug):
    from charter.reading import evidence_in
    from tests.stories import dossier
    from traits.gate import read

    found = read(evidence_in(dossier(story(slug)), as_claimed=False))
    assert not found.gate
    verdicts = {each.indicator.id: str(each.finding.verdict) for each in found.judged}
    assert {verdicts[key] for key in ("G1", "G3", "I3", "S1", "S4")} <= {"fail", "no_data"}


def test_no_members_at_all_is_judged_without_a_fault():
    document = story(HARBOUR)
    for each in document["members"]:
        each["state"] = "invited"
    found = reading(document)
    assert not found.gate
    assert found.levels[Trait.SELF_INTEREST] == Level.ABSENT


def test_one_group_of_everybody_controls_everything():
    document = story(CANYON)
    document["groups"] = [{"id": "all", "name": "All Holding"}]
    for each in document["organisations"][:7]:
        each["group"] = "all"
    assert verdict(document, "M1") == "fail"
    assert verdict(document, "G2") == "fail"
