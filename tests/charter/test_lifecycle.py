"""The way to a charter: no door leads past a missing trait."""

import pytest
from django.test import Client

from alliance.states import MOVES, State
from audit import clock as time
from audit.errors import DomainError, NotPermitted
from audit.models import Event
from charter.models import Charter, CharterVersion
from charter.selectors.composition import compose, known_fields
from charter.services import drafting, lifecycle, ratification
from charter.states import Section, Template, VersionState
from charter.values import FIELDS, merge_values
from governance import effects
from governance.models import Decision, Officer
from tests.charter.steps import chair, drafted, offered, organiser, sign, signatories, state_of, told
from tests.stories import CANYON, CODEC, HARBOUR, dossier, story
from traits.models import Assessment
from traits.services.acknowledgements import acknowledge_warning

pytestmark = pytest.mark.django_db


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


def test_the_default_text_reads_as_the_pages_do():
    alliance = told(CANYON)
    composed = "\n".join(section.text for section in compose(drafted(alliance)).sections)
    assert "**Ordinary**: The committee, vote, more than half of the votes cast; quorum" in composed
    assert "at least two thirds of all who may vote; quorum" in composed
    assert "- Chair: " in composed
    assert "Northgate Health: 120,000\u00a0USD: Yearly share" in composed
    assert "1/2" not in composed
    assert "'" not in composed
    document = story(CODEC)
    parts = dossier(document)
    values = merge_values(parts, parts, signing_rule="")
    assert values["members.public"] == "Nobody takes part as a public participant."


def test_every_field_has_words_and_a_value():
    parts = dossier(story(CODEC))
    assert sorted(FIELDS) == sorted(known_fields()) == sorted(merge_values(parts, parts, signing_rule=""))


def test_one_is_told_as_one_and_what_is_not_set_is_not_told():
    document = dossier(story(CODEC))
    classes = [each.model_copy(update={"open_days": 1, "notice_days": None}) for each in document.classes]
    terms = document.committee.model_copy(update={"term_months": 1, "term_limit": 1})
    head = document.alliance.model_copy(update={"exit_notice_days": 1, "term_months": 1})
    parts = document.model_copy(update={"classes": classes, "committee": terms, "alliance": head})
    values = merge_values(parts, parts, signing_rule="")
    assert values["alliance.exit_notice"] == "1 day"
    assert values["alliance.term"] == "for 1 month"
    assert values["committee.term"] == "1 month"
    assert values["committee.limit"] == "at most 1 term in a row"
    assert "; open for 1 day\n" in values["classes.list"]
    assert "–" not in values["classes.list"]


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
