"""Who works for an organisation: an alliance says so of somebody, and a colleague says whether it is so."""

import pytest
from django.urls import reverse

from accounts.models import Affiliation, Organisation
from accounts.services import invitations
from accounts.services.organisations import disown_colleague, vouch_for_colleague
from alliance.permissions import works_for_successor
from alliance.services.founding import found_alliance
from alliance.services.inviting import invite_member, invite_person
from alliance.services.legacy import add_durable_form
from alliance.states import RoleKind
from audit.models import Event
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db
WORDS = {
    "name": "Pier Power", "purpose": "Power.", "origin": "problem", "statement": "Ships burn oil.",
    "permanence": "temporary", "term_months": 12, "category": "port", "affected_parties": ["City"],
}  # fmt: skip


@pytest.fixture
def port():
    return make.organisation("Port Authority")


@pytest.fixture
def ruth(port):
    return make.person("Ruth", works_for=port)


def come_in(organisation, email="pia@port.example"):
    """Invited by an alliance for an organisation of this name, and accepted."""
    alliance = make.alliance()
    member = invite_member(
        actor=make.organiser(alliance), alliance=alliance, organisation=organisation, category="port",
        participation="voting", email=email, name="Pia", roles=["representative"],
    )  # fmt: skip
    person = make.person("Pia", email=email)
    invitations.accept_invitation(actor=person, invitation=member.invitations.get().invitation)
    return person


def test_an_alliances_word_makes_nobody_found_for_an_organisation_that_is_here(port, ruth):
    pia = come_in("port  authority")
    assert list(Organisation.objects.employing(pia)) == [port]

    with refused("not_your_organisation"):
        found_alliance(actor=pia, convener=port, **WORDS)

    said = vouch_for_colleague(actor=ruth, affiliation=pia.affiliations.get())
    assert said.is_vouched
    assert found_alliance(actor=pia, convener=port, **WORDS).convener == port
    assert Event.objects.filter(verb="accounts.colleague.vouched", actor=ruth.pk).count() == 1


def test_the_first_person_of_a_new_organisation_is_taken_at_their_word():
    pia = come_in("Brand New Power")
    assert pia.affiliations.get().is_vouched


def test_only_a_vouched_colleague_accepts_a_succession(port, ruth):
    alliance = make.alliance()
    form = add_durable_form(
        actor=make.organiser(alliance), stream=make.stream(alliance), form="standard", description="The text.",
        successor="Port Authority",
    )  # fmt: skip
    pia = come_in("Port Authority")

    assert works_for_successor(ruth, form)
    assert not works_for_successor(pia, form)


def test_a_colleague_of_the_same_organisation_says_it_once(port, ruth):
    pia, stranger = come_in("Port Authority"), make.person(works_for=make.organisation())
    affiliation, ian = pia.affiliations.get(), come_in("Port Authority", email="ian@port.example")

    for actor in (stranger, pia, ian):
        with not_permitted():
            vouch_for_colleague(actor=actor, affiliation=affiliation)
        with not_permitted():
            disown_colleague(actor=actor, affiliation=affiliation)
    vouch_for_colleague(actor=ruth, affiliation=affiliation)
    with refused("nothing_to_vouch"):
        disown_colleague(actor=ruth, affiliation=affiliation)


def test_who_does_not_work_here_is_disowned(port, ruth):
    pia = come_in("Port Authority")

    disown_colleague(actor=ruth, affiliation=pia.affiliations.get())

    assert not Organisation.objects.employing(pia).exists()
    assert not Affiliation.objects.current().filter(person=pia).exists()


def test_the_colleague_is_asked_on_the_home_page_and_answers_in_the_settings(port, ruth):
    pia = come_in("Port Authority")
    client, address = client_of(ruth), reverse("accounts:vouch", args=[pia.affiliations.get().pk])
    assert "Does Pia work with you?" in client.get("/").content.decode()
    assert address in client.get("/settings/").content.decode()
    assert client_of(pia).post(address).status_code == 404
    assert client_of(make.person()).post(address).status_code == 404

    assert client.post(address).status_code == 302

    assert "Does Pia" not in client.get("/").content.decode()
    assert client.post(address).status_code == 404


def test_a_colleagues_invitation_vouches(port, ruth):
    pia = come_in("Port Authority")
    alliance = make.alliance()
    member = make.member(alliance, organisation=port)
    make.role(ruth, alliance, RoleKind.REPRESENTATIVE, member=member)
    invitation = invite_person(
        actor=ruth, alliance=alliance, member=member, email=pia.email, name="Pia", roles=["representative"]
    )
    assert not pia.affiliations.get().is_vouched

    invitations.accept_invitation(actor=pia, invitation=invitation)

    assert pia.affiliations.get().is_vouched


def test_a_founder_whom_the_operator_invites_needs_nobody(port, ruth):
    operator = make.person(is_staff=True, is_superuser=True)
    invitation = invitations.invite_founder(
        actor=operator, email="new@port.example", name="New", organisation="Port Authority"
    )
    new = make.person(email="new@port.example")
    invitations.accept_invitation(actor=new, invitation=invitation)
    assert new.affiliations.get().is_vouched
