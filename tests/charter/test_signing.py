"""Signing the charter: whose signature binds, to which text, and what ends it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.rules import Proof
from alliance.models import Position, Role
from alliance.services.interests import state_position
from alliance.services.locking import require_writable
from alliance.services.membership import record_relation
from alliance.states import Area, RelationKind, RoleKind, State
from audit import clock as time
from audit.errors import DomainError, NotPermitted, ProofStale
from charter.models import Charter, CharterVersion, Signature
from charter.services import drafting, lifecycle, ratification
from charter.states import SigningRule, VersionState
from governance.models import Holding
from governance.selectors.holders import holders_of
from governance.services.holders import leave_seat
from tests.alliance.pages import client_of
from tests.charter.steps import chair, drafted, offered, organiser, proof, sign, signatories, state_of, told
from tests.stories import CANYON
from traits.models import Assessment

pytestmark = pytest.mark.django_db


def test_the_gate_is_asked_again_on_those_who_signed():
    alliance = told(CANYON)
    version = offered(alliance)
    roles = signatories(alliance)
    for role in roles[:-1]:
        sign(version, role)
    Position.objects.filter(topic__alliance=alliance).update(confirmed_at=version.frozen_at - timedelta(days=400))
    sign(version, roles[-1])
    assert state_of(alliance) == State.RATIFYING
    assert not CharterVersion.objects.filter(alliance=alliance, state=VersionState.IN_FORCE).exists()


def test_the_page_says_what_keeps_a_signed_charter_from_being_in_force():
    alliance = told(CANYON)
    version = offered(alliance)
    roles = signatories(alliance)
    page = reverse("charter:signing", args=[alliance.slug])
    positions = Position.objects.filter(topic__alliance=alliance)
    confirmed = {each.pk: each.confirmed_at for each in positions}
    positions.update(confirmed_at=version.frozen_at - timedelta(days=400))
    for role in roles[:-1]:
        sign(version, role)
    assert "not in force yet" not in client_of(organiser(alliance)).get(page).content.decode()

    sign(version, roles[-1])

    told_why = client_of(organiser(alliance)).get(page).content.decode()
    assert "Signed, and not in force yet" in told_why
    assert "has not said what it wants" in told_why
    for pk, at in confirmed.items():
        Position.objects.filter(pk=pk).update(confirmed_at=at)
    ratification.settle_ratification(alliance=alliance)
    assert state_of(alliance) == State.ACTIVE
    assert "not in force yet" not in client_of(organiser(alliance)).get(page).content.decode()


def test_a_text_that_changed_meanwhile_collects_no_signature_and_voids_those_it_has():
    alliance = told(CANYON)
    version = offered(alliance)
    roles = signatories(alliance)
    for role in roles[:-1]:
        sign(version, role)
    holding = Holding.objects.current().accepted().filter(alliance=alliance).order_by("pk").first()
    leave_seat(actor=holding.person, holding=holding)
    with pytest.raises(DomainError) as refused:
        sign(version, roles[-1])
    assert (refused.value.code, version.signatures.count()) == ("text_changed", 6)
    ratification.settle_ratification(alliance=alliance)
    version.refresh_from_db()
    assert (state_of(alliance), version.state, version.void_reason) == (
        State.FORMING,
        VersionState.VOID,
        "text_changed",
    )
    assert Charter.objects.get(alliance=alliance).proposed_at is None
    assert version.signatures.count() == 6


def test_no_relation_is_recorded_while_it_is_signed():
    alliance = told(CANYON)
    offered(alliance)
    first, second = alliance.members.order_by("pk")[:2]
    with pytest.raises(DomainError) as refused:
        record_relation(actor=organiser(alliance), first=first, second=second, kind=RelationKind.SUPPLIES)
    assert refused.value.code == "charter_being_signed"


def test_while_it_is_signed_the_record_stands():
    alliance = told(CANYON)
    offered(alliance)
    alliance.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        require_writable(alliance, Area.VALUE)
    assert refused.value.code == "charter_being_signed"
    role = Role.objects.filter(alliance=alliance, kind=RoleKind.REPRESENTATIVE).first()
    state_position(actor=role.person, member=role.member, topic=alliance.topics.first(), stance=1, salience=60)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"hash": "0" * 64}, DomainError),
        ({"proof": None}, ProofStale),
    ],
)
def test_a_signature_that_does_not_bind_is_refused(given, error):
    alliance = told(CANYON)
    version = offered(alliance)
    with pytest.raises(error):
        sign(version, signatories(alliance)[0], **given)
    assert not Signature.objects.exists()


def test_an_old_proof_does_not_sign():
    alliance = told(CANYON)
    version = offered(alliance)
    with pytest.raises(ProofStale):
        sign(version, signatories(alliance)[0], proof=Proof("password", time.read() - timedelta(minutes=6)))
    assert not Signature.objects.exists()


def test_only_the_members_own_signatory_signs_and_only_once():
    alliance = told(CANYON)
    version = offered(alliance)
    first, second = signatories(alliance)[:2]
    with pytest.raises(NotPermitted):
        ratification.sign_charter(
            actor=first.person, version=version, member=second.member, hash=version.hash, proof=proof()
        )
    sign(version, first)
    with pytest.raises(DomainError) as refused:
        sign(version, first)
    assert refused.value.code == "signed_already"
    assert Signature.objects.count() == 1


def test_after_the_deadline_the_alliance_is_forming_again(clock):
    alliance = told(CANYON)
    version = offered(alliance)
    sign(version, signatories(alliance)[0])
    clock.move(days=14)
    with pytest.raises(DomainError):
        sign(version, signatories(alliance)[1])
    ratification.settle_ratification(alliance=alliance)
    version.refresh_from_db()
    assert (state_of(alliance), version.void_reason) == (State.FORMING, "deadline")


def test_three_quarters_are_enough_at_the_deadline_and_the_others_become_observers(clock):
    alliance = told(CANYON)
    charter = drafted(alliance)
    drafting.set_signing_terms(
        actor=organiser(alliance), charter=charter, signing_rule=SigningRule.THREE_QUARTERS, notice_days=14
    )
    lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    charter.refresh_from_db()
    ratification.propose_ratification(actor=organiser(alliance), charter=charter)
    version = ratification.begin_ratifying(actor=chair(alliance), charter=charter)
    roles = signatories(alliance)
    missing = next(role for role in roles if role.member.organisation.name == "Valley Clinics Network")
    for role in roles:
        if role != missing:
            sign(version, role)
    assert state_of(alliance) == State.RATIFYING
    clock.move(days=14)
    ratification.settle_ratification(alliance=alliance)
    missing.refresh_from_db()
    assert state_of(alliance) == State.ACTIVE
    assert missing.revoked_at is not None
    assert not alliance.seats.standing().filter(member=missing.member).exists()
    assert {each["id"]: each["figure"] for each in Assessment.objects.latest_of(alliance).indicators}["G1"].startswith(
        "6 of 6"
    )
    assert len(holders_of(alliance, time.read())) == len(roles) - 1
    assert Role.objects.filter(person=missing.person, kind=RoleKind.OBSERVER, revoked_at=None).exists()


@pytest.mark.parametrize(("silent", "key"), [("State Health Office", "V1"), ("Valley Clinics Network", "G7")])
def test_what_only_others_hold_does_not_bring_it_into_force(clock, silent, key):
    """A steward’s role, and the chair’s seat, end with a member that does not sign: the gate is read without them."""
    alliance = told(CANYON)
    member = alliance.members.get(organisation__name=silent)
    if key == "V1":
        alliance.streams.update(steward=member.roles.get(kind=RoleKind.REPRESENTATIVE).person)
    else:
        held = Holding.objects.current().get(seat__member=member)
        alliance.officers.filter(office="chair").update(person=held.person)
    charter = drafted(alliance)
    drafting.set_signing_terms(
        actor=organiser(alliance), charter=charter, signing_rule=SigningRule.THREE_QUARTERS, notice_days=14
    )
    lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    charter.refresh_from_db()
    ratification.propose_ratification(actor=organiser(alliance), charter=charter)
    version = ratification.begin_ratifying(actor=chair(alliance), charter=charter)
    for role in signatories(alliance):
        if role.member != member:
            sign(version, role)
    clock.move(days=14)
    ratification.settle_ratification(alliance=alliance)
    member.refresh_from_db()
    assert state_of(alliance) == State.FORMING
    assert member.state == "admitted"
    assert Holding.objects.current().filter(seat__member=member).exists()


def test_the_convener_takes_the_charter_back():
    alliance = told(CANYON)
    version = offered(alliance)
    sign(version, signatories(alliance)[0])
    ratification.withdraw_ratification(actor=organiser(alliance), alliance=alliance)
    version.refresh_from_db()
    assert (state_of(alliance), version.state) == (State.FORMING, VersionState.VOID)
    assert Signature.objects.count() == 1


def test_a_signature_is_never_changed():
    from django.db import DatabaseError, transaction

    alliance = told(CANYON)
    version = offered(alliance)
    sign(version, signatories(alliance)[0])
    for act in (
        lambda: Signature.objects.update(mandate="none"),
        lambda: Signature.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Signature.objects.get().mandate
