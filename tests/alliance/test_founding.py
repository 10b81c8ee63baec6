"""Founding an alliance, and what it says of itself."""

import re

import pytest
from django.db import IntegrityError

from accounts.models import Organisation
from accounts.models.names import fill_keys
from accounts.services.organisations import register_organisation
from alliance.models import Alliance, MemberInvitation
from alliance.services import founding
from alliance.services.beginning import FirstMember, RefusedInvitation, begin_alliance
from alliance.states import Membership, Profile, RoleKind, State
from tests import factories as make
from tests.refusals import everything, not_permitted, refused

pytestmark = pytest.mark.django_db

WORDS = {
    "name": "Harbour Zero",
    "purpose": "Power ships from the shore.",
    "origin": "problem",
    "statement": "Ships at berth burn oil.",
    "permanence": "temporary",
    "term_months": 24,
    "category": "port",
    "affected_parties": ["City", "Residents", "City"],
}


def found(**changes):
    convener = make.organisation()
    founder = make.person(works_for=convener)
    return founder, founding.found_alliance(actor=founder, convener=convener, **{**WORDS, **changes})


def first(organisation="Corvus", **changes):
    given = {"category": "shipping", "participation": "voting", "name": "Ann", "email": "ann@corvus.example"}
    return FirstMember(organisation=organisation, **{**given, "roles": ["representative"], **changes})


def test_founding_makes_the_convener_a_member_and_the_founder_its_organiser():
    founder, alliance = found()

    assert (alliance.state, alliance.profile) == (State.EXPLORING, Profile.ESSENTIAL)
    assert [member.state for member in alliance.members.all()] == [Membership.ADMITTED]
    roles = {role.kind for role in alliance.roles.filter(person=founder)}
    assert roles == {RoleKind.ORGANISER, RoleKind.REPRESENTATIVE}
    assert sorted(party.name for party in alliance.affected_parties.all()) == ["City", "Residents"]
    assert make.verbs(alliance) == ["alliance.alliance.founded"]


@pytest.mark.parametrize(
    ("facts", "profile"),
    [
        ({"term_months": 24}, "essential"),
        ({"term_months": 25}, "standard"),
        ({"permanence": "permanent", "term_months": None}, "standard"),
        ({"facts": {"pooled_amount": 100_000_00}}, "essential"),
        ({"facts": {"pooled_amount": 100_000_01}}, "standard"),
        ({"facts": {"pools_patents": True}}, "strict"),
    ],
)
def test_the_profile_starts_at_its_floor(facts, profile):
    assert found(**facts)[1].profile == profile


def test_an_address_tells_nothing_of_another_alliance_of_that_name():
    first, second = found()[1].slug, found()[1].slug

    assert first != second
    assert all(re.fullmatch("harbour-zero-[a-z2-9]{4}", slug) for slug in (first, second))


def test_a_name_without_letters_has_an_address_too():
    assert re.fullmatch("alliance-[a-z2-9]{4}", found(name="💧💧")[1].slug)


def test_nobody_founds_for_an_organisation_they_do_not_work_for():
    founder, other = make.person(), make.organisation()

    with refused("not_your_organisation"):
        founding.found_alliance(actor=founder, convener=other, **WORDS)


def test_a_fixed_term_needs_its_months():
    convener = make.organisation()
    founder = make.person(works_for=convener)

    with refused("term_missing"):
        founding.found_alliance(actor=founder, convener=convener, **{**WORDS, "term_months": None})


def test_beginning_enters_the_organisation_and_invites_first_members():
    founder = make.person()

    alliance = begin_alliance(actor=founder, convener="Port Authority", first_members=[first()], **WORDS)

    assert alliance.convener.name == "Port Authority"
    assert founder.affiliations.get().organisation == alliance.convener
    assert MemberInvitation.objects.get(alliance=alliance).invitation.email == "ann@corvus.example"
    assert make.verbs(alliance) == ["alliance.alliance.founded", "alliance.member.invited"]


def test_beginning_is_all_or_nothing():
    founder = make.person()
    twice = [first(), first(organisation="CORVUS", email="bob@corvus.example")]
    before = everything()

    with pytest.raises(RefusedInvitation) as caught:
        begin_alliance(actor=founder, convener="Port Authority", first_members=twice, **WORDS)

    assert (caught.value.code, caught.value.place) == ("member_invited", 1)
    assert caught.value.field == "first_members.1.organisation"
    assert everything() == before


def test_an_organisation_is_entered_once():
    Organisation.objects.create(name="Corvus Shipping")
    person = make.person()

    for name in (
        "corvus shipping",
        " Corvus   Shipping",
        "Corvus\tShipping",
        "Ｃorvus\u00a0SHIPPING",
        "Cor\u200bvus Shipping",
    ):
        with refused("organisation_known"):
            register_organisation(actor=person, name=name)
    with refused("organisation_missing"):
        register_organisation(actor=person, name="  ")


def test_one_organisation_is_meant_however_its_name_is_spaced():
    here = Organisation.objects.create(name="Straße  und Weg")

    again, is_new = Organisation.objects.enter("STRASSE UND WEG ")

    assert (again, is_new) == (here, False)
    assert Organisation.objects.enter(" Rail   and Road")[0].name == "Rail and Road"
    with pytest.raises(IntegrityError):
        Organisation.objects.create(name="rail AND  road")


def test_rows_from_before_get_their_keys_and_no_two_the_same():
    first, second = Organisation.objects.create(name="Corvus"), Organisation.objects.create(name="Kite")
    Organisation.objects.update(key="")
    Organisation.objects.filter(pk=second.pk).update(name="CORVUS ")

    fill_keys(Organisation)

    keys = list(Organisation.objects.order_by("pk").values_list("key", flat=True))
    assert keys == ["corvus", f"corvus {second.pk}"]
    assert Organisation.objects.called("Corvus").get() == first


def test_the_founders_own_organisation_may_be_named():
    convener = make.organisation("Port Authority")
    founder = make.person(works_for=convener)

    alliance = begin_alliance(actor=founder, convener="port  authority", first_members=[], **WORDS)

    assert alliance.convener == convener


def test_somebody_who_may_not_sign_in_registers_nothing():
    person = make.person(is_active=False)

    with not_permitted():
        register_organisation(actor=person, name="Corvus")


def test_changing_raises_the_profile_with_its_floor_and_never_lowers_it():
    founder, alliance = found()

    changed = founding.change_alliance(actor=founder, alliance=alliance, permanence="permanent")
    again = founding.change_alliance(actor=founder, alliance=alliance, permanence="temporary", term_months=12)

    assert (changed.profile, changed.term_months) == (Profile.STANDARD, None)
    assert (again.profile, again.term_months) == (Profile.STANDARD, 12)
    assert make.verbs(alliance)[1:] == ["alliance.alliance.changed"] * 2


def test_what_may_not_be_changed_is_refused(stranger):
    founder, alliance = found()

    with refused("not_changeable"):
        founding.change_alliance(actor=founder, alliance=alliance, state="active")
    with refused("term_missing"):
        founding.change_alliance(actor=founder, alliance=alliance, term_months=None)
    with not_permitted():
        founding.change_alliance(actor=stranger, alliance=alliance, purpose="Other")


@pytest.mark.parametrize(
    ("state", "code"), [(State.RATIFYING, "charter_being_signed"), (State.ACTIVE, "under_charter")]
)
def test_a_charter_fixes_what_it_says(state, code):
    founder, alliance = found()
    Alliance.objects.filter(pk=alliance.pk).update(state=state)

    with refused(code):
        founding.change_alliance(actor=founder, alliance=alliance, purpose="Other")
    with refused(code):
        founding.add_affected_party(actor=founder, alliance=alliance, name="Fishers")


def test_a_member_may_raise_the_profile_and_nobody_lowers_it(stranger):
    alliance = make.alliance(profile=Profile.STANDARD)
    voice = make.representative(make.member(alliance))

    raised = founding.raise_profile(actor=voice, alliance=alliance, profile=Profile.STRICT)

    assert raised.profile == Profile.STRICT
    assert make.verbs(alliance) == ["alliance.profile.raised"]
    with refused("profile_not_higher"):
        founding.raise_profile(actor=voice, alliance=alliance, profile=Profile.ESSENTIAL)
    with not_permitted():
        founding.raise_profile(actor=stranger, alliance=alliance, profile=Profile.STRICT)


def test_an_affected_party_is_added_once_and_explained():
    alliance = make.alliance()
    member = make.member(alliance)
    voice, organiser = make.representative(member), make.organiser(alliance)

    party = founding.add_affected_party(actor=voice, alliance=alliance, name=" Fishers ")
    founding.explain_affected_party(actor=organiser, party=party, member=None, reason_absent="They were asked.")
    party = founding.explain_affected_party(actor=organiser, party=party, member=member, reason_absent="x")

    assert (party.name, party.member, party.reason_absent) == ("Fishers", member, "")
    assert make.verbs(alliance) == [
        "alliance.affected_party.added",
        "alliance.affected_party.explained",
        "alliance.affected_party.explained",
    ]
    with refused("party_listed"):
        founding.add_affected_party(actor=voice, alliance=alliance, name="Fishers")
    with refused("neither_member_nor_reason"):
        founding.explain_affected_party(actor=organiser, party=party, member=None, reason_absent=" ")
    foreign = make.member(make.alliance())
    with refused("foreign_member"):
        founding.explain_affected_party(actor=organiser, party=party, member=foreign, reason_absent="")
    with not_permitted():
        founding.explain_affected_party(actor=voice, party=party, member=member, reason_absent="")
