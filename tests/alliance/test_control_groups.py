"""Under whose control members stand, as it is said in an alliance: members of one group count as one."""

import json

import pytest
from django.urls import reverse

from alliance.models import Member
from alliance.services.control_groups import state_control
from alliance.services.value import verify_baseline
from alliance.states import Membership, RoleKind, State
from audit import clock
from charter.reading import dossier_of
from charter.services.dossier import export_dossier, import_dossier
from governance.selectors.electorate import groups_of
from tests import factories as make
from tests.alliance.pages import client_of
from tests.alliance.test_api import api
from tests.charter.steps import told
from tests.refusals import not_permitted, refused
from tests.stories import CANYON, verdict_now
from traits.selectors.reading import evidence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def members(alliance):
    return [make.member(alliance) for _each in range(3)]


def test_members_that_name_one_group_count_as_one(alliance, members):
    organiser, auditor = make.organiser(alliance), make.holder(alliance, RoleKind.AUDITOR)
    own = make.representative(members[0])
    state_control(actor=own, member=members[0], group="Meridian Group")
    state_control(actor=organiser, member=members[1], group="meridian  group ")

    first, second, third = Member.objects.with_names().order_by("invited_at", "pk")
    assert first.group_key == second.group_key != third.group_key
    assert len(groups_of(alliance, clock.read())) == len(members) - 1
    assert len(evidence_of(alliance, at=clock.read()).groups) == len(members) - 1
    assert make.verbs(alliance) == ["alliance.control.stated"] * 2
    state_control(actor=auditor, member=members[2], group="Meridian Group")
    assert len(groups_of(alliance, clock.read())) == 1


def test_who_says_it_and_who_says_otherwise(alliance, members, stranger):
    member, own, organiser = members[0], make.signatory(members[0]), make.organiser(alliance)
    auditor, rival = make.holder(alliance, RoleKind.AUDITOR), make.representative(members[1])
    for who in (stranger, rival):
        with not_permitted():
            state_control(actor=who, member=member, group="Meridian")
    state_control(actor=organiser, member=member, group="Meridian")
    with refused("said_by_another"):
        state_control(actor=own, member=member, group="")
    with refused("control_known"):
        state_control(actor=organiser, member=member, group="MERIDIAN")
    state_control(actor=auditor, member=member, group="Corvus")
    for who in (own, organiser):
        with refused("said_by_another"):
            state_control(actor=who, member=member, group="")
    assert state_control(actor=auditor, member=member, group="").control is None
    Member.objects.filter(pk=member.pk).update(state=Membership.WITHDRAWN)
    with refused("left_already"):
        state_control(actor=organiser, member=member, group="Meridian")
    type(alliance).objects.filter(pk=alliance.pk).update(state=State.LEGACY)
    with refused("alliance_ended"):
        state_control(actor=organiser, member=member, group="Meridian")


def test_it_is_said_here_and_nowhere_else(alliance, members):
    elsewhere = make.alliance()
    there = [make.member(elsewhere, organisation=each.organisation) for each in members]
    for each in members:
        state_control(actor=make.holder(alliance, RoleKind.AUDITOR), member=each, group="Meridian")
    assert len({each.group_key for each in Member.objects.filter(alliance=elsewhere).with_names()}) == len(there)
    voice = make.representative(there[0])
    assert set(Member.objects.filter(alliance=elsewhere).beside(voice)) == set(there[1:])


def test_a_sister_is_no_second_member(alliance, members):
    steward, sister = make.representative(members[0]), make.representative(members[1])
    at = clock.read()
    stream = make.stream(alliance, steward=steward, steward_accepted_at=at, baseline=1, baseline_on=at.date())
    for each in members[:2]:
        state_control(actor=make.organiser(alliance), member=each, group="Meridian")
    with refused("not_second"):
        verify_baseline(actor=sister, stream=stream, member=members[1])
    third = make.representative(members[2])
    assert verify_baseline(actor=third, stream=stream, member=members[2]).baseline_verified_by == members[2]


def test_readings_collapse_what_was_said():
    canyon = told(CANYON)
    auditor = make.holder(canyon, RoleKind.AUDITOR)
    assert verdict_now(canyon, "G2") == "pass"
    for each in canyon.members.admitted().order_by("pk")[:5]:
        state_control(actor=auditor, member=each, group="One roof")
    assert not {verdict_now(canyon, each) for each in ("M3", "G2")} & {"pass"}


def test_it_travels_with_the_alliance(alliance, members):
    organiser = make.organiser(alliance)
    for each in members[:2]:
        state_control(actor=organiser, member=each, group="Meridian")
    sent = json.loads(export_dossier(alliance, at=clock.read()).model_dump_json())
    again = import_dossier(dossier=dossier_of(sent), slug="again")
    assert len({each.group_key for each in again.members.with_names()}) == len(members) - 1


def test_the_page_and_the_api_put_it_on_record(alliance, members):
    organiser, member = make.organiser(alliance), members[0]
    page = reverse("alliance:state_control", args=[alliance.slug, member.pk])
    listed = reverse("alliance:members", args=[alliance.slug])
    assert page in client_of(organiser).get(listed).text
    assert client_of(organiser).post(page, {"group": "Meridian Group"}).status_code == 302
    assert "group Meridian Group" in client_of(organiser).get(listed).text
    assert page not in client_of(make.representative(members[1])).get(listed).text
    answer = api(organiser).put(f"/api/v1/alliances/{alliance.slug}/members/{member.pk}/control/", {"group": ""})
    assert (answer.status_code, answer.json()["group"]) == (200, str(member.organisation_id))
