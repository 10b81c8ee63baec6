"""Each indicator passes, warns, fails, has no data or does not apply as its rule says, and is not to be gamed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.stories import CANYON, CODEC, judged, part, reading, story, verdict
from traits.indicators import INDICATORS

Change = Callable[[dict[str, Any]], object]


def _drop(key: str) -> Change:
    return lambda document: document.update({key: []})


def _each(key: str, **values: Any) -> Change:
    return lambda document: [each.update(values) for each in document[key]]


def _head(**values: Any) -> Change:
    return lambda document: document["alliance"].update(values)


def _stream(**values: Any) -> Change:
    return lambda document: document["streams"][0].update(values)


def _holding(**values: Any) -> Change:
    return lambda document: document["seats"][0]["holdings"][0].update(values)


def _terms(**values: Any) -> Change:
    return lambda document: document["committee"].update(values)


def _class(key: str, **values: Any) -> Change:
    return lambda document: part(document, "classes", key=key).update(values)


def _sheet(low: int, base: int, high: int) -> Change:
    figures = {"low": low, "base": base, "high": high}
    return lambda document: document["worksheets"][0]["figures"].update(benefit=figures)


def _public(**values: Any) -> Change:
    """The first member takes part as public, without a worksheet of its own."""

    def change(document: dict[str, Any]) -> None:
        first = document["members"][0]
        first.update(participation="public", **values)
        document["worksheets"] = [each for each in document["worksheets"] if each["member"] != first["id"]]

    return change


def _long_ago(document: dict[str, Any]) -> None:
    for topic in document["topics"]:
        for each in topic["positions"]:
            each["confirmed_at"] = "2026-01-02T09:00:00Z"


def _by_an_organiser(document: dict[str, Any]) -> None:
    for topic in document["topics"]:
        for each in topic["positions"]:
            if each["member"] == "ngh":
                each["confirmed_by"] = "irene-vance"


def _opposed(document: dict[str, Any]) -> None:
    for topic in document["topics"]:
        topic["positions"][0].update(stance=-2, salience=90)


def _confirmed_within_the_group(document: dict[str, Any]) -> None:
    for each in document["members"]:
        each["category_confirmed_by_member"] = each["id"]


def _signed_by_a_representative(document: dict[str, Any]) -> None:
    for each in document["contributions"]:
        if each["member"] == "ngh":
            each["signed_by"] = "maya-lindholm"


def _unlinked(document: dict[str, Any]) -> None:
    document["streams"][0]["interests"][0].pop("accepted_at")


def _copied(document: dict[str, Any]) -> None:
    texts = [each for topic in document["topics"] for each in topic["positions"] if each.get("statement")]
    texts[1]["statement"] = texts[0]["statement"]


def _too_fast(document: dict[str, Any]) -> None:
    _second_round(document, days=0)


def _second_round(document: dict[str, Any], *, days: int) -> None:
    """The second round is completed so many days after the first."""
    first, second = document["rounds"]
    ends = (datetime.fromisoformat(first["completed_at"]) + timedelta(days=days)).isoformat()
    second.update(opened_at=first["opened_at"], closes_at=max(first["closes_at"], ends), completed_at=ends)
    for step in second["steps"]:
        step["signed_at"] = ends


def _leap(document: dict[str, Any]) -> None:
    document["rounds"][1]["steps"][0].update(from_level=0, to_level=4)


def _miserly(document: dict[str, Any]) -> None:
    for each in document["rounds"]:
        each["steps"] = [step for step in each["steps"] if step["member"] != "pvl" or step["domain"] == "scope"]


def _unwitnessed_round(document: dict[str, Any]) -> None:
    document["rounds"][1]["state"] = "lapsed"


def _priced(document: dict[str, Any]) -> None:
    document["topics"][0]["measure"] = "All members agree on prices."
    document["counsel_reviews"] = []


def _employed(document: dict[str, Any]) -> None:
    part(document, "people", id="tomas-reyes")["affiliations"].append(
        {"organisation": "sbm", "starts_on": "2026-10-25"}
    )


def _speaks(document: dict[str, Any]) -> None:
    document["roles"].append(
        {
            "person": "tomas-reyes",
            "kind": "signatory",
            "member": "ngh",
            "mandate": "x",
            "granted_at": "2026-01-01T00:00:00Z",
        }
    )


def _reported(document: dict[str, Any]) -> None:
    document["instruction_reports"] = [{"seat": "seat-ngh", "reported_at": "2026-10-01T00:00:00Z"}]


def _settled(document: dict[str, Any]) -> None:
    _reported(document)
    document["instruction_reports"][0]["settled_at"] = "2026-10-20T00:00:00Z"


def _own_successor(document: dict[str, Any]) -> None:
    document["streams"][0]["durable_forms"][0]["successor"] = "sho"


def _no_seats(document: dict[str, Any]) -> None:
    document.update(seats=[], decisions=[], officers=[])


def _two_seats(document: dict[str, Any]) -> None:
    document.update(seats=document["seats"][:2], decisions=[], officers=[])


def _heavy(document: dict[str, Any]) -> None:
    part(document, "seats", id="seat-ngh")["weight"] = 7


def _third(document: dict[str, Any]) -> None:
    part(document, "seats", id="seat-ngh")["weight"] = 2


def _three(document: dict[str, Any]) -> None:
    part(document, "seats", id="seat-ngh")["weight"] = 3


def _verified_by_the_stewards_own(document: dict[str, Any]) -> None:
    document["streams"][0]["baseline_verified_by"] = "sho"


def _idle_money(document: dict[str, Any]) -> None:
    for each in document["contributions"]:
        each["kind"] = "people"


def _permanent(**values: Any) -> Change:
    return _head(permanence="permanent", term_months=None, **values)


def _plain_permanent(document: dict[str, Any]) -> None:
    _permanent(next_problem="Prior approval, in one day.")(document)
    document["legacy_plan"] = []


def _empty(document: dict[str, Any]) -> None:
    for key, value in document.items():
        if isinstance(value, list) and key not in {"organisations", "people", "groups"}:
            document[key] = []
    document.pop("committee", None)


def _one_group(document: dict[str, Any]) -> None:
    document["groups"] = [{"id": "all-of-us", "name": "All of Us Holding"}]
    for each in document["organisations"]:
        each["group"] = "all-of-us"


def _seats_of_unconfirmed_kinds(document: dict[str, Any]) -> None:
    _each("members", category_confirmed_at=None, category_confirmed_by_member=None)(document)


def _linked_elsewhere(document: dict[str, Any]) -> None:
    for stream in document["streams"]:
        stream["beneficiaries"] = [each for each in stream["beneficiaries"] if each != "ngh"]


def _signed_late(document: dict[str, Any]) -> None:
    for each in document["rounds"]:
        each["opened_at"] = "2025-01-01T09:00:00Z"


def _same_ends(document: dict[str, Any]) -> None:
    for seat in document["seats"]:
        for held in seat["holdings"]:
            held.update(ends_on="2027-10-01", irrevocable_until="2027-10-01")


def _old_statements(key: str, stamp: str) -> Change:
    def run(document: dict[str, Any]) -> None:
        for seat in document["seats"]:
            for held in seat["holdings"]:
                for each in held[key]:
                    each[stamp] = "2025-01-01T09:00:00Z"

    return run


def _not_accepted_in_writing(document: dict[str, Any]) -> None:
    for stream in document["streams"]:
        for form in stream["durable_forms"]:
            form["acceptance"] = "  "


def _permanent_without_results(document: dict[str, Any]) -> None:
    _permanent(next_problem="Prior approval, in one day.", activated_at="2022-01-01T09:00:00Z")(document)
    for stream in document["streams"]:
        stream.update(readings=[], is_permanent=True, horizon_on=None, review_months=12)


CASES: list[tuple[str, Change | None, str]] = [
    ("M1", None, "pass"),
    ("M1", _each("members", category="payer"), "fail"),
    ("M1", _confirmed_within_the_group, "fail"),
    ("M2", None, "pass"),
    ("M2", _each("members", category="payer"), "warn"),
    ("M2", _each("members", state="invited"), "warn"),
    ("M3", None, "pass"),
    ("M3", _heavy, "fail"),
    ("M3", _third, "warn"),
    ("M3", _no_seats, "no_data"),
    ("M4", None, "pass"),
    ("M4", lambda document: document["affected_parties"][4].pop("reason_absent"), "fail"),
    ("M4", _drop("affected_parties"), "no_data"),
    ("M5", None, "pass"),
    ("M5", _opposed, "fail"),
    ("M5", _each("topics", measure=""), "fail"),
    ("M5", _each("topics", positions=[]), "no_data"),
    ("M6", None, "pass"),
    ("M6", _idle_money, "warn"),
    ("S1", None, "pass"),
    ("S1", _long_ago, "fail"),
    ("S1", _by_an_organiser, "fail"),
    ("S2", None, "pass"),
    ("S2", _sheet(10, 900, 240_000_000), "fail"),
    ("S2", _sheet(10, 240_000_000, 250_000_000), "warn"),
    ("S2", _drop("worksheets"), "no_data"),
    ("S2", _public(), "fail"),
    ("S2", _public(statutory_limit="Its statute."), "fail"),
    ("S2", _public(statutory_limit="Its statute.", public_benefit="Fewer forms."), "pass"),
    ("S3", None, "pass"),
    ("S3", _unlinked, "fail"),
    ("S4", None, "pass"),
    ("S4", _signed_by_a_representative, "fail"),
    ("S4", _each("contributions", mandate=" "), "fail"),
    ("S4", _drop("contributions"), "fail"),
    ("S5", None, "pass"),
    ("S5", _sheet(10, 2_400_000_000, 3_000_000_000), "warn"),
    ("S5", _drop("worksheets"), "warn"),
    ("S6", None, "pass"),
    ("S6", _copied, "warn"),
    ("I1", None, "pass"),
    ("I1", lambda document: document["core_domains"][0].update(required_level=5), "fail"),
    ("I1", _drop("core_domains"), "no_data"),
    ("I2", None, "pass"),
    ("I2", _unwitnessed_round, "fail"),
    ("I3", None, "pass"),
    ("I3", _too_fast, "fail"),
    ("I3", _leap, "fail"),
    ("I3", _drop("rounds"), "fail"),
    ("I4", None, "pass"),
    ("I4", _miserly, "warn"),
    ("I4", _drop("rounds"), "warn"),
    ("I5", None, "pass"),
    ("I5", _each("counsel_reviews", cleared=False), "fail"),
    ("I5", _each("counsel_reviews", reviewed_at="2025-01-01T00:00:00Z"), "fail"),
    ("I5", _priced, "fail"),
    ("I6", None, "pass"),
    ("I6", _each("reserved_powers", sole_veto=True, domain="standards"), "warn"),
    ("I6", _head(exit_cost=""), "warn"),
    ("I6", _head(entire_agreement=False), "warn"),
    ("G1", None, "pass"),
    ("G1", _holding(accepted_at=None), "fail"),
    ("G1", _holding(left_at="2026-10-01T00:00:00Z"), "fail"),
    ("G1", _two_seats, "fail"),
    ("G2", None, "pass"),
    ("G2", _heavy, "fail"),
    ("G2", _each("classes", is_founding=True), "no_data"),
    ("G3", None, "pass"),
    ("G3", _employed, "fail"),
    ("G3", _holding(attestations=[]), "fail"),
    ("G3", lambda document: document["seats"][0]["holdings"][0]["attestations"][0].update(text_version="0"), "fail"),
    ("G4", None, "pass"),
    ("G4", _terms(forbids_proxies=False), "fail"),
    ("G4", _holding(removable_by_employer=True), "fail"),
    ("G4", _reported, "fail"),
    ("G4", _settled, "pass"),
    ("G4", lambda document: document.pop("committee"), "no_data"),
    ("G5", None, "pass"),
    ("G5", _holding(disclosures=[]), "fail"),
    ("G6", None, "pass"),
    ("G6", _class("budget", base=None), "fail"),
    ("G6", _class("editorial", notice_days=None), "fail"),
    ("G6", _each("classes", is_founding=True), "no_data"),
    ("G7", None, "pass"),
    ("G7", _drop("officers"), "warn"),
    ("G7", lambda document: part(document, "decisions", number=1).update(outcomes=[]), "warn"),
    ("G7", _terms(term_limit=None), "warn"),
    ("G8", None, "pass"),
    ("G8", _terms(appeal_route=""), "warn"),
    ("G9", None, "pass"),
    ("G9", _speaks, "fail"),
    ("G9", _holding(irrevocable_until=None), "fail"),
    ("V1", None, "pass"),
    ("V1", _each("streams", steward_accepted_at=None), "fail"),
    ("V1", _each("streams", beneficiaries=["ngh", "sbm"]), "fail"),
    ("V2", None, "pass"),
    ("V2", _each("streams", beneficiaries=["ngh"]), "fail"),
    ("V3", None, "pass"),
    ("V3", _each("streams", is_permanent=False, horizon_on="2027-01-01"), "fail"),
    ("V3", _stream(durable_forms=[]), "fail"),
    ("V3", _stream(review_months=48), "fail"),
    ("V4", None, "pass"),
    ("V4", _stream(metric=""), "fail"),
    ("V4", _stream(baseline_verified_by=None), "fail"),
    ("V4", _verified_by_the_stewards_own, "fail"),
    ("V4", lambda document: document["streams"][1].update(unit=""), "warn"),
    ("V4", _drop("streams"), "no_data"),
    ("V5", None, "pass"),
    ("V5", _own_successor, "warn"),
    ("V6", None, "pass"),
    ("V6", lambda document: document["legacy_plan"][0].pop("owner"), "warn"),
    ("V7", None, "pass"),
    ("V7", _each("streams", upkeep_funded_until=None), "warn"),
    ("V8", None, "does_not_apply"),
    ("V8", _permanent(), "fail"),
    ("V8", _permanent(next_problem="Prior approval, in one day."), "pass"),
    ("M2", _empty, "warn"),
    ("M3", _seats_of_unconfirmed_kinds, "fail"),
    ("M6", _drop("contributions"), "warn"),
    ("M6", _each("topics", positions=[]), "warn"),
    ("S1", _empty, "no_data"),
    ("S3", _linked_elsewhere, "fail"),
    ("S3", _drop("streams"), "fail"),
    ("S6", _each("topics", positions=[]), "warn"),
    ("I2", _drop("rounds"), "fail"),
    ("I4", _signed_late, "warn"),
    ("I5", _drop("counsel_reviews"), "fail"),
    ("I6", _each("reserved_powers", sole_veto=True, domain="membership"), "pass"),
    ("G1", _no_seats, "fail"),
    ("G2", _three, "warn"),
    ("G2", _one_group, "fail"),
    ("G2", _no_seats, "no_data"),
    ("G3", _old_statements("attestations", "signed_at"), "fail"),
    ("G3", _no_seats, "fail"),
    ("G4", _terms(forbids_instruction=False), "fail"),
    ("G5", _old_statements("disclosures", "made_at"), "fail"),
    ("G5", _no_seats, "fail"),
    ("G7", _terms(term_months=48), "warn"),
    ("G8", _terms(records_held_by=""), "warn"),
    ("G8", _same_ends, "warn"),
    ("G9", _holding(appointed_by=None), "fail"),
    ("G9", _no_seats, "fail"),
    ("V1", _drop("streams"), "fail"),
    ("V2", _drop("streams"), "fail"),
    ("V3", _drop("streams"), "fail"),
    ("V5", _drop("streams"), "warn"),
    ("V5", _not_accepted_in_writing, "warn"),
    ("V6", _drop("legacy_plan"), "warn"),
    ("V7", _drop("streams"), "warn"),
    ("V8", _permanent_without_results, "fail"),
]


@pytest.mark.parametrize(("indicator", "change", "expected"), CASES)
def test_an_indicator_reads_the_record(indicator, change, expected):
    document = story(CANYON)
    if change:
        change(document)
    assert verdict(document, indicator) == expected


def test_every_indicator_is_seen_to_pass_and_not_to():
    seen = {each.id: {expected for key, _change, expected in CASES if key == each.id} for each in INDICATORS}
    holding = {"pass", "does_not_apply"}
    assert [key for key, verdicts in seen.items() if not verdicts & holding or not verdicts - holding] == []


@pytest.mark.parametrize(
    "change", [_empty, _one_group, _each("members", state="invited"), _each("topics", positions=[])]
)
@pytest.mark.parametrize("profile", ["essential", "standard", "strict"])
def test_the_check_answers_whatever_is_missing(change, profile):
    document = story(CANYON)
    change(document)
    read = reading(document, profile)
    assert not read.gate
    assert all(each.finding.threshold and each.finding.advice for each in read.judged if not each.holds)


def test_one_member_alone_is_no_alliance():
    document = story(CANYON)
    for each in document["members"][1:]:
        each["state"] = "withdrawn"
    read = reading(document, "essential")
    assert not read.gate
    assert read.levels["multiple_interests"] != "in_place"


def test_what_does_not_block_in_a_profile_warns():
    document = story(CANYON)
    document["legacy_plan"] = []
    assert verdict(document, "V6", "standard") == "warn"
    assert verdict(document, "V6", "strict") == "fail"


def test_for_a_permanent_alliance_the_legacy_plan_only_warns():
    document = story(CODEC)
    document["alliance"].update(permanence="permanent", next_problem="Audio.")
    document["alliance"].pop("term_months")
    document["legacy_plan"] = []
    assert verdict(document, "V6", "strict") == "warn"


def test_essential_asks_for_a_statement_and_no_figures():
    document = story(CANYON)
    document["worksheets"] = [
        {**sheet, "figures": None, "statement": "We save a clerk a day."} for sheet in document["worksheets"]
    ]
    assert verdict(document, "S2", "essential") == "pass"
    assert verdict(document, "S2", "standard") == "fail"
    assert verdict(document, "S5", "essential") == "does_not_apply"


def test_essential_takes_rounds_one_day_apart():
    document = story(CANYON)
    _second_round(document, days=2)
    assert verdict(document, "I3", "essential") == "pass"
    assert verdict(document, "I3", "standard") == "fail"


def test_essential_needs_counsel_only_where_rivals_take_part():
    document = story(CANYON)
    document["counsel_reviews"] = []
    assert verdict(document, "I5", "essential") == "fail"
    document["relations"] = []
    assert verdict(document, "I5", "essential") == "pass"
    assert verdict(document, "I5", "standard") == "fail"


def _hold(role: str = "counsel", **said: Any) -> dict[str, Any]:
    """A hold that stands on the day of Canyon's file."""
    hold = {"role": role, "reason": "A price.", "words_hash": "a" * 64, "placed_by": "roth"}
    return hold | {"placed_at": "2026-10-28T00:00:00Z", "until": "2026-11-10T00:00:00Z"} | said


@pytest.mark.parametrize("profile", ["essential", "standard", "strict"])
@pytest.mark.parametrize("kind", ["topics", "rounds"])
def test_a_hold_by_counsel_fails_i5_while_it_stands(kind, profile):
    document = story(CANYON)
    counsel = next(each["person"] for each in document["roles"] if each["kind"] == "counsel")
    document[kind][0]["holds"] = [_hold(placed_by=counsel)]
    found = judged(document, "I5", profile).finding
    name = document["topics"][0]["name"] if kind == "topics" else "Round 1"
    assert (found.verdict, found.figure, found.subjects) == ("fail", "1 hold by counsel", (name,))
    assert found.advice.startswith(f"Counsel holds “{name}” until")
    for over in ({"lifted_at": "2026-10-29T00:00:00Z"}, {"until": "2026-11-01T00:00:00Z"}, {"role": "auditor"}):
        document[kind][0]["holds"] = [_hold(**{"placed_by": counsel, **over})]
        assert verdict(document, "I5", profile) == "pass"


def test_an_acting_chair_lasts_ninety_days():
    document = story(CANYON)
    officer = document["officers"][0]
    officer.update(is_acting=True, starts_at="2026-09-01T00:00:00Z")
    assert verdict(document, "G7") == "pass"
    officer["starts_at"] = "2026-07-01T00:00:00Z"
    assert verdict(document, "G7") == "warn"


def test_one_of_a_kind_is_counted_in_the_singular():
    document = story(CODEC)
    assert judged(document, "V1").finding.figure == "1 benefit"
    assert judged(document, "V3").finding.figure == "1 benefit lasts"
    assert judged(document, "I3").finding.figure == "2 rounds"
    canyon = story(CANYON)
    canyon["alliance"]["exit_notice_days"] = 1
    assert judged(canyon, "I6").finding.figure.endswith("notice 1 day")
