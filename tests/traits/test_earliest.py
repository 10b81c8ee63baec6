"""The earliest day of a charter: what the rules make everybody wait for, and nothing else."""

from datetime import date, timedelta

from tests.stories import CANYON, HARBOUR, evidence, part, story
from traits.earliest import earliest_charter, still


def forming(document):
    document["alliance"].update(state="forming")
    document["alliance"].pop("activated_at", None)
    return document


def test_nothing_to_wait_for_is_today():
    found = evidence(forming(story(CANYON)))
    assert earliest_charter(found).on == found.today
    assert earliest_charter(found).waits == ()


def test_chartered_alliance_has_no_earliest_day():
    assert earliest_charter(evidence(story(CANYON))) is None


def test_harbour_waits_for_its_rounds_and_its_votes():
    found = evidence(story(HARBOUR))
    earliest = earliest_charter(found)
    assert earliest.on == found.today + timedelta(days=7)
    assert [wait.until for wait in earliest.waits] == sorted((wait.until for wait in earliest.waits), reverse=True)
    assert "7 days apart" in earliest.waits[0].because


def test_essential_rounds_wait_one_day_and_the_votes_set_the_day():
    found = evidence(story(HARBOUR))
    earliest = earliest_charter(found, "essential")
    assert earliest.on == found.today + timedelta(days=5)
    assert "core domains" in earliest.waits[0].because


def test_round_that_is_long_past_leaves_nothing_to_wait_for():
    document = forming(story(CANYON))
    document["rounds"] = document["rounds"][:1]
    found = evidence(document)
    assert earliest_charter(found).on == found.today


def test_longer_founding_votes_are_waited_for():
    document = forming(story(CANYON))
    document["core_domains"] = []
    for each in document["classes"]:
        if each.get("is_founding"):
            each["open_days"] = 12
    found = evidence(document)
    days = 12 if any(each.is_founding for each in found.governance.classes) else 5
    assert earliest_charter(found).on == found.today + timedelta(days=days)


def test_vote_that_is_open_is_waited_for_until_it_closes():
    document = forming(story(CANYON))
    document["core_domains"] = []
    template = document["decisions"][1]
    today = evidence(document).today
    closes_at = f"{today + timedelta(days=2)}T12:00:00Z"
    voting = {"state": "open", "effect": "set_core_domains", "closes_at": closes_at, "outcomes": []}
    document["decisions"].append({**template, "number": 6, **voting, "effective_at": None})
    earliest = earliest_charter(evidence(document))
    assert earliest.on == today + timedelta(days=2)
    assert "is open until" in earliest.waits[0].because


def test_a_vote_of_one_day_stays_open_one_day():
    document = forming(story(CANYON))
    document["core_domains"] = []
    part(document, "classes", is_founding=True)["open_days"] = 1
    assert earliest_charter(evidence(document)).waits[0].because.endswith("stays open 1 day.")


def test_day_that_was_reckoned_before_never_lies_in_the_past():
    day = date(2026, 1, 31)
    assert still(None, day) is None
    assert still(day, day) == still(day - timedelta(days=9), day) == day
    assert still(day + timedelta(days=1), day) == day + timedelta(days=1)
