"""Readiness over time: pages of assessments that nothing changes, and what changed between any two."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliance.models import AffectedParty
from audit import clock
from audit.ids import uuid7
from tests import factories as make
from tests.charter.steps import organiser, told
from tests.stories import CANYON, HARBOUR
from traits.comparing import VerdictChange, level_changes, verdict_changes
from traits.models import Announcement, Ask, Assessment
from traits.selectors.history import A_PAGE, chosen, compare, history_of
from traits.services.assessments import assess_now


def kept(key, verdict="pass", figure="", subjects=()):
    return {
        "id": key, "verdict": verdict, "figure": figure, "threshold": "", "subjects": list(subjects),
        "acknowledged": False, "blocks": True,
    }  # fmt: skip


def test_changed_verdicts_come_before_changed_figures_and_what_stands_is_left_out():
    before = [kept("M1"), kept("M2", figure="2.5"), kept("M3"), kept("V8")]
    after = [kept("M1"), kept("M2", figure="2.6"), kept("M3", "fail", subjects=["Ann"]), kept("S1")]
    found = verdict_changes(before, after)
    assert [each.indicator for each in found] == ["M3", "S1", "V8", "M2"]
    assert found[0].named_since == ["Ann"]
    assert found[1].before is None
    assert found[2].after is None


def test_who_is_named_no_more():
    change = VerdictChange("G3", kept("G3", "fail", subjects=["Ann", "Bo"]), kept("G3", "fail", subjects=["Bo"]))
    assert (change.named_since, change.named_no_more) == ([], ["Ann"])


def test_levels_that_differ_in_the_order_of_the_check():
    found = level_changes({"governance": "absent", "self_interest": "in_place"}, {"governance": "in_place"})
    assert [(each.trait, each.before, each.after) for each in found] == [
        ("self_interest", "in_place", ""),
        ("governance", "absent", "in_place"),
    ]


def browser(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def changed():
    """An alliance, before and after a party was listed that nobody has explained."""
    alliance = told(HARBOUR)
    before = assess_now(actor=organiser(alliance), alliance=alliance)
    AffectedParty.objects.create(alliance=alliance, name="Tug crews")
    make.record_event(alliance, "alliance.affected_party.added")
    return alliance, before, assess_now(actor=organiser(alliance), alliance=alliance)


@pytest.mark.django_db
def test_a_comparison_names_what_changed_and_through_which_events(changed):
    alliance, before, after = changed
    for one, other in ((before, after), (after, before)):
        found = compare(one, other)
        assert (found.before, found.after) == (before, after)
        assert [(each.id, each.after) for each in found.indicators] == [("M4", "fail")]
        assert found.indicators[0].notes[0] == "Named since: Tug crews"
        assert [each.verb for each in found.events] == ["alliance.affected_party.added"]
    page = browser(organiser(alliance)).get(f"/a/{alliance.slug}/readiness/compare/").content.decode()
    assert "Named since: Tug crews" in page
    assert "Affected party added" in page


@pytest.mark.django_db
def test_the_same_twice_differs_in_nothing_and_foreign_ones_are_not_found(changed):
    alliance, before, _after = changed
    client = browser(organiser(alliance))
    here = f"/a/{alliance.slug}/readiness/compare/"
    assert (
        "Every indicator reads the same" in client.get(f"{here}?before={before.pk}&after={before.pk}").content.decode()
    )
    other = told(CANYON)
    foreign = Assessment.objects.latest_of(other)
    for address in (f"{here}?after={foreign.pk}", f"{here}?before={foreign.pk}", f"{here}?before=nonsense"):
        assert "Nothing to compare" in client.get(address).content.decode()
    assert client.get(f"/a/{other.slug}/readiness/compare/").status_code == 404
    assert client.get(f"/a/{other.slug}/readiness/history/").status_code == 404
    api = f"/api/v1/alliances/{alliance.slug}/assessments/compare/"
    assert client.get(f"{api}?after={foreign.pk}").status_code == 404
    assert client.get(f"{api}?after=nonsense").status_code == 400
    assert [each["id"] for each in client.get(api).json()["indicators"]] == ["M4"]


@pytest.mark.django_db
def test_an_alliance_without_an_assessment_has_an_empty_history():
    alliance = make.alliance()
    client = browser(make.organiser(alliance))
    assert "Not assessed yet" in client.get(f"/a/{alliance.slug}/readiness/history/").content.decode()
    assert chosen(alliance, None, None) is None
    assert "Nothing to compare" in client.get(f"/a/{alliance.slug}/readiness/compare/").content.decode()


@pytest.mark.django_db
def test_the_levels_over_time_are_drawn_from_two_assessments_on(changed):
    alliance, before, after = changed
    found = history_of(alliance, clock.read()).timeline
    trait = "multiple_interests"
    assert found.times[-2:] == [before.at, after.at]
    assert found.lanes[0][0] == "Multiple interests"
    assert found.lanes[0][1][-2:] == [before.levels[trait], after.levels[trait]]
    page = browser(organiser(alliance)).get(f"/a/{alliance.slug}/readiness/history/").content.decode()
    assert "The five traits over time" in page


@pytest.mark.django_db
def test_a_long_history_comes_in_pages_each_row_compared_with_the_one_before(changed):
    alliance, _before, after = changed
    for _number in range(A_PAGE):
        after.pk, after.seq = uuid7(), after.seq + 1
        after.save(force_insert=True)
    now = clock.read()
    first, second = history_of(alliance, now, 1), history_of(alliance, now, 2)
    assert len(first.rows) == A_PAGE
    assert {row.changed for row in first.rows} == {0}
    assert second.rows[0].changed == 1
    assert second.rows[-1].changed is None
    client = browser(organiser(alliance))
    api = f"/api/v1/alliances/{alliance.slug}/assessments/"
    newest = client.get(api).json()
    older = client.get(f"{api}?before={newest[-1]['seq']}").json()
    assert older == []
    assert client.get(f"{api}?before={newest[0]['seq']}").json()[0]["seq"] == newest[1]["seq"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["history/", "compare/"])
def test_as_many_statements_with_two_assessments_as_with_five(changed, page):
    alliance, _before, _after = changed
    client = browser(organiser(alliance))

    def statements():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/a/{alliance.slug}/readiness/{page}").status_code == 200
        return len(seen)

    few = statements()
    for _number in range(3):
        assess_now(actor=organiser(alliance), alliance=alliance)
    assert statements() <= few <= 20


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Assessment, Ask, Announcement])
def test_the_tables_are_append_only(changed, model, clock):
    alliance, _before, _after = changed
    person = organiser(alliance)
    Ask.objects.create(
        alliance=alliance, indicator="M1", act="invite", person=person, asked_by=person, asked_at=clock.read()
    )
    Announcement.objects.create(
        alliance=alliance, kind="review", lapses_on=clock.read().date(), days=7, announced_at=clock.read()
    )
    for statement in ("UPDATE {} SET alliance_id = alliance_id", "DELETE FROM {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(model._meta.db_table))
    assert model.objects.exists()
