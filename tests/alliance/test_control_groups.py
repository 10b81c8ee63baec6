"""Under whose control members stand, as it is said in an alliance: members of one group count as one."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from alliance.models import Alliance, ControlClaim, Member
from alliance.selectors.todo import todos_of
from alliance.services.control_groups import confirm_control, drop_control_claim, state_control
from alliance.services.inviting import invite_member
from alliance.services.membership import withdraw_member
from alliance.services.value import verify_baseline
from alliance.states import Membership, RoleKind, State
from audit import clock
from charter.reading import dossier_of
from charter.selectors.composition import compose
from charter.services.dossier import export_dossier, import_dossier
from charter.services.drafting import draft_charter
from governance.selectors.electorate import groups_of
from notifications.models import Notice
from notifications.services import relay
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


@pytest.fixture
def voices(members):
    return [make.representative(each) for each in members]


def say(who, member, group="Meridian Group"):
    return state_control(actor=who, member=member, group=group)


def counted(alliance):
    return len(groups_of(alliance, clock.read()))


def test_members_of_one_group_count_as_one_once_both_say_so(alliance, members, voices):
    say(voices[0], members[0])
    say(voices[1], members[1], "meridian  group ")
    assert counted(alliance) == len(members)
    confirm_control(actor=voices[0], member=members[1])

    first, second, third = Member.objects.with_names().order_by("invited_at", "pk")
    assert first.group_key == second.group_key != third.group_key
    assert counted(alliance) == len(evidence_of(alliance, at=clock.read()).groups) == len(members) - 1
    assert make.verbs(alliance) == [
        "alliance.control.stated", "alliance.control.claimed", "alliance.control.confirmed",
    ]  # fmt: skip
    say(make.holder(alliance, RoleKind.AUDITOR), members[2])
    assert counted(alliance) == 1


def test_who_says_it_and_who_confirms_it(alliance, members, voices, stranger):
    organiser = make.organiser(alliance)
    for who in (stranger, organiser, voices[1]):
        with not_permitted():
            say(who, members[0])
    say(voices[0], members[0])
    say(voices[1], members[1])
    for who in (stranger, organiser, voices[1], voices[2]):
        with not_permitted():
            confirm_control(actor=who, member=members[1])
    with refused("control_known"):
        say(voices[1], members[1], "MERIDIAN GROUP")
    with refused("control_known"):
        say(voices[0], members[0], "MERIDIAN GROUP")
    with refused("claim_waits"):
        say(voices[0], members[0], "")
    with not_permitted():
        drop_control_claim(actor=voices[2], member=members[1])
    drop_control_claim(actor=voices[0], member=members[1])
    with refused("nothing_claimed"):
        drop_control_claim(actor=voices[1], member=members[1])
    with not_permitted():
        confirm_control(actor=voices[0], member=members[1])
    assert counted(alliance) == len(members)


def test_a_group_is_left_when_another_member_or_the_auditor_confirms_it(alliance, members, voices):
    """Who could leave by its own word would undo what keeps a group at one voice."""
    auditor = make.holder(alliance, RoleKind.AUDITOR)
    for each, voice in zip(members[:2], voices, strict=False):
        say(voice, each)
    confirm_control(actor=voices[0], member=members[1])
    say(voices[1], members[1], "")
    assert counted(alliance) == len(members) - 1
    for who in voices[:2]:
        with not_permitted():
            confirm_control(actor=who, member=members[1])
    say(voices[2], members[2], "Corvus")
    with refused("control_between"):
        say(voices[1], members[1], "corvus")
    confirm_control(actor=voices[2], member=members[1])
    assert counted(alliance) == len(members)
    for each in members[:2]:
        say(auditor, each, "Holding")
    assert counted(alliance) == len(members) - 1
    say(auditor, members[1], "")
    assert counted(alliance) == len(members)


def test_what_the_auditor_has_said_only_the_auditor_changes(alliance, members, voices):
    auditor = make.holder(alliance, RoleKind.AUDITOR)
    say(auditor, members[0], "Corvus")
    with refused("said_by_auditor"):
        say(voices[0], members[0], "")
    assert say(auditor, members[0], "").control is None
    Member.objects.filter(pk=members[0].pk).update(state=Membership.WITHDRAWN)
    with refused("left_already"):
        say(voices[0], members[0])
    type(alliance).objects.filter(pk=alliance.pk).update(state=State.LEGACY)
    with refused("alliance_ended"):
        say(voices[1], members[1])


def test_what_the_auditor_said_outlasts_the_auditor_and_the_membership(alliance, members, voices):
    """Who could send the auditor away, or take a member out and invite it anew, would undo it."""
    auditor, organiser = make.holder(alliance, RoleKind.AUDITOR), make.organiser(alliance)
    for each in members[:2]:
        say(auditor, each)
    auditor.roles.update(revoked_at=clock.read())
    with refused("said_by_auditor"):
        say(voices[0], members[0], "")
    gone = members[1]
    withdraw_member(actor=organiser, member=gone)
    again = invite_member(
        actor=organiser, alliance=alliance, organisation=gone.organisation.name, category="payer",
        participation="voting", email="back@x.example", name="B", roles=["representative"],
    )  # fmt: skip
    assert again.control.name == "Meridian Group"
    next_auditor = make.holder(alliance, RoleKind.AUDITOR)
    assert say(next_auditor, members[0], "").control is None


def test_nothing_of_it_changes_while_the_charter_is_signed(alliance, members, voices):
    say(voices[0], members[0])
    say(voices[1], members[1])
    type(alliance).objects.filter(pk=alliance.pk).update(state=State.RATIFYING)
    for act in (lambda: confirm_control(actor=voices[0], member=members[1]), lambda: say(voices[2], members[2])):
        with refused("charter_being_signed"):
            act()


def test_a_claim_goes_with_its_member(alliance, members, voices):
    say(voices[0], members[0])
    say(voices[1], members[1])
    withdraw_member(actor=make.organiser(alliance), member=members[1])
    assert not ControlClaim.objects.exists()
    assert not any(each.what == "Confirm who controls whom" for each in todos_of(voices[0], clock.read()))


def test_the_charter_counts_the_groups_that_were_said():
    canyon = told(CANYON)
    draft_charter(actor=canyon.roles.get(kind="organiser").person, alliance=canyon, template="data_exchange")
    auditor = make.holder(canyon, RoleKind.AUDITOR)

    def groups():
        return int(json.loads(compose(canyon.charter).document)["values"]["members.groups"])

    before = groups()
    for each in canyon.members.admitted().order_by("pk")[:2]:
        say(auditor, each)
    assert groups() == before - 1


def test_what_is_on_record_of_an_organisation_nobody_says_otherwise_here(alliance):
    meridian = make.control_group("Meridian")
    lines, terminals = (make.member(alliance, organisation=make.organisation(group=meridian)) for _each in range(2))
    voice, auditor = make.representative(terminals), make.holder(alliance, RoleKind.AUDITOR)
    for who, group in ((voice, "Terminals Holding"), (voice, ""), (auditor, "Terminals Holding")):
        with refused("control_on_record"):
            say(who, terminals, group)
    assert counted(alliance) == 1
    other = make.member(alliance)
    say(make.representative(other), other, "meridian")
    assert counted(alliance) == len((lines, other))
    confirm_control(actor=voice, member=other)
    assert counted(alliance) == 1


def test_nobody_comes_to_count_with_others_while_the_members_vote(alliance, members, voices):
    """The electorate is frozen: who joined a group meanwhile would vote as two, or not at all."""
    say(voices[0], members[0])
    say(voices[1], members[1])
    decision = make.decision(alliance, voices[0], by_members=True)
    at = clock.read()
    type(decision).objects.filter(pk=decision.pk).update(
        state="open", noticed_at=at, opened_at=at, closes_at=at + timedelta(days=1)
    )
    with refused("wait_first"):
        confirm_control(actor=voices[0], member=members[1])
    assert ControlClaim.objects.filter(member=members[1]).exists()
    type(decision).objects.filter(pk=decision.pk).update(state="closed", closed_at=at)
    assert confirm_control(actor=voices[0], member=members[1]).control


def test_who_may_confirm_hears_of_it(alliance, members, voices, mailoutbox):
    organiser, auditor = make.organiser(alliance), make.holder(alliance, RoleKind.AUDITOR)
    say(voices[0], members[0])
    say(voices[1], members[1])
    relay.run()
    subject = f"Who controls {members[1]}, in {alliance}: to be confirmed"
    notices = Notice.objects.filter(subject=subject)
    assert {each.person for each in notices} == {voices[0], auditor}
    text = " ".join(each.text for each in notices)
    assert "says that Meridian Group controls" in text
    drop_control_claim(actor=voices[0], member=members[1])
    relay.run()
    declined = Notice.objects.get(subject=f"What you said of who controls {members[1]} is not confirmed, in {alliance}")
    assert declined.person == voices[1]
    assert f"{voices[0]} says that it is not so" in declined.text
    say(voices[1], members[1])
    at = clock.read()
    for who, what in ((voices[0], True), (auditor, True), (voices[2], False), (organiser, False), (voices[1], False)):
        assert any(each.what == "Confirm who controls whom" for each in todos_of(who, at)) is what


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
        state_control(actor=make.holder(alliance, RoleKind.AUDITOR), member=each, group="Meridian")
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
    auditor = make.holder(alliance, RoleKind.AUDITOR)
    for each in members[:2]:
        state_control(actor=auditor, member=each, group="Meridian")
    sent = json.loads(export_dossier(alliance, at=clock.read()).model_dump_json())
    again = import_dossier(dossier=dossier_of(sent), slug="again")
    assert len({each.group_key for each in again.members.with_names()}) == len(members) - 1


def test_the_page_and_the_api_put_it_on_record(alliance, members, voices):
    member, (first, second, third) = members[1], voices
    say(first, members[0])
    page = reverse("alliance:state_control", args=[alliance.slug, member.pk])
    confirm = reverse("alliance:confirm_control", args=[alliance.slug, member.pk])
    drop = reverse("alliance:drop_control_claim", args=[alliance.slug, member.pk])
    listed = reverse("alliance:members", args=[alliance.slug])

    def offers(who):
        text = client_of(who).get(listed).text
        return [f'"{each}"' in text for each in (page, confirm, drop)]

    assert [offers(each) for each in (first, second, make.organiser(alliance))] == [
        [False, False, False], [True, False, False], [False, False, False],
    ]  # fmt: skip
    assert client_of(second).post(page, {"group": "Meridian Group"}).status_code == 302
    assert [offers(each) for each in voices] == [[False, True, True], [True, False, True], [False, False, False]]
    assert f"{second} says that Meridian Group controls it" in client_of(third).get(listed).text
    assert client_of(third).post(confirm).status_code == 403
    assert client_of(first).post(drop).status_code == 302
    assert client_of(second).post(page, {"group": "Meridian Group"}).status_code == 302
    assert client_of(first).post(confirm).status_code == 302
    assert client_of(third).get(listed).text.count("group Meridian Group") == 2

    url = f"/api/v1/alliances/{alliance.slug}/members/{member.pk}/control/"
    answer = api(second).put(url, {"group": ""})
    assert answer.json()["control_claim"]["group"] is None
    assert api(second).delete(url).status_code == 204
    api(second).put(url, {"group": ""})
    answer = api(third).post(f"{url}confirmation/")
    assert (answer.status_code, answer.json()["group"], answer.json()["control_claim"]) == (
        200, str(member.organisation_id), None,
    )  # fmt: skip


def test_the_profile_rises_with_the_groups_that_are_said_apart(alliance, members):
    """Said to be one, seven groups would be judged as six."""
    auditor = make.holder(alliance, RoleKind.AUDITOR)
    for each in members[:2]:
        say(auditor, each)
    for _each in range(4):
        make.member(alliance)
    assert counted(alliance) == 6
    Alliance.objects.filter(pk=alliance.pk).update(profile="essential", term_months=12, pooled_amount=0)
    say(auditor, members[1], "")
    alliance.refresh_from_db()
    assert (counted(alliance), alliance.profile) == (7, "standard")
