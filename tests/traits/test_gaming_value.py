"""Interests and value: what somebody would try through commands who would rather be told yes.

They refuse, or the reading gets no better. On Canyon's alliance, told as of now, which passes in every row.
"""

from decimal import Decimal

import pytest

from accounts.models import Person, guest
from accounts.services.invitations import accept_invitation
from accounts.services.organisations import register_organisation
from alliance import sealing
from alliance.models import Alliance, Member, Topic, ValueStream, Worksheet
from alliance.services import control, founding, interests, inviting, legacy, value, worksheets
from alliance.states import RoleKind
from audit import clock
from tests import factories as make
from tests.charter.steps import told
from tests.refusals import not_permitted, refused
from tests.stories import CANYON, verdict_now
from traits.gate import read
from traits.mending.steps import steps_of
from traits.selectors.coverage import coverage_of
from traits.selectors.reading import evidence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def canyon() -> Alliance:
    return told(CANYON)


def _person(name: str) -> Person:
    return Person.objects.get(name=name)


def _member(of: Alliance, name: str) -> Member:
    return of.members.get(organisation__name=name)


# -- Multiple interests, self-interest ------------------------------------------------------------------------------
def test_a_party_that_the_organiser_left_out_is_not_waved_away(canyon):
    organiser = _person("Irene Vance")
    added = founding.add_affected_party(actor=_person("Nora Quinn"), alliance=canyon, name="Carers")
    assert verdict_now(canyon, "M4") == "fail"
    with refused("neither_member_nor_reason"):
        founding.explain_affected_party(actor=organiser, party=added, member=None, reason_absent=" ")


def test_one_who_organises_enters_no_interest_of_another_group(canyon):
    """The organiser works for the convener, and invites an organisation by their own address."""
    organiser = _person("Irene Vance")
    given = {"organisation": "Puppet Insurance", "category": "broker", "participation": "voting", "name": "Irene"}
    puppet = inviting.invite_member(
        actor=organiser, alliance=canyon, email=organiser.email, roles=["representative"], **given
    )
    with refused("organises"):
        accept_invitation(actor=organiser, invitation=puppet.invitations.get().invitation)


def test_words_that_the_organiser_changed_are_not_what_a_member_confirmed(canyon):
    for number, topic in enumerate(Topic.objects.filter(alliance=canyon)):
        interests.change_topic(
            actor=_person("Irene Vance"), topic=topic, name=f"Whatever suits us {number}", measure="We will see."
        )
    assert {verdict_now(canyon, each) for each in ("S1", "M5")} <= {"fail", "no_data"}


def test_what_is_spelled_otherwise_only_stays_confirmed(canyon):
    for topic in Topic.objects.filter(alliance=canyon):
        interests.change_topic(
            actor=_person("Irene Vance"), topic=topic, name=topic.name.upper(), measure=f" {topic.measure}  "
        )
    assert {verdict_now(canyon, each) for each in ("S1", "M5")} == {"pass"}


def test_words_do_not_outweigh_figures_that_lose(canyon):
    member, voice = _member(canyon, "Northgate Health"), _person("Maya Lindholm")
    small, large = sealing.Range(1, 1, 1), sealing.Range(9, 9, 9)
    losing = sealing.Figures("USD", small, large, small, "Our books.")
    worksheets.seal_worksheet(actor=voice, member=member, figures=losing, proof=make.proof())
    assert verdict_now(canyon, "S2", "standard") == "fail"
    words = {"actor": voice, "member": member, "statement": "We are better off.", "proof": make.proof()}
    with refused("worksheet_stands"):
        worksheets.sign_statement(**words)
    Worksheet.objects.filter(member=member).update(reopened_at=clock.read())
    worksheets.sign_statement(**words)
    assert verdict_now(canyon, "S2", "standard") == "fail"


def test_a_steward_who_has_left_keeps_nothing(canyon):
    """Another is named, by who organises; the step says so."""
    assert verdict_now(canyon, "V1") == "pass"
    _person("Samuel Okoro").roles.update(revoked_at=clock.read())
    _person("Ingrid Falk").roles.update(revoked_at=clock.read())
    assert {each: verdict_now(canyon, each) for each in ("V1", "V3", "V5")} == dict.fromkeys(("V1", "V3", "V5"), "fail")
    judged = {each.indicator.id: each for each in read(evidence_of(canyon, at=clock.read())).judged}
    evidence = evidence_of(canyon, at=clock.read())
    profile = canyon.profile
    assert {steps_of(judged[each], evidence, profile)[0].act for each in ("V1", "V3", "V5")} == {"name_steward"}


def test_an_interest_is_met_once_its_steward_says_so(canyon):
    member, voice = _member(canyon, "Northgate Health"), _person("Maya Lindholm")
    wanted = Topic.objects.get(alliance=canyon, name="Patient app")
    interests.state_position(actor=voice, member=member, topic=wanted, stance=2, salience=100)
    stream = ValueStream.objects.get(alliance=canyon, title="Open claims standard")
    link = value.link_interest(actor=voice, stream=stream, member=member, topic=wanted)
    for hopeful in (voice, _person("Irene Vance")):
        with not_permitted():
            value.accept_interest_link(actor=hopeful, link=link)
    assert verdict_now(canyon, "S3") == "fail"


def test_figures_are_not_found_out_by_trying(canyon):
    """S5 names nobody, counts nobody, and a second worksheet has to wait."""
    member, voice = _member(canyon, "Northgate Health"), _person("Maya Lindholm")
    huge = sealing.Range(9_000_000_000, 9_000_000_000, 9_000_000_000)
    tried = {"actor": voice, "member": member, "figures": sealing.Figures("USD", huge, huge, huge, "Our books.")}
    worksheets.seal_worksheet(**tried, proof=make.proof())
    found = next(
        each.finding for each in read(evidence_of(canyon, at=clock.read())).judged if each.indicator.id == "S5"
    )
    assert (str(found.verdict), found.figure, found.subjects) == ("warn", "sealed", ())
    with refused("worksheet_stands"):
        worksheets.seal_worksheet(**tried, proof=make.proof())


def test_a_reserved_veto_is_the_members_own_to_give_up(canyon):
    member, voice, organiser = _member(canyon, "Northgate Health"), _person("Maya Lindholm"), _person("Irene Vance")
    power = control.reserve_power(actor=voice, member=member, domain="data", text="Our files.", sole_veto=True)
    with not_permitted():
        control.release_power(actor=organiser, power=power)
    with not_permitted():
        control.reserve_power(actor=organiser, member=member, domain="data", text="Theirs.", sole_veto=True)


# -- In confidence --------------------------------------------------------------------------------------------------
def test_what_was_said_in_confidence_moves_no_reading_of_differences(canyon):
    """A secret stance would be told by the number of topics that divide, or by whom a link serves."""
    topic, voice = Topic.objects.get(alliance=canyon, name="Claims format"), _person("Maya Lindholm")
    before = _figure(canyon, "M6")
    said = {"actor": voice, "member": _member(canyon, "Northgate Health"), "topic": topic, "salience": 100}
    for stance in (-2, 2):
        interests.state_position(**said, stance=stance, is_confidential=True)
        assert _figure(canyon, "M6") == before


def test_a_link_does_not_ask_what_was_said_in_confidence(canyon):
    member, voice = _member(canyon, "Northgate Health"), _person("Maya Lindholm")
    for topic in Topic.objects.filter(alliance=canyon):
        stance = 2 if topic.name == "Patient app" else -1
        interests.state_position(
            actor=voice, member=member, topic=topic, stance=stance, salience=90, is_confidential=True
        )
    assert verdict_now(canyon, "S3") == "pass"
    line = next(each for each in coverage_of(canyon, guest()) if each.member == str(member))
    assert (line.wants, line.is_confidential, bool(line.benefit)) == (None, True, True)
    stream = ValueStream.objects.get(alliance=canyon, title="Open claims standard")
    with not_permitted():
        value.link_interest(actor=_person("Irene Vance"), stream=stream, member=member, topic=topic)


def _figure(alliance: Alliance, indicator: str) -> str:
    found = read(evidence_of(alliance, at=clock.read())).judged
    return next(each.finding.figure for each in found if each.indicator.id == indicator)


# -- Value ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def stream(canyon) -> ValueStream:
    return ValueStream.objects.get(alliance=canyon, title="Open claims standard")


def test_a_steward_who_is_only_named_keeps_nothing(canyon):
    organiser, named = _person("Irene Vance"), _person("Nora Quinn")
    for each in ValueStream.objects.filter(alliance=canyon):
        gaining = [row.member for row in each.beneficiaries.all()]
        value.change_stream(actor=organiser, stream=each, beneficiaries=gaining, steward=named)
        with not_permitted():
            value.accept_stewardship(actor=organiser, stream=each)
    assert verdict_now(canyon, "V1") == "fail"


def test_nobody_vouches_for_a_figure_that_they_entered(canyon, stream):
    """The steward is of another group; one person organises, and speaks for a member."""
    voice = _person("Maya Lindholm")
    make.role(voice, canyon, RoleKind.ORGANISER)
    value.set_baseline(
        actor=voice, stream=stream, metric=stream.metric, unit=stream.unit, baseline=Decimal(99),
        baseline_on=stream.baseline_on, source="A guess",
    )  # fmt: skip
    with refused("not_second"):
        value.verify_baseline(actor=voice, stream=stream, member=_member(canyon, "Northgate Health"))


def test_a_steward_does_not_succeed_by_a_foundation_of_their_own(canyon, stream):
    steward = stream.steward
    stream.durable_forms.all().delete()
    register_organisation(actor=steward, name="Foundation for Good")
    form = legacy.add_durable_form(
        actor=_person("Irene Vance"), stream=stream, form="fund", description="A fund", successor="Foundation for Good"
    )
    legacy.accept_succession(actor=steward, form=form, acceptance="We keep it.")
    assert {verdict_now(canyon, each) for each in ("V3", "V5")} == {"fail"}
