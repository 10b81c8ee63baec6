"""Who is in: inviting, accepting, admitting, kinds, relations, leaving."""

import pytest
from django.urls import reverse

from accounts.models import Affiliation, Invitation
from accounts.services import invitations
from alliance.models import Alliance, Member
from alliance.permissions import is_auditor, is_counsel, is_custodian
from alliance.services import inviting, membership
from alliance.states import Membership, Profile, RelationKind, RoleKind, State
from audit import clock
from governance.models import Officer
from governance.selectors.holders import holders_of
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db

CORVUS = {
    "organisation": "Corvus Shipping",
    "category": "shipping",
    "participation": "voting",
    "email": "Ann@Corvus.example",
    "name": "Ann",
    "roles": ["representative", "signatory"],
    "mandate": "board resolution",
}


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def organiser(alliance):
    return make.organiser(alliance)


def invite(organiser, alliance, **changes):
    return inviting.invite_member(actor=organiser, alliance=alliance, **{**CORVUS, **changes})


def accept(member, email="ann@corvus.example"):
    person = make.person(email=email)
    offer = member.invitations.get()
    invitations.accept_invitation(actor=person, invitation=offer.invitation)
    return person


def test_one_kind_is_meant_however_it_is_spaced(alliance, organiser):
    first = invite(organiser, alliance, category="Cloud provider")
    second = invite(organiser, alliance, organisation="Kite", email="kim@kite.example", category=" cloud  PROVIDER")

    assert (second.category, second.category.name) == (first.category, "Cloud provider")
    with refused("member_invited"):
        invite(organiser, alliance, organisation="KITE\u00a0", email="kay@kite.example")


def test_an_invited_organisation_accepts_and_is_admitted(alliance, organiser):
    member = invite(organiser, alliance)
    person = accept(member)
    member = membership.admit_member(actor=organiser, member=member)

    assert (member.state, member.category.name) == (Membership.ADMITTED, "shipping")
    roles = {role.kind: role.mandate for role in person.roles.all()}
    assert roles == {RoleKind.REPRESENTATIVE: "", RoleKind.SIGNATORY: "board resolution"}
    assert Affiliation.objects.get(person=person).organisation == member.organisation
    assert make.verbs(alliance) == [
        "alliance.member.invited",
        "alliance.invitation.accepted",
        "alliance.member.admitted",
    ]


def test_an_invitation_names_its_place(alliance, organiser, stranger):
    invite(organiser, alliance)

    with refused("member_invited"):
        invite(organiser, alliance, organisation=" corvus shipping ", email="bob@corvus.example")
    with refused("roles_not_of_member"):
        invite(organiser, alliance, organisation="Other", roles=["auditor"])
    with refused("mandate_missing"):
        invite(organiser, alliance, organisation="Other", mandate=" ")
    with not_permitted():
        invite(stranger, alliance, organisation="Other")


def test_the_seventh_group_raises_the_profile(alliance, organiser):
    for _each in range(6):
        make.member(alliance)

    invite(organiser, alliance)

    alliance.refresh_from_db()
    assert alliance.profile == Profile.STANDARD


def test_a_charter_closes_the_door(alliance, organiser):
    member = invite(organiser, alliance)
    accept(member)
    alliance.__class__.objects.filter(pk=alliance.pk).update(state=State.ACTIVE)

    with refused("under_charter"):
        invite(organiser, alliance, organisation="Other")
    with refused("under_charter"):
        membership.admit_member(actor=organiser, member=member)
    with refused("under_charter"):
        membership.withdraw_member(actor=organiser, member=member)


def test_only_who_has_accepted_is_admitted(alliance, organiser, stranger):
    member = invite(organiser, alliance)

    with refused("not_accepted"):
        membership.admit_member(actor=organiser, member=member)
    with not_permitted():
        membership.admit_member(actor=stranger, member=member)


def test_a_person_is_invited_for_a_member_or_for_the_alliance(alliance, organiser, stranger):
    member = make.member(alliance)
    who = {"email": "c@example.com", "name": "C"}

    for_member = inviting.invite_person(
        actor=organiser, alliance=alliance, roles=["representative"], member=member, **who
    )
    counsel = inviting.invite_person(actor=organiser, alliance=alliance, roles=["counsel"], organisation="Roth", **who)

    assert (for_member.organisation, counsel.organisation.name) == (member.organisation, "Roth")
    assert make.verbs(alliance) == ["alliance.person.invited"] * 2
    with refused("member_missing"):
        inviting.invite_person(actor=organiser, alliance=alliance, roles=["signatory"], organisation="R", **who)
    with refused("organisation_missing"):
        inviting.invite_person(actor=organiser, alliance=alliance, roles=["auditor"], **who)
    foreign = make.member(make.alliance())
    with refused("foreign_member"):
        inviting.invite_person(actor=organiser, alliance=alliance, roles=["representative"], member=foreign, **who)
    with not_permitted():
        inviting.invite_person(actor=stranger, alliance=alliance, roles=["counsel"], organisation="R", **who)


def test_a_public_participant_says_what_it_cannot_cede_and_what_it_gains(alliance, organiser, stranger):
    member = make.member(alliance, participation="public")
    voice, voting = make.representative(member), make.member(alliance)
    said = {"statutory_limit": " The port act. ", "public_benefit": "Tonnes of soot less."}
    assert member.is_undescribed

    member = membership.describe_public_part(actor=voice, member=member, **said)

    assert (member.statutory_limit, member.public_benefit) == ("The port act.", "Tonnes of soot less.")
    assert not member.is_undescribed
    assert make.verbs(alliance) == ["alliance.public_part.described"]
    with refused("not_public"):
        membership.describe_public_part(actor=organiser, member=voting, **said)
    with refused("part_missing"):
        membership.describe_public_part(actor=organiser, member=member, **{**said, "public_benefit": " "})
    with not_permitted():
        membership.describe_public_part(actor=stranger, member=member, **said)
    Alliance.objects.filter(pk=alliance.pk).update(state=State.ACTIVE)
    with refused("under_charter"):
        membership.describe_public_part(actor=voice, member=member, **said)


def test_the_public_participant_is_asked_and_everyone_reads_what_it_says(alliance, organiser):
    member = make.member(alliance, participation="public")
    voice = make.representative(member)
    client, page = client_of(voice), reverse("alliance:members", args=[alliance.slug])
    address = reverse("alliance:public_part", args=[alliance.slug, member.pk])
    assert address in client.get("/").content.decode()
    assert "is not on record yet" in client_of(organiser).get(page).content.decode()

    half = client.post(address, {"statutory_limit": "The port act.", "public_benefit": ""})
    client.post(address, {"statutory_limit": "The port act.", "public_benefit": "Cleaner air."})

    assert (half.status_code, "The port act." in half.content.decode()) == (422, True)
    assert "Cannot cede: The port act. Gains: Cleaner air." in client_of(organiser).get(page).content.decode()
    assert address not in client.get("/").content.decode()


def test_inviting_somebody_again_replaces_the_invitation(alliance, organiser):
    who = {"actor": organiser, "alliance": alliance, "name": "C", "roles": ["counsel"], "organisation": "Roth"}
    first = inviting.invite_person(email="c@example.com", **who)
    other = inviting.invite_person(email="d@example.com", **who)

    second = inviting.invite_person(email=" C@example.com", **who)

    for each in (first, other):
        each.refresh_from_db()
    assert (first.is_open(clock.read()), other.is_open(clock.read()), second.is_open(clock.read())) == (
        False, True, True,
    )  # fmt: skip
    with refused("roles_missing"):
        inviting.invite_person(email="c@example.com", **{**who, "roles": []})


def test_the_custodian_works_for_no_member_and_acts_for_none(alliance, organiser):
    """Neither at the invitation, nor at its acceptance, nor when the work or another role comes later."""
    corvus = make.member(alliance, "Corvus Shipping")
    keeper = {"email": "kim@trust.example", "name": "Kim", "roles": ["custodian"]}
    with refused("custodian_not_independent"):
        inviting.invite_person(actor=organiser, alliance=alliance, organisation="corvus  shipping", **keeper)
    own = keeper | {"email": organiser.email}
    offer = inviting.invite_person(actor=organiser, alliance=alliance, organisation="Neutral Trust", **own)
    with refused("custodian_not_independent"):
        invitations.accept_invitation(actor=organiser, invitation=offer)
    kim = make.person(email=keeper["email"])
    make.role(kim, alliance, RoleKind.CUSTODIAN)
    assert is_custodian(kim, alliance)
    job = Affiliation.objects.create(person=kim, organisation=corvus.organisation, starts_on=clock.read().date())
    assert not is_custodian(kim, alliance)
    job.delete()
    make.role(kim, alliance, RoleKind.REPRESENTATIVE, member=corvus)
    assert not is_custodian(kim, alliance)


def test_who_organises_is_no_counsel(alliance, organiser):
    offer = inviting.invite_person(
        actor=organiser, alliance=alliance, email=organiser.email, name="Me", roles=["counsel"], organisation="Law"
    )
    with refused("counsel_not_independent"):
        invitations.accept_invitation(actor=organiser, invitation=offer)
    make.role(organiser, alliance, RoleKind.COUNSEL)
    assert not is_counsel(organiser, alliance)


def test_a_members_own_people_say_who_acts_for_it(alliance, organiser):
    member, other = make.member(alliance, "Corvus"), make.member(alliance, "Kite")
    who = {"alliance": alliance, "email": "c@example.com", "name": "C", "roles": ["signatory"], "mandate": "Board."}
    assert inviting.invite_person(actor=organiser, member=member, **who)
    voice, stranger_to_it = make.representative(member), make.signatory(other)

    for actor in (organiser, stranger_to_it):
        with refused("own_people_invite"):
            inviting.invite_person(actor=actor, member=member, **who)
    with refused("member_missing"):
        inviting.invite_person(actor=voice, organisation="Roth", **{**who, "roles": ["counsel"]})
    assert inviting.invite_person(actor=voice, member=member, **who)


def test_nobody_acts_for_two_groups(alliance, organiser):
    group = make.control_group()
    first, sister = (make.member(alliance, organisation=make.organisation(group=group)) for _each in range(2))
    other = make.member(alliance)
    voice = make.representative(first)
    who = {"actor": organiser, "alliance": alliance, "email": voice.email, "name": "V", "roles": ["representative"]}
    to_sister = inviting.invite_person(member=sister, **who)
    to_other = inviting.invite_person(member=other, **who)

    invitations.accept_invitation(actor=voice, invitation=to_sister)
    with refused("acts_for_another"):
        invitations.accept_invitation(actor=voice, invitation=to_other)


def test_who_organises_speaks_for_no_other_than_the_convener(alliance, organiser):
    other = make.member(alliance)
    convener = make.member(alliance, organisation=alliance.convener)
    who = {"actor": organiser, "alliance": alliance, "email": organiser.email, "name": "O", "roles": ["representative"]}
    to_other, to_convener = (inviting.invite_person(member=member, **who) for member in (other, convener))

    with refused("organises"):
        invitations.accept_invitation(actor=organiser, invitation=to_other)
    invitations.accept_invitation(actor=organiser, invitation=to_convener)
    assert organiser.roles.filter(member=convener).exists()


def test_who_may_invite_is_offered_their_own_members(alliance, organiser):
    member, vacant = make.member(alliance, "Corvus"), make.member(alliance, "Kite")
    voice = make.representative(member)
    page = reverse("alliance:invite_person", args=[alliance.slug])
    invited = reverse("alliance:members", args=[alliance.slug])

    own, all_vacant = (client_of(person).get(page).content.decode() for person in (voice, organiser))

    assert (f'value="{member.pk}"' in own, f'value="{vacant.pk}"' in own, "Custodian" in own) == (True, False, False)
    assert (f'value="{member.pk}"' in all_vacant, f'value="{vacant.pk}"' in all_vacant) == (False, True)
    assert "Custodian" in all_vacant
    assert ("No member" in own, "No member" in all_vacant) == (False, True)
    assert page in client_of(voice).get(invited).content.decode()


def test_the_auditor_works_for_no_member_and_acts_for_none(alliance, organiser):
    """Neither at the invitation, nor at its acceptance, nor when another role comes later."""
    corvus = make.member(alliance, "Corvus Shipping")
    auditor = {"email": "ada@audit.example", "name": "Ada", "roles": ["auditor"]}
    with refused("auditor_not_independent"):
        inviting.invite_person(actor=organiser, alliance=alliance, organisation="corvus shipping", **auditor)
    own = auditor | {"email": organiser.email}
    offer = inviting.invite_person(actor=organiser, alliance=alliance, organisation="Plain Audit", **own)
    with refused("auditor_not_independent"):
        invitations.accept_invitation(actor=organiser, invitation=offer)
    ada = make.person(email=auditor["email"])
    make.role(ada, alliance, RoleKind.AUDITOR)
    assert is_auditor(ada, alliance)
    Affiliation.objects.create(person=ada, organisation=corvus.organisation, starts_on=clock.read().date())
    assert not is_auditor(ada, alliance)


def test_withdrawing_takes_roles_and_open_invitations_with_it(alliance, organiser):
    member = invite(organiser, alliance)
    person = accept(member)
    inviting.invite_person(
        actor=person, alliance=alliance, roles=["representative"], member=member, email="late@x.example", name="L"
    )

    member = membership.withdraw_member(actor=organiser, member=member)

    assert member.state == Membership.WITHDRAWN
    assert not person.roles.filter(revoked_at__isnull=True).exists()
    assert make.verbs(alliance)[-1] == "alliance.member.withdrawn"
    late = make.person(email="late@x.example")
    with refused("invitation_over"):
        invitations.accept_invitation(actor=late, invitation=Invitation.objects.get(email="late@x.example"))
    with refused("left_already"):
        membership.withdraw_member(actor=organiser, member=member)


def test_the_seats_of_a_member_that_leaves_end(alliance, organiser):
    """The check would count without it, and the committee vote with it."""
    member = make.member(alliance)
    seats = [make.seat(alliance, "Theirs", member=member), make.seat(alliance, "Neutral")]
    held = [make.holding(each) for each in seats]
    chair = Officer.objects.create(
        alliance=alliance, office="chair", person=held[0].person, starts_at=clock.read()
    )  # fmt: skip
    assert len(holders_of(alliance, clock.read())) == len(seats)
    membership.withdraw_member(actor=organiser, member=member)
    assert [each.holding for each in holders_of(alliance, clock.read())] == held[1:]
    chair.refresh_from_db()
    assert chair.ends_at
    assert make.verbs(alliance)[-2:] == ["alliance.member.withdrawn", "governance.seat.abolished"]


def test_a_signatory_takes_its_own_member_out(alliance, organiser):
    member, other = make.member(alliance), make.member(alliance)
    hand = make.signatory(member)
    for who, whom in ((hand, other), (make.representative(member), member)):
        with not_permitted():
            membership.withdraw_member(actor=who, member=whom)
    assert membership.withdraw_member(actor=hand, member=member).left_at


def test_who_left_can_be_invited_anew(alliance, organiser):
    membership.withdraw_member(actor=organiser, member=invite(organiser, alliance))

    again = invite(organiser, alliance)

    assert again.state == Membership.INVITED


def test_the_convener_stays(organiser, alliance):
    convener = make.member(alliance, organisation=alliance.convener)

    with refused("convener_stays"):
        membership.withdraw_member(actor=organiser, member=convener)


def test_another_member_or_the_auditor_confirms_a_kind(alliance):
    member, other = make.member(alliance), make.member(alliance)
    voice, auditor = make.representative(other), make.holder(alliance, RoleKind.AUDITOR)

    confirmed = membership.confirm_category(actor=voice, member=member)
    assert (confirmed.category_confirmed_by, confirmed.category_confirmed_by_member) == (voice, other)

    confirmed = membership.confirm_category(actor=auditor, member=member)
    assert (confirmed.category_confirmed_by, confirmed.category_confirmed_by_member) == (auditor, None)
    assert make.verbs(alliance) == ["alliance.category.confirmed"] * 2


def test_nobody_confirms_a_kind_of_their_own_group(alliance):
    group = make.control_group()
    member = make.member(alliance, organisation=make.organisation(group=group))
    sister = make.member(alliance, organisation=make.organisation(group=group))

    for who in (make.representative(member), make.representative(sister), make.organiser(alliance)):
        with not_permitted():
            membership.confirm_category(actor=who, member=member)


def test_who_speaks_for_two_confirms_neither(alliance):
    member, other = make.member(alliance), make.member(alliance)
    voice = make.representative(member)
    make.role(voice, alliance, RoleKind.SIGNATORY, member=other)

    for each in (member, other):
        with not_permitted():
            membership.confirm_category(actor=voice, member=each)


def test_a_relation_is_recorded_once_in_either_direction(alliance, stranger):
    one, two = make.member(alliance), make.member(alliance)
    voice = make.representative(one)

    membership.record_relation(actor=voice, first=one, second=two, kind=RelationKind.COMPETES)
    membership.record_relation(actor=voice, first=one, second=two, kind=RelationKind.SUPPLIES)
    membership.record_relation(actor=voice, first=two, second=one, kind=RelationKind.SUPPLIES)

    assert make.verbs(alliance) == ["alliance.relation.recorded"] * 3
    with refused("relation_known"):
        membership.record_relation(actor=voice, first=one, second=two, kind=RelationKind.COMPETES)
    with refused("relation_known"):
        membership.record_relation(actor=voice, first=two, second=one, kind=RelationKind.COMPETES)
    with refused("relation_of_two"):
        membership.record_relation(actor=voice, first=one, second=one, kind=RelationKind.COMPETES)
    with not_permitted():
        membership.record_relation(actor=stranger, first=one, second=two, kind=RelationKind.LITIGATES)


def test_two_who_invite_the_same_organisation_make_one_member(transactional_db, race):
    alliance = make.alliance()
    organiser = make.organiser(alliance)

    answers = race(lambda: invite(organiser, alliance), lambda: invite(organiser, alliance))

    refusals = [each for each in answers if isinstance(each, Exception)]
    assert [each.code for each in refusals] == ["member_invited"]
    assert Member.objects.filter(alliance=alliance).count() == 1
