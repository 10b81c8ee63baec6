"""The earliest day of a charter: what the rules make everybody wait for, and nothing else."""

from datetime import timedelta

from tests.stories import CANYON, HARBOUR, evidence, story
from traits.earliest import earliest_charter


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
