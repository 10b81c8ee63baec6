"""What somebody would try who would rather be told yes: the reading gets no better, or the command refuses.

Here on the record as it stands; through commands it is tried in test_gaming_value and test_gaming_power. What a row of
TRAITS.md names beside these is tried where its act is tested: private entry (test_questions, test_confidence), sealed
worksheets (test_interests, test_actuals), mandates (test_contributions), fresh proofs and private reports
(test_independence), the word scan (test_indicators).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from alliance.services.control import propose_round, set_core_domains, sign_steps
from alliance.services.membership import confirm_category
from alliance.states import Domain
from charter.services.dossier import import_dossier
from tests import factories as make
from tests.refusals import not_permitted
from tests.stories import CANYON, dossier, evidence, judged, part, reading, story
from traits.models import Assessment
from traits.services.assessments import assess_alliance

Change = Callable[[dict[str, Any]], None]


def _under_one_roof(document: dict[str, Any], *organisations: str) -> None:
    document["groups"].append({"id": f"roof-of-{organisations[0]}", "name": f"Holding of {organisations[0]}"})
    for each in organisations:
        part(document, "organisations", id=each)["group"] = f"roof-of-{organisations[0]}"


def _kinds_within_groups(document: dict[str, Any]) -> None:
    """Three groups, each with members of two kinds: all five kinds are there, led by two."""
    _under_one_roof(document, "ngh", "jnl")
    _under_one_roof(document, "sbm", "sho")
    _under_one_roof(document, "rmh", "vcn", "pvl")


def _confirmed_by_a_sister(document: dict[str, Any]) -> None:
    """Laboratory, state and patients are confirmed by nobody but a member of their own group."""
    for first, second in (("jnl", "ngh"), ("sho", "sbm"), ("pvl", "rmh")):
        _under_one_roof(document, first, second)
        part(document, "members", id=first)["category_confirmed_by_member"] = second
        part(document, "members", id=second).update(category_confirmed_at=None)


def _benefits_one_roof(document: dict[str, Any]) -> None:
    _under_one_roof(document, "ngh", "jnl")
    for stream in document["streams"]:
        stream["beneficiaries"] = ["ngh", "jnl"]


def _what_a_sister_gains(document: dict[str, Any]) -> None:
    """The patients gain nothing, and the hospitals of their group do."""
    _under_one_roof(document, "pvl", "rmh")
    for stream in document["streams"]:
        stream["beneficiaries"] = [each for each in stream["beneficiaries"] if each != "pvl"]


def _renamed(document: dict[str, Any]) -> None:
    """Two kinds, written in many ways."""
    for each, name in zip(
        document["members"], ["Payer", "payer ", "pay er", "PAYER", "pay  er", "Payer", "pay er"], strict=True
    ):
        each["category"] = name


def _verified_under_the_stewards_roof(document: dict[str, Any]) -> None:
    _under_one_roof(document, "sho", "rmh")


def _verified_where_the_steward_moved(document: dict[str, Any]) -> None:
    jobs = part(document, "people", id="samuel-okoro")["affiliations"]
    jobs.append({"organisation": "rmh", "starts_on": "2026-01-05"})


def _only_successor(document: dict[str, Any], successor: str) -> None:
    document["streams"][0]["durable_forms"][0]["successor"] = successor
    document["streams"][1]["durable_forms"] = []


def _followed_by_whom_the_steward_speaks_for(document: dict[str, Any]) -> None:
    """The steward leaves the employer on paper, and goes on speaking for it."""
    part(document, "people", id="samuel-okoro")["affiliations"][0]["ends_on"] = "2026-01-02"
    _only_successor(document, "sho")


def _kept_by_somebody_of_nowhere(document: dict[str, Any]) -> None:
    part(document, "people", id="samuel-okoro")["affiliations"] = []
    document["roles"] = [each for each in document["roles"] if each["person"] != "samuel-okoro"]
    _only_successor(document, "sho")


def _followed_under_the_stewards_roof(document: dict[str, Any]) -> None:
    _under_one_roof(document, "sho", "standards-house")
    document["streams"][1]["durable_forms"] = []


def _disclosed_long_ago(document: dict[str, Any]) -> None:
    for seat in document["seats"]:
        for held in seat["holdings"]:
            for each in held["disclosures"]:
                each.update(made_at="2025-01-01T09:00:00Z", nothing_to_disclose=True, text="")


def _signatory_in_the_seat(document: dict[str, Any]) -> None:
    holder = document["seats"][0]["holdings"][0]
    given = {"mandate": "Board", "granted_at": "2026-01-01T00:00:00Z"}
    document["roles"].append(
        {"person": holder["person"], "kind": "signatory", "member": holder["appointed_by"], **given}
    )


def _seats_under_one_roof(document: dict[str, Any]) -> None:
    _under_one_roof(document, "ngh", "sbm", "rmh", "vcn")


def _steps_bunched(document: dict[str, Any]) -> None:
    """Two rounds on paper, completed on one day."""
    first = document["rounds"][0]
    for each in document["rounds"]:
        each.update({name: first[name] for name in ("opened_at", "closes_at", "completed_at")})
        for step in each["steps"]:
            step["signed_at"] = first["completed_at"]


def _all_but_one_are_public(document: dict[str, Any]) -> None:
    """One voting member is left, and its rounds bind nobody else."""
    for each in document["members"]:
        if each["id"] != "sho":
            each.update(participation="public", statutory_limit="Its bylaws.", public_benefit="Fewer forms.")
    for each in document["rounds"]:
        each["steps"] = [step for step in each["steps"] if step["member"] == "sho"]


def _signatory_of_a_sister(document: dict[str, Any]) -> None:
    _under_one_roof(document, "ngh", "jnl")
    given = {"mandate": "Board", "granted_at": "2026-01-01T00:00:00Z"}
    document["roles"].append({"person": "tomas-reyes", "kind": "signatory", "member": "jnl", **given})


def _free_of_cost(document: dict[str, Any]) -> None:
    document["worksheets"][0]["figures"].update(cost={"low": 0, "base": 0, "high": 0})


def _copy(document: dict[str, Any], written: Callable[[str], str]) -> None:
    """One member takes over the words of another, and writes them in its own way."""
    told = [each for topic in document["topics"] for each in topic["positions"] if each.get("statement")]
    theirs = [each["statement"] for each in told if each["member"] == "ngh"]
    mine = [each for each in told if each["member"] == "sbm"]
    for each in mine:
        each["statement"] = written(" ".join(theirs)) if each is mine[0] else ""


def _copied_with_a_word_more(document: dict[str, Any]) -> None:
    _copy(document, lambda words: f"{words} Indeed.")


def _copied_in_capitals(document: dict[str, Any]) -> None:
    _copy(document, str.upper)


def _signed_under_a_mandate_that_ended(document: dict[str, Any]) -> None:
    part(document, "roles", person="victor-stahl")["revoked_at"] = "2026-01-07T09:00:00Z"


def _another_kind_by_one_that_left(document: dict[str, Any]) -> None:
    part(document, "members", id="pvl").update(state="withdrawn")
    for each in document["contributions"]:
        each["kind"] = "data" if each["member"] == "pvl" else "people"


def _blank_terms(document: dict[str, Any]) -> None:
    document["committee"].update(appeal_route="  ", records_held_by=" ")


def _kept_by_nobody_who_accepted(document: dict[str, Any]) -> None:
    """What the laboratory and the patients gain is named, and no steward has taken it on."""
    document["streams"][1]["steward_accepted_at"] = None


def _measured_without_a_steward(document: dict[str, Any]) -> None:
    """The organiser of the State Health Office enters the figure, and its own office vouches for it."""
    document["streams"][0].update(
        steward=None, steward_accepted_at=None, baseline_set_by="irene-vance", baseline_verified_by="sho"
    )


def _behind_a_straw_steward(document: dict[str, Any]) -> None:
    """Somebody of another group is named as steward, and never accepts; the office succeeds itself."""
    document["streams"][0].update(steward="hana-mori", steward_accepted_at=None)
    _only_successor(document, "sho")


def _accepted_by_the_stewards_colleague(document: dict[str, Any]) -> None:
    jobs = part(document, "people", id="linda-cho")["affiliations"]
    jobs.append({"organisation": "standards-house", "starts_on": "2025-12-01"})
    document["streams"][0]["durable_forms"][0]["accepted_by"] = "linda-cho"


def _figures_without_an_owner(document: dict[str, Any]) -> None:
    document["legacy_plan"][0]["owner"] = None


TRIED: list[tuple[str, Change]] = [
    ("M1", _kinds_within_groups),
    ("M1", _confirmed_by_a_sister),
    ("M1", _renamed),
    ("M2", _kinds_within_groups),
    ("M2", _confirmed_by_a_sister),
    ("M3", _confirmed_by_a_sister),
    ("M5", lambda document: [each.update(measure="  ") for each in document["topics"]]),
    ("M6", _another_kind_by_one_that_left),
    ("S3", _kept_by_nobody_who_accepted),
    ("S4", _signed_under_a_mandate_that_ended),
    ("S5", _free_of_cost),
    ("S6", _copied_with_a_word_more),
    ("S6", _copied_in_capitals),
    ("I3", _steps_bunched),
    ("I3", _all_but_one_are_public),
    ("G2", _seats_under_one_roof),
    ("G5", _disclosed_long_ago),
    ("G8", _blank_terms),
    ("G9", _signatory_in_the_seat),
    ("G9", _signatory_of_a_sister),
    ("V1", _benefits_one_roof),
    ("V2", _what_a_sister_gains),
    ("V3", _followed_by_whom_the_steward_speaks_for),
    ("V3", _kept_by_somebody_of_nowhere),
    ("V3", _followed_under_the_stewards_roof),
    ("V4", _verified_under_the_stewards_roof),
    ("V4", _verified_where_the_steward_moved),
    ("V4", _measured_without_a_steward),
    ("V5", _followed_by_whom_the_steward_speaks_for),
    ("V5", _kept_by_somebody_of_nowhere),
    ("V5", _followed_under_the_stewards_roof),
    ("V5", _behind_a_straw_steward),
    ("V5", _accepted_by_the_stewards_colleague),
    ("V6", _figures_without_an_owner),
]


@pytest.mark.parametrize(("indicator", "attempt"), TRIED)
def test_it_does_not_pass_by(indicator: str, attempt: Change) -> None:
    document = story(CANYON)
    assert judged(document, indicator, "strict").finding.verdict == "pass"
    attempt(document)
    assert judged(document, indicator, "strict").finding.verdict in {"fail", "warn", "no_data"}


def test_a_group_has_one_kind_whoever_joins_it() -> None:
    document = story(CANYON)
    before = len(set(evidence(document).category_of.values()))
    _under_one_roof(document, "ngh", "jnl")
    assert len(set(evidence(document).category_of.values())) == before - 1


def test_a_permanent_alliance_shows_results_though_what_is_reviewed_has_no_steward() -> None:
    document = story(CANYON)
    head = {"permanence": "permanent", "term_months": None, "next_problem": "Prior approval, in one day."}
    document["alliance"].update(**head, activated_at="2020-01-01T09:00:00Z")
    reviewed, kept = document["streams"]
    reviewed.update(readings=[], is_permanent=True, review_months=24, steward_accepted_at=None)
    kept.update(readings=[], review_months=None)
    verdicts = {key: str(judged(document, key, "strict").finding.verdict) for key in ("V1", "V3", "V8")}
    assert verdicts == {"V1": "pass", "V3": "pass", "V8": "fail"}


@pytest.mark.django_db
def test_rounds_take_the_servers_time_and_days_between_them(clock: Any) -> None:
    alliance = make.alliance()
    members = [make.member(alliance) for _each in range(3)]
    hands = [make.signatory(member) for member in members]
    organiser = make.organiser(alliance)
    set_core_domains(alliance, {Domain.DATA: 3})

    def climb(to: int) -> str:
        levels = {(member, Domain.DATA.value): to for member in members}
        opened = propose_round(actor=organiser, alliance=alliance, levels=levels)
        for member, hand in zip(members, hands, strict=True):
            sign_steps(actor=hand, round=opened, member=member, proof=make.proof())
        opened.refresh_from_db()
        assert clock.read() - opened.completed_at < timedelta(minutes=1)
        found: Assessment = assess_alliance(alliance=alliance, at=clock.read(), why="asked")
        return next(each["verdict"] for each in found.indicators if each["id"] == "I3")

    assert climb(1) == "fail"
    assert climb(3) == "fail"
    clock.move(days=8)
    assert climb(4) == "pass"


@pytest.mark.django_db
def test_nobody_confirms_the_kind_of_a_sister() -> None:
    alliance, group = make.alliance(), make.control_group()
    first, sister = (make.member(alliance, organisation=make.organisation(group=group)) for _each in range(2))
    voice = make.representative(sister)
    with not_permitted():
        confirm_category(actor=voice, member=first)


def test_a_file_is_judged_by_no_profile_below_its_floor():
    """Seven groups that claim Essential are read, and kept, as Standard."""
    document = story(CANYON)
    document["alliance"]["profile"] = "essential"
    assert reading(document).profile == "standard"
    document["groups"], document["alliance"]["pools_patents"] = [], True
    assert reading(document).profile == "strict"


def test_money_that_is_signed_is_pooled_whatever_is_said_of_it():
    document = story(CANYON)
    document["alliance"] |= {"profile": "essential", "pooled_amount": 0, "term_months": 12}
    _under_one_roof(document, "ngh", "jnl")
    assert reading(document).profile == "standard"
    for each in document["contributions"]:
        each["signed_at"] = each["signed_by"] = None
    assert reading(document).profile == "essential"


@pytest.mark.django_db
def test_a_file_is_taken_in_at_its_floor():
    document = story(CANYON)
    document["alliance"]["profile"] = "essential"
    assert import_dossier(dossier=dossier(document), slug="again").profile == "standard"
