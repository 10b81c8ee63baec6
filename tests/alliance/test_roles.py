"""What ends a role, and what does not."""

import pytest
from django.urls import reverse

from accounts.models import Invitation
from accounts.permissions import may
from accounts.services import invitations
from alliance.models import Alliance, Role
from alliance.permissions import has_role, speaks_for
from alliance.selectors.standing import standing_of
from alliance.services.inviting import invite_person
from alliance.services.roles import end_role
from alliance.states import Membership, RoleKind, State
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused
from tests.stories import CANYON, judged, story

pytestmark = pytest.mark.django_db

GIVEN = (RoleKind.COUNSEL, RoleKind.AUDITOR, RoleKind.CUSTODIAN, RoleKind.OBSERVER)


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def organiser(alliance):
    return make.organiser(alliance)


def held(person, kind=None):
    return person.roles.get(**({"kind": kind} if kind else {}))


def test_everybody_lays_down_a_role_of_their_own_and_it_stays_on_record(alliance):
    for kind in GIVEN:
        who = make.holder(alliance, kind)
        over = end_role(actor=who, role=held(who))
        assert (has_role(who, alliance, kind), over.revoked_at is not None) == (False, True)
    assert Role.objects.filter(alliance=alliance).count() == len(GIVEN)
    assert make.verbs(alliance) == ["alliance.role.ended"] * len(GIVEN)
    with refused("role_over"):
        end_role(actor=who, role=held(who))


def test_a_members_own_people_end_a_role_held_for_it_and_nobody_else(alliance, organiser, stranger):
    member, other = make.member(alliance), make.member(alliance)
    voice, hand, rival = make.representative(member), make.signatory(member), make.signatory(other)

    for who in (organiser, stranger, rival):
        with not_permitted():
            end_role(actor=who, role=held(hand))
    end_role(actor=voice, role=held(hand))

    assert (speaks_for(hand, member), speaks_for(voice, member)) == (False, True)


def test_the_last_who_acts_for_a_member_stays_until_another_has_accepted(alliance):
    member = make.member(alliance)
    voice = make.representative(member)
    make.role(voice, alliance, RoleKind.SIGNATORY, member=member, mandate="Board.")
    end_role(actor=voice, role=held(voice, RoleKind.SIGNATORY))
    with refused("last_of_member"):
        end_role(actor=voice, role=held(voice, RoleKind.REPRESENTATIVE))

    make.representative(member)
    end_role(actor=voice, role=held(voice, RoleKind.REPRESENTATIVE))
    assert not speaks_for(voice, member)


def test_who_acts_for_an_organisation_that_is_not_in_yet_may_go(alliance):
    voice = make.representative(make.member(alliance, state=Membership.ACCEPTED))
    end_role(actor=voice, role=held(voice))
    assert not Role.objects.current().exists()


def test_organisers_lay_it_down_themselves_and_never_the_last(alliance, organiser):
    second = make.organiser(alliance)
    with not_permitted():
        end_role(actor=organiser, role=held(second))
    end_role(actor=second, role=held(second))
    with refused("last_organiser"):
        end_role(actor=organiser, role=held(organiser))


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.FORMING, None),
        (State.RATIFYING, "charter_being_signed"),
        (State.ACTIVE, "independent_role"),
        (State.LEGACY, "alliance_ended"),
    ],
)
def test_an_organiser_sends_nobody_independent_away_under_a_charter(alliance, organiser, state, code):
    people = {kind: make.holder(alliance, kind) for kind in GIVEN}
    Alliance.objects.filter(pk=alliance.pk).update(state=state)
    for kind, who in people.items():
        if code and (kind != RoleKind.OBSERVER or state == State.LEGACY):
            with refused(code):
                end_role(actor=organiser, role=held(who))
            end_role(actor=who, role=held(who))
        else:
            end_role(actor=organiser, role=held(who))
        assert not has_role(who, alliance, kind)


def test_the_members_hear_that_somebody_ended_an_independent_role(alliance, organiser):
    voice, other = make.representative(make.member(alliance)), make.organiser(alliance)
    for kind in (RoleKind.AUDITOR, RoleKind.OBSERVER):
        end_role(actor=organiser, role=make.holder(alliance, kind).roles.get())
    own = make.holder(alliance, RoleKind.COUNSEL)
    end_role(actor=own, role=own.roles.get())
    relay.run()
    told = Notice.objects.filter(text__contains="Ask why, and who comes next")
    assert {each.person for each in told} == {voice, other}
    assert {each.subject.split(" is no longer ")[1] for each in told} == {f"auditor of {alliance}"}


def test_an_open_invitation_does_not_bring_an_ended_role_back(alliance):
    member = make.member(alliance)
    voice, hand = make.representative(member), make.signatory(member)
    who = {"email": hand.email, "name": "H", "roles": ["representative", "signatory"], "mandate": "Board."}
    again = invite_person(actor=hand, alliance=alliance, member=member, **who)

    end_role(actor=voice, role=held(hand))

    with refused("invitation_over"):
        invitations.accept_invitation(actor=hand, invitation=Invitation.objects.get(pk=again.pk))


@pytest.mark.parametrize("state", [State.FORMING, State.ACTIVE])
def test_the_page_offers_what_may_be_done(state):
    alliance = make.alliance(state=state)
    member = make.member(alliance)
    people = [make.organiser(alliance), make.representative(member), make.signatory(member)]
    people += [make.representative(make.member(alliance)), *(make.holder(alliance, kind) for kind in GIVEN)]
    is_open = state == State.FORMING
    for who in people:
        standing = standing_of(who, alliance)
        for role in alliance.roles.all():
            fixed = not is_open and role.kind in GIVEN[:3] and role.person != who
            assert standing.may_end(role) == (may("alliance.end_role", who, role) and not fixed)


def test_ending_a_role_on_the_page_and_by_the_api(alliance, organiser):
    member = make.member(alliance, "Kite")
    voice, hand, second = make.representative(member), make.signatory(member), make.signatory(member)
    people = reverse("alliance:people", args=[alliance.slug])
    address = reverse("alliance:end_role", args=[alliance.slug, held(hand).pk])
    assert address in client_of(voice).get(people).content.decode()
    assert address not in client_of(organiser).get(people).content.decode()

    assert "stays on record" in client_of(voice).get(address).content.decode()
    assert client_of(voice).post(address).url == people
    assert not speaks_for(hand, member)
    own = reverse("alliance:end_role", args=[alliance.slug, held(second).pk])
    assert client_of(second).post(own).url == "/"

    last = reverse("alliance:end_role", args=[alliance.slug, held(voice).pk])
    told = client_of(voice).post(last)
    assert (told.status_code, "Nobody else acts for Kite" in told.content.decode()) == (422, True)
    api = reverse("alliance_api:role", args=[alliance.slug, held(organiser).pk])
    assert client_of(organiser).delete(api).json()["code"] == "last_organiser"
    make.organiser(alliance)
    assert client_of(organiser).delete(api).status_code == 204


@pytest.mark.parametrize(("ended", "verdict"), [("2026-11-01T09:00:00Z", "pass"), ("2020-01-01T09:00:00Z", "fail")])
def test_what_a_signatory_signed_binds_when_the_role_has_ended(ended, verdict):
    document = story(CANYON)
    signed = document["contributions"][0]
    role = next(
        each for each in document["roles"]
        if (each["person"], each.get("member"), each["kind"]) == (signed["signed_by"], signed["member"], "signatory")
    )  # fmt: skip
    role["revoked_at"] = ended
    role["granted_at"] = min(role["granted_at"], "2019-01-01T09:00:00Z")
    assert str(judged(document, "S4").finding.verdict) == verdict


@pytest.mark.django_db(transaction=True)
def test_the_last_two_do_not_leave_at_once(race, alliance):
    member = make.member(alliance)
    voice, hand = make.representative(member), make.signatory(member)
    done = race(
        lambda: end_role(actor=voice, role=held(voice)),
        lambda: end_role(actor=hand, role=held(hand)),
        lambda: end_role(actor=voice, role=held(hand)),
    )
    assert sum(not isinstance(each, Exception) for each in done) == 1
    assert Role.objects.current().filter(member=member).count() == 1
