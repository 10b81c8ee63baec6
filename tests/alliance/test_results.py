"""Targets, readings that a second member vouches for, and the table to take along."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from alliance.models import Alliance, Exhibit, Target
from alliance.selectors.course import course_of
from alliance.selectors.value import measured
from alliance.services import results
from alliance.services.exhibits import withdraw_exhibit
from alliance.services.value import record_reading, set_baseline
from alliance.states import State
from audit import clock
from audit.models import Event
from audit.services import data_of
from audit.spreadsheet import csv_of
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def keeper(alliance):
    return make.member(alliance)


@pytest.fixture
def steward(keeper):
    return make.representative(keeper)


@pytest.fixture
def stream(alliance, steward):
    found = make.stream(alliance, steward=steward, steward_accepted_at=clock.read())
    return set_baseline(
        actor=steward,
        stream=found,
        metric="=Paper share",
        unit="%",
        baseline=Decimal("38.5"),
        baseline_on=clock.read().date() - timedelta(days=30),
        source="@Books",
    )


@pytest.fixture
def reading(stream, steward):
    return record_reading(actor=steward, stream=stream, value=Decimal(30), read_on=today(), source="-cmd|calc")


def make_exhibit(alliance, by, **of):
    return Exhibit.objects.create(
        alliance=alliance, title="x", address="https://example.org/", added_by=by, added_at=clock.read(), **of
    )


def today():
    return clock.read().date()


def test_target_is_set_and_replaced(stream, steward):
    due = today() + timedelta(days=100)
    results.set_target(actor=steward, stream=stream, value=Decimal(20), due_on=due)
    results.set_target(actor=make.organiser(stream.alliance), stream=stream, value=Decimal(15), due_on=due)
    assert [(each.value, each.due_on) for each in Target.objects.all()] == [(Decimal(15), due)]
    assert make.verbs(stream.alliance)[-2:] == ["alliance.target.set"] * 2


def test_target_is_refused_without_a_baseline_or_for_a_day_that_has_been(alliance, steward, stream):
    bare = make.stream(alliance, "Bare", steward=steward)
    events = Event.objects.count()
    with refused("no_baseline"):
        results.set_target(actor=steward, stream=bare, value=Decimal(1), due_on=today() + timedelta(days=1))
    with refused("target_past"):
        results.set_target(actor=steward, stream=stream, value=Decimal(1), due_on=today())
    assert (Target.objects.count(), Event.objects.count()) == (0, events)
    other = make.representative(make.member(alliance))
    with not_permitted():
        results.set_target(actor=other, stream=stream, value=Decimal(1), due_on=today() + timedelta(days=1))


def test_second_member_vouches_for_a_reading_once(alliance, reading):
    second = make.member(alliance)
    person = make.representative(second)
    results.verify_reading(actor=person, reading=reading, member=second)
    reading.refresh_from_db()
    assert reading.verified_by == second
    with refused("verified_already"):
        results.verify_reading(actor=person, reading=reading, member=second)


def test_a_wrong_reading_is_taken_back_and_the_right_one_entered(alliance, stream, steward, reading):
    results.take_back_reading(actor=steward, reading=reading)

    told = Event.objects.filter(stream=alliance.pk).latest("seq")
    assert (told.verb, told.subject, data_of(told)) == (
        "alliance.reading.taken_back", stream.pk, {"day": today().isoformat(), "value": "30"},
    )  # fmt: skip
    assert record_reading(actor=steward, stream=stream, value=Decimal(31), read_on=today(), source="Books")
    Alliance.objects.filter(pk=alliance.pk).update(state=State.LEGACY)
    results.take_back_reading(actor=steward, reading=stream.readings.get())
    assert not stream.readings.exists()


def test_what_a_second_member_has_vouched_for_stays(alliance, stream, steward, reading):
    second = make.member(alliance)
    address = reverse("alliance:take_back_reading", args=[alliance.slug, reading.pk])
    results.verify_reading(actor=make.representative(second), reading=reading, member=second)
    with refused("verified_already"):
        results.take_back_reading(actor=steward, reading=reading)
    page = reverse("alliance:stream", args=[alliance.slug, stream.pk])
    assert address not in client_of(steward).get(page).content.decode()


def test_a_reading_stays_for_others_and_while_evidence_hangs_on_it(alliance, steward, reading):
    for person in (make.organiser(alliance), make.representative(make.member(alliance))):
        with not_permitted():
            results.take_back_reading(actor=person, reading=reading)
    shown = make_exhibit(alliance, steward, kind="reading", record=reading.pk)
    with refused("has_evidence"):
        results.take_back_reading(actor=steward, reading=reading)
    withdraw_exhibit(actor=steward, exhibit=shown)
    results.take_back_reading(actor=steward, reading=reading)
    page = reverse("alliance:evidence", args=[alliance.slug])
    assert client_of(steward).get(page).status_code == 200


def test_a_reading_of_an_alliance_that_was_abandoned_stays(alliance, steward, reading):
    Alliance.objects.filter(pk=alliance.pk).update(state=State.ABANDONED)
    with refused("alliance_ended"):
        results.take_back_reading(actor=steward, reading=reading)


def test_page_and_api_take_a_reading_back(alliance, stream, steward, reading):
    page = reverse("alliance:stream", args=[alliance.slug, stream.pk])
    address = reverse("alliance:take_back_reading", args=[alliance.slug, reading.pk])
    assert address in client_of(steward).get(page).content.decode()
    assert address not in client_of(make.organiser(alliance)).get(page).content.decode()
    assert measured(reading.value, stream.unit) in client_of(steward).get(address).content.decode()
    assert client_of(steward).post(address).url == page
    assert client_of(steward).get(address).status_code == 404
    again = record_reading(actor=steward, stream=stream, value=Decimal(31), read_on=today(), source="Books")
    api = reverse("alliance_api:reading", args=[alliance.slug, again.pk])
    assert client_of(steward).delete(api).status_code == 204
    assert not stream.readings.exists()


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_verified_at_once_one_is_refused_in_words(race, alliance, stream, steward, reading):
    second = make.member(alliance)
    person = make.representative(second)
    done = race(
        lambda: results.take_back_reading(actor=steward, reading=reading),
        lambda: results.take_back_reading(actor=steward, reading=reading),
        lambda: results.verify_reading(actor=person, reading=reading, member=second),
    )
    refusals = {each.code for each in done if isinstance(each, Exception)}
    taken_back = make.verbs(alliance).count("alliance.reading.taken_back")
    assert (refusals, taken_back) in [({"reading_gone"}, 1), ({"verified_already"}, 0)]


def test_nobody_vouches_for_the_stewards_own_or_for_a_member_not_theirs(alliance, reading, steward, keeper):
    second = make.member(alliance)
    colleague = make.signatory(keeper)
    group = make.control_group()
    make.affiliation(steward, make.organisation(group=group))
    employer_s_sister = make.member(alliance, organisation=make.organisation(group=group))
    sister = make.representative(employer_s_sister)
    for actor, member in (
        (steward, keeper), (colleague, keeper), (colleague, second), (sister, employer_s_sister),
    ):  # fmt: skip
        with refused("not_second"):
            results.verify_reading(actor=actor, reading=reading, member=member)
    organiser = make.organiser(alliance)
    with not_permitted():
        results.verify_reading(actor=organiser, reading=reading, member=second)
    reading.refresh_from_db()
    assert reading.verified_at is None


def test_ended_alliance_sets_no_target(alliance, stream, steward):
    type(alliance).objects.filter(pk=alliance.pk).update(state=State.ABANDONED)
    with refused("alliance_ended"):
        results.set_target(actor=steward, stream=stream, value=Decimal(1), due_on=today() + timedelta(days=9))


def browser(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_readings_are_taken_along_without_formulas(alliance, stream, steward, reading):
    results.set_target(actor=steward, stream=stream, value=Decimal("-2.5"), due_on=today() + timedelta(days=9))
    answer = browser(steward).get(reverse("alliance:readings", args=[alliance.slug, stream.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="{alliance.slug}-readings.csv"'
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert [(row["kind"], row["value"], row["source"]) for row in rows] == [
        ("baseline", "38.5", "'@Books"),
        ("reading", "30", "'-cmd|calc"),
        ("target", "-2.5", ""),
    ]
    outsider = browser(make.organiser(make.alliance()))
    assert outsider.get(reverse("alliance:readings", args=[alliance.slug, stream.pk])).status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text):
    cell = next(csv.reader(StringIO(csv_of([text], []), newline="")))[0]
    assert cell == f"'{text}"


def test_page_shows_the_course_and_offers_the_acts(alliance, stream, steward, reading):
    results.set_target(actor=steward, stream=stream, value=Decimal(20), due_on=today() + timedelta(days=9))
    second = make.representative(make.member(alliance))
    path = reverse("alliance:stream", args=[alliance.slug, stream.pk])
    seen = browser(second).get(path).content.decode()
    assert 'class="course"' in seen
    assert "Verify it" in seen
    assert "Set a target" in browser(steward).get(path).content.decode()


def test_course_crosses_the_end_of_the_charter(stream):
    end = date(2030, 1, 1)
    found = course_of(stream, [], [], ends_on=end, today=today())
    assert found.readings == [(stream.baseline_on, stream.baseline)]
    assert end in [mark.day for mark in found.marks]
    assert [mark.day for mark in found.marks] == sorted(mark.day for mark in found.marks)


def test_no_course_before_a_baseline(alliance):
    assert course_of(make.stream(alliance, "Bare"), [], [], ends_on=None, today=today()) is None
