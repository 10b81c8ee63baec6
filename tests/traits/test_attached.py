"""Attached evidence beside a verdict."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.kinds import all_kinds
from alliance.models import Position
from alliance.services.exhibits import attach_exhibit, withdraw_exhibit
from audit import clock
from tests import factories as make
from tests.alliance.evidence import position_of
from tests.alliance.pages import client_of
from traits.indicators.registry import REGISTRY
from traits.selectors.attached import KINDS, attached_counts, attached_to
from traits.services.assessments import assess_alliance

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance()


def attach(actor, alliance, kind, row, **given):
    said = {"title": "x", "address": "https://example.org/", **given}
    return attach_exhibit(actor=actor, alliance=alliance, kind=kind, record=row.pk, **said)


def test_every_indicator_and_kind_that_is_named_is_known():
    assert set(KINDS) <= set(REGISTRY)
    assert {kind for kinds in KINDS.values() for kind in kinds} <= {kind.name for kind in all_kinds()}


def test_only_what_counts_is_counted(alliance, clock):
    member = make.member(alliance)
    voice, promise = make.representative(member), make.contribution(member)
    attach(voice, alliance, "contribution", promise)
    attach(voice, alliance, "contribution", promise, valid_until=clock.read().date())
    withdraw_exhibit(
        actor=voice, exhibit=attach(voice, alliance, "contribution", promise, address="https://example.org/b")
    )
    assert attached_counts(alliance, voice, clock.read()) == {"contribution": 2}

    clock.move(days=1)

    counts = attached_counts(alliance, voice, clock.read())
    assert counts == {"contribution": 1}
    page = reverse("alliance:evidence", args=[alliance.slug])
    assert attached_to("S4", counts, alliance) == (1, f"{page}?kind=contribution")
    assert attached_to("V5", counts, alliance) == (0, "")


def test_what_is_confidential_counts_for_its_member_alone(alliance):
    position = position_of(make.member(alliance))
    rival = make.representative(make.member(alliance))
    attach(position.confirmed_by, alliance, "position", position)
    Position.objects.filter(pk=position.pk).update(is_confidential=True)

    assert attached_counts(alliance, position.confirmed_by, clock.read()) == {"position": 1}
    assert attached_counts(alliance, rival, clock.read()) == {}


def test_the_readiness_page_links_to_it_in_the_same_statements(alliance):
    member = make.member(alliance)
    voice, promise = make.representative(member), make.contribution(member)
    assess_alliance(alliance=alliance, at=clock.read(), why="asked")
    client, url = client_of(voice), reverse("traits:readiness", args=[alliance.slug])
    counts = []
    for number in range(3):
        attach(voice, alliance, "contribution", promise, valid_until=clock.read().date() + timedelta(days=9 + number))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url).content.decode()
        counts.append(len(captured))

    assert "3 pieces attached" in page
    assert counts[1] == counts[2] <= 20


def test_the_narrowed_list_says_to_what_it_is_narrowed(alliance):
    member = make.member(alliance)
    voice, promise = make.representative(member), make.contribution(member)
    attach(voice, alliance, "contribution", promise)
    page = reverse("alliance:evidence", args=[alliance.slug])

    narrowed = client_of(voice).get(f"{page}?kind=reading&kind=stream").content.decode()
    whole = client_of(voice).get(page).content.decode()

    assert "Only what is attached to records of these kinds: Reading, Benefit." in narrowed
    assert "Nothing attached to these yet" in narrowed
    assert "Only what is attached" not in whole
    assert client_of(voice).get(f"{page}?kind=zzz").content.decode().count("contribution") == whole.count(
        "contribution"
    )
