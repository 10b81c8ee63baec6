"""The way to a charter: no door leads past a missing trait."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Person
from accounts.rules import Proof
from alliance.models import Alliance, Position, Role
from alliance.services.interests import state_position
from alliance.services.locking import require_writable
from alliance.services.membership import record_relation
from alliance.states import MOVES, RelationKind, RoleKind, State
from audit import clock as time
from audit.errors import DomainError, NotPermitted, ProofStale
from audit.models import Event
from charter.models import Charter, CharterVersion, Signature
from charter.services import drafting, lifecycle, ratification
from charter.services.dossier import Standing, import_dossier
from charter.shifting import shift
from charter.states import Section, SigningRule, Template, VersionState
from governance import effects
from governance.models import Decision, Holding, Officer
from governance.services.holders import leave_seat
from tests.stories import CANYON, CODEC, HARBOUR, dossier, story
from traits.models import Assessment
from traits.services.acknowledgements import acknowledge_warning

pytestmark = pytest.mark.django_db


def told(slug: str, change=None) -> Alliance:
    """An illustrative alliance as of now, witnessed, forming."""
    document = story(slug)
    if change:
        change(document)
    taken = dossier(document)
    taken = shift(taken, time.read() - taken.as_of)
    alliance = import_dossier(dossier=taken, standing=Standing(witnessed=True, is_illustrative=True))
    Alliance.objects.filter(pk=alliance.pk).update(state=State.FORMING, activated_at=None)
    alliance.refresh_from_db()
    return alliance


def organiser(alliance: Alliance) -> Person:
    return Role.objects.get(alliance=alliance, kind=RoleKind.ORGANISER).person


def chair(alliance: Alliance) -> Person:
    return Officer.objects.get(alliance=alliance).person


def proof() -> Proof:
    return Proof("password", time.read())


def drafted(alliance: Alliance) -> Charter:
    return drafting.draft_charter(actor=organiser(alliance), alliance=alliance, template=Template.DATA_EXCHANGE)


def offered(alliance: Alliance) -> CharterVersion:
    """The charter, open for signing."""
    charter = drafted(alliance)
    lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    ratification.propose_ratification(actor=organiser(alliance), charter=charter)
    return ratification.begin_ratifying(actor=chair(alliance), charter=charter)


def sign(version: CharterVersion, role: Role, **given) -> Signature:
    values = {"hash": version.hash, "proof": proof(), **given}
    return ratification.sign_charter(actor=role.person, version=version, member=role.member, **values)


def signatories(alliance: Alliance) -> list[Role]:
    return list(Role.objects.filter(alliance=alliance, kind=RoleKind.SIGNATORY).order_by("pk"))


def state_of(alliance: Alliance) -> str:
    return Alliance.objects.get(pk=alliance.pk).state


def test_from_forming_to_active_by_the_last_signature():
    alliance = told(CANYON)
    version = offered(alliance)
    roles = signatories(alliance)
    for role in roles[:-1]:
        sign(version, role)
    assert state_of(alliance) == State.RATIFYING
    sign(version, roles[-1])
    assert state_of(alliance) == State.ACTIVE
    version.refresh_from_db()
    assert version.state == VersionState.IN_FORCE
    assert not alliance.decision_classes.filter(is_founding=True, retired_at=None).exists()
    assert Assessment.objects.filter(alliance=alliance, why="to_active", gate=True).count() == 1
    verbs = list(Event.objects.filter(stream=alliance.pk).order_by("seq").values_list("verb", flat=True))
    assert verbs.count("charter.version.signed") == 7
    assert verbs[-1] == "charter.alliance.active"


def test_an_alliance_with_a_trait_missing_is_not_declared_ready():
    alliance = told(HARBOUR)
    with pytest.raises(DomainError) as refused:
        lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    assert refused.value.code == "traits_missing"
    assert "V1" in refused.value.sentence
    assert state_of(alliance) == State.FORMING
    assert not Event.objects.filter(stream=alliance.pk, verb="charter.alliance.ready").exists()


def test_a_trait_that_drops_after_ready_stops_the_opening_for_signing():
    alliance = told(CANYON)
    charter = drafted(alliance)
    lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    ratification.propose_ratification(actor=organiser(alliance), charter=charter)
    alliance.counsel_reviews.update(cleared=False)
    with pytest.raises(DomainError) as refused:
        ratification.begin_ratifying(actor=chair(alliance), charter=charter)
    assert refused.value.code == "traits_missing"
    assert not CharterVersion.objects.filter(alliance=alliance).exists()
    lifecycle.recheck_ready(alliance=alliance)
    assert state_of(alliance) == State.FORMING


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
        require_writable(alliance)
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
    assert Role.objects.filter(person=missing.person, kind=RoleKind.OBSERVER, revoked_at=None).exists()


def test_the_convener_takes_the_charter_back():
    alliance = told(CANYON)
    version = offered(alliance)
    sign(version, signatories(alliance)[0])
    ratification.withdraw_ratification(actor=organiser(alliance), alliance=alliance)
    version.refresh_from_db()
    assert (state_of(alliance), version.state) == (State.FORMING, VersionState.VOID)
    assert Signature.objects.count() == 1


def test_the_chair_opens_and_only_on_a_proposal():
    alliance = told(CANYON)
    charter = drafted(alliance)
    lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    with pytest.raises(NotPermitted):
        ratification.begin_ratifying(actor=organiser(alliance), charter=charter)
    with pytest.raises(DomainError) as refused:
        ratification.begin_ratifying(actor=chair(alliance), charter=charter)
    assert refused.value.code == "not_proposed"


def test_no_state_is_reached_but_by_a_known_move():
    alliance = told(CANYON)
    for to in set(State) - MOVES[State.FORMING]:
        with pytest.raises(DomainError):
            lifecycle.move(alliance, to, at=time.read())
    assert state_of(alliance) == State.FORMING


def test_a_warning_is_accepted_by_the_chair_with_a_reason():
    alliance = told(CODEC, lambda document: document.update(acknowledgements=[]))
    with pytest.raises(DomainError):
        lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    with pytest.raises(NotPermitted):
        acknowledge_warning(actor=organiser(alliance), alliance=alliance, indicator="G2", reason="Known.")
    with pytest.raises(DomainError):
        acknowledge_warning(actor=chair(alliance), alliance=alliance, indicator="G2", reason=" ")
    with pytest.raises(DomainError):
        acknowledge_warning(actor=chair(alliance), alliance=alliance, indicator="M1", reason="Passes.")
    for indicator in ("G2", "M3"):
        acknowledge_warning(actor=chair(alliance), alliance=alliance, indicator=indicator, reason="Known.")
    lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    assert state_of(alliance) == State.READY


def test_a_failure_cannot_be_acknowledged():
    alliance = told(HARBOUR)
    port = Officer.objects.filter(alliance=alliance)
    assert not port.exists()
    Officer.objects.create(alliance=alliance, office="chair", person=organiser(alliance), starts_at=time.read())
    with pytest.raises(DomainError):
        acknowledge_warning(actor=organiser(alliance), alliance=alliance, indicator="V1", reason="We go on anyway.")


def test_sections_know_their_fields():
    alliance = told(CANYON)
    charter = drafted(alliance)
    assert charter.sections.count() == len(Section) == 20
    with pytest.raises(DomainError) as refused:
        drafting.write_section(
            actor=organiser(alliance), charter=charter, key=Section.SCOPE, text="{{ alliance.password }}"
        )
    assert refused.value.field == "text"
    drafting.write_section(
        actor=organiser(alliance), charter=charter, key=Section.SCOPE, text="Only {{ alliance.name }}."
    )
    charter.refresh_from_db()
    assert "Only Canyon Claims Exchange." in charter.composed


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


def test_the_admin_cannot_move_an_alliance(admin_client: Client):
    alliance = told(HARBOUR)
    path = f"/admin/alliance/alliance/{alliance.pk}/change/"
    admin_client.post(path, {"state": "active", "name": "X"})
    assert state_of(alliance) == State.FORMING


def test_the_page_says_what_blocks_and_moves_nothing(client: Client):
    alliance = told(HARBOUR)
    client.force_login(organiser(alliance), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/a/{alliance.slug}/moves/ready/")
    assert answer.status_code == 422
    assert "V1" in answer.content.decode()
    assert state_of(alliance) == State.FORMING


def test_the_template_that_members_chose_binds_and_a_vote_for_the_same_keeps_what_is_written():
    alliance = told(CANYON)
    charter = drafting.draft_charter(actor=organiser(alliance), alliance=alliance, template=Template.STANDARDS_BODY)
    kept = drafting.write_section(actor=organiser(alliance), charter=charter, key=Section.SCOPE, text="Claims only.")
    vote = Decision.objects.filter(alliance=alliance).first()
    Decision.objects.filter(pk=vote.pk).update(
        effect="choose_template", effect_data={"template": Template.STANDARDS_BODY}, took_effect_at=time.read()
    )
    vote.refresh_from_db()
    effects.find("choose_template").run(vote, time.read())
    assert charter.sections.get(key=Section.SCOPE).text == kept.text
    with pytest.raises(DomainError) as refused:
        drafting.draft_charter(actor=organiser(alliance), alliance=alliance, template=Template.SHARED_INVESTMENT)
    assert refused.value.code == "template_chosen"
    assert Charter.objects.get(alliance=alliance).template == Template.STANDARDS_BODY


@pytest.mark.parametrize("slip", ["{{ Alliance.Name }}", "{{alliance name}}", "{{ alliance.name", "{{}}"])
def test_a_malformed_field_is_refused_and_nothing_is_written(slip):
    alliance = told(CANYON)
    charter = drafting.draft_charter(actor=organiser(alliance), alliance=alliance, template=Template.STANDARDS_BODY)
    before = charter.sections.get(key=Section.SCOPE).text
    with pytest.raises(DomainError) as refused:
        drafting.write_section(actor=organiser(alliance), charter=charter, key=Section.SCOPE, text=f"Of {slip}")
    assert refused.value.code == "unknown_field"
    assert charter.sections.get(key=Section.SCOPE).text == before
