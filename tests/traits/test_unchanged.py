"""Where nothing has changed, nothing is stored: neither after an event that changes no fact, nor when asked again."""

import pytest
from django.urls import reverse

from accounts.services.people import change_profile
from alliance.models import Worksheet
from alliance.services.interests import add_topic
from alliance.services.worksheets import read_worksheet
from audit import clock as clocks
from tests import factories as make
from tests.alliance.pages import client_of
from tests.charter.steps import organiser, told
from tests.refusals import everything
from tests.stories import HARBOUR
from traits.facts import IDLE
from traits.models import Assessment
from traits.services.assessments import assess_changed, assess_now, changed_alliances

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour():
    alliance = told(HARBOUR)
    assess_now(actor=organiser(alliance), alliance=alliance)
    return alliance


def test_an_opened_worksheet_is_no_reason_to_assess(harbour):
    sheet = Worksheet.objects.filter(alliance=harbour).first()
    own = sheet.member.roles.filter(kind="representative").first().person
    read_worksheet(actor=own, worksheet=sheet)
    assert make.verbs(harbour)[-1] == "alliance.worksheet.read"
    before = everything()

    assert (assess_changed(alliance=harbour), harbour in changed_alliances()) == (None, False)

    assert everything() == before
    add_topic(actor=organiser(harbour), alliance=harbour, name="Noise", measure="Decibel at the quay")
    assert harbour in changed_alliances()
    assert assess_changed(alliance=harbour).why == "changed"


@pytest.mark.parametrize("verb", sorted(IDLE))
def test_no_event_that_changes_nothing_is(harbour, verb):
    make.record_event(harbour, verb)
    assert (assess_changed(alliance=harbour), harbour in changed_alliances()) == (None, False)


def test_idle_alliances_do_not_stand_in_the_way_of_others(harbour):
    for _each in range(3):
        other = make.alliance()
        make.record_event(other, "alliance.worksheet.read")
    add_topic(actor=organiser(harbour), alliance=harbour, name="Noise", measure="Decibel at the quay")
    assert changed_alliances(most=1) == [harbour]


def test_asked_again_the_newest_of_the_day_stands(harbour, clock):
    first = Assessment.objects.latest_of(harbour)
    before = everything()
    assert assess_now(actor=organiser(harbour), alliance=harbour) == first
    assert everything() == before
    clock.move(days=1)
    assert assess_now(actor=organiser(harbour), alliance=harbour) != first


def test_what_was_read_in_part_stands_too(harbour):
    add_topic(actor=organiser(harbour), alliance=harbour, name="Noise", measure="Decibel at the quay")
    part = assess_changed(alliance=harbour)
    assert assess_now(actor=organiser(harbour), alliance=harbour) == part


def test_another_record_of_the_same_verdicts_is_stored(harbour):
    first, whom = Assessment.objects.latest_of(harbour), organiser(harbour)
    change_profile(actor=whom, name="Another Name", time_zone="UTC")

    assert assess_now(actor=whom, alliance=harbour) != first


def test_page_and_api_say_so(harbour):
    who = client_of(organiser(harbour))
    page = who.post(reverse("traits:assess", args=[harbour.slug]), follow=True).content.decode()
    assert "it stands" in page
    again = who.post(reverse("assessments", args=[harbour.slug]))
    assert (again.status_code, again.json()["id"]) == (200, str(Assessment.objects.latest_of(harbour).pk))
    add_topic(actor=organiser(harbour), alliance=harbour, name="Noise", measure="Decibel at the quay")
    assert who.post(reverse("assessments", args=[harbour.slug])).status_code == 201
    assert Assessment.objects.latest_of(harbour).at <= clocks.read()
