"""Amendments: decided by their class, written in where they opened the record, and in force as the next version."""

import json

import pytest
from django.urls import reverse

from accounts.models import Person
from alliance.models import Alliance, ValueStream
from alliance.services.contributions import promise_contribution, sign_contribution
from alliance.services.interests import add_topic
from alliance.services.value import change_stream
from alliance.states import Area, RoleKind, State
from audit.errors import DomainError
from charter.models import CharterVersion
from charter.reading import dossier_of
from charter.services.amending import WINDOW, close_amendment, open_amendment
from charter.services.dossier import export_dossier, import_dossier
from charter.services.drafting import draft_charter
from charter.services.staging import put_charter_in_force
from charter.states import Template, VersionState
from charter.tasks import move_due_alliances
from governance.models import Decision, DecisionClass, Holding, Officer
from governance.services.ballots import cast_ballot
from governance.services.classes import change_class
from governance.services.committee import change_seat
from governance.services.decisions import draft_decision, give_notice, second_decision
from governance.services.opening import open_voting
from governance.tasks import close_due_decisions
from tests import factories as make
from tests.alliance.pages import client_of
from tests.charter.steps import organiser, told
from tests.refusals import not_permitted, refused
from tests.stories import CANYON, verdict_now
from traits.models import DropNotice
from traits.services.assessments import assess_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def canyon(clock):
    """A chartered alliance whose five traits hold."""
    found = told(CANYON)
    draft_charter(actor=organiser(found), alliance=found, template=Template.DATA_EXCHANGE)
    Alliance.objects.filter(pk=found.pk).update(state=State.ACTIVE, activated_at=clock.read())
    found.refresh_from_db()
    put_charter_in_force(found)
    return found


def held(alliance: Alliance) -> list[Holding]:
    return list(Holding.objects.current().accepted().filter(alliance=alliance).select_related("person").order_by("pk"))


def chair(alliance: Alliance) -> Person:
    return Officer.objects.current().get(alliance=alliance, office="chair").person


def drafted(alliance: Alliance, *areas: str, key: str = "amendment") -> Decision:
    return draft_decision(
        actor=held(alliance)[0].person, alliance=alliance, title="Amend it", motion="What is said here changes.",
        decision_class=DecisionClass.objects.get(alliance=alliance, key=key, retired_at=None),
        effect="amend", effect_data={"areas": list(areas)},
    )  # fmt: skip


def amended(alliance: Alliance, clock, *areas: str) -> Alliance:
    """An amendment that opens these parts is adopted, and takes effect."""
    decision = drafted(alliance, *areas)
    second_decision(actor=held(alliance)[1].person, decision=decision)
    give_notice(actor=chair(alliance), decision=decision)
    clock.move(days=15)
    vote = open_voting(actor=chair(alliance), decision=decision)
    for each in held(alliance):
        cast_ballot(actor=each.person, decision=vote, choice="yes", declared=True, proof=make.proof())
    clock.move(days=8)
    close_due_decisions()
    clock.move(days=15)
    close_due_decisions()
    alliance.refresh_from_db()
    return alliance


def test_it_opens_what_it_names_and_its_end_is_the_next_version(canyon, clock):
    who, stream = organiser(canyon), ValueStream.objects.filter(alliance=canyon).first()
    gaining = [each.member for each in stream.beneficiaries.all()]
    before = CharterVersion.objects.get(alliance=canyon, state=VersionState.IN_FORCE)
    change = {"actor": who, "stream": stream, "beneficiaries": gaining, "steward": stream.steward, "title": "Claims"}
    with refused("under_charter"):
        change_stream(**change)
    amended(canyon, clock, "value", "text")
    with refused("under_charter"):
        add_topic(actor=who, alliance=canyon, name="Other", measure="")

    with refused("under_charter"):
        draft_charter(actor=who, alliance=canyon, template=Template.DATA_EXCHANGE)
    change_stream(**change)
    for stranger in (make.person(), make.holder(canyon, RoleKind.OBSERVER)):
        with not_permitted():
            close_amendment(actor=stranger, alliance=canyon)
    version = close_amendment(actor=who, alliance=canyon)

    before.refresh_from_db()
    assert (before.state, version.state, version.label) == ("superseded", "in_force", "1.1.0")
    assert version.hash != before.hash
    assert "Claims" in version.document
    assert (version.amends, version.signed, version.decision.effect) == (before, before, "amend")
    with refused("under_charter"):
        change_stream(**change | {"title": "Other claims"})
    with refused("no_amendment"):
        close_amendment(actor=who, alliance=canyon)


def test_it_is_for_its_class_and_for_what_there_is(canyon):
    with refused("class_of_amendments"):
        drafted(canyon, "value", key="ordinary")
    for wrong in ([], ["everything"]):
        with refused("areas_missing"):
            drafted(canyon, *wrong)
    forming = make.alliance()
    who = make.organiser(forming)
    with refused("no_charter"):
        draft_decision(
            actor=who, alliance=forming, title="A", motion="B", effect="amend",
            effect_data={"areas": ["value"]},
        )  # fmt: skip


def test_a_duty_that_it_raises_is_signed_first(canyon, clock):
    amended(canyon, clock, "contributions")
    member = canyon.members.admitted().first()
    voice = member.roles.get(kind=RoleKind.REPRESENTATIVE).person
    hand = member.roles.get(kind=RoleKind.SIGNATORY).person
    promised = promise_contribution(actor=voice, member=member, kind="people", description="Two nurses.")
    with refused("duty_unsigned"):
        close_amendment(actor=chair(canyon), alliance=canyon)
    sign_contribution(actor=hand, contribution=promised, proof=make.proof())
    assert close_amendment(actor=chair(canyon), alliance=canyon).minor == 1


def test_the_clock_closes_it(canyon, clock):
    amended(canyon, clock, "interests")
    add_topic(actor=organiser(canyon), alliance=canyon, name="Other", measure="")
    move_due_alliances()
    assert canyon.charter_versions.count() == 1
    clock.move(days=WINDOW.days)
    with refused("under_charter"):
        add_topic(actor=organiser(canyon), alliance=canyon, name="Late", measure="")
    move_due_alliances()
    move_due_alliances()
    canyon.refresh_from_db()
    assert (canyon.amendable, canyon.charter_versions.count()) == ([], 2)


def test_a_drop_that_the_charter_fixes_is_cured_by_it(canyon, clock):
    """The seats' weights lie with one group now; only an amendment changes them, suspended or not."""
    seat = canyon.seats.first()
    canyon.seats.filter(pk=seat.pk).update(weight=9)
    assess_now(actor=organiser(canyon), alliance=canyon)
    assert "G2" in DropNotice.objects.filter(alliance=canyon, closed_at=None).values_list("indicator", flat=True)
    clock.move(days=31)
    move_due_alliances()
    canyon.refresh_from_db()
    assert canyon.state == State.SUSPENDED

    amended(canyon, clock, "committee")
    change_seat(actor=organiser(canyon), seat=seat, label=seat.label, weight=1, member=seat.member)
    close_amendment(actor=chair(canyon), alliance=canyon)

    assert verdict_now(canyon, "G2", "standard") == "pass"
    assess_now(actor=organiser(canyon), alliance=canyon)
    assert not DropNotice.objects.filter(alliance=canyon, closed_at=None, indicator="G2").exists()


def test_only_one_is_written_in_at_a_time(canyon, clock):
    amended(canyon, clock, *Area.values)
    ordinary = DecisionClass.objects.get(alliance=canyon, key="ordinary", retired_at=None)
    change_class(actor=organiser(canyon), decision_class=ordinary, threshold="3/5")
    second = drafted(canyon, "value")
    with pytest.raises(DomainError) as caught:
        open_amendment(second, clock.read())
    assert caught.value.code == "amendment_open"


def test_pages_show_it_and_close_it(canyon, clock):
    who = organiser(canyon)
    text, value = reverse("charter:charter", args=[canyon.slug]), reverse("alliance:value", args=[canyon.slug])
    add = reverse("alliance:add_stream", args=[canyon.slug])
    page = client_of(held(canyon)[0].person).get(f"{reverse('governance:propose', args=[canyon.slug])}?effect=amend")
    assert "What it changes" in page.text
    assert add not in client_of(who).get(value).text
    amended(canyon, clock, "value")
    assert "It is written in" in client_of(who).get(text).text
    assert "Write the amendment in" in client_of(who).get("/").text
    assert add in client_of(who).get(value).text
    reader = make.holder(canyon, RoleKind.OBSERVER)
    assert "It is written in" not in client_of(reader).get(text).text
    assert "amends this charter" in client_of(reader).get(text).text
    assert client_of(who).post(reverse("charter:close_amendment", args=[canyon.slug])).status_code == 302
    version = canyon.charter_versions.get(state=VersionState.IN_FORCE)
    shown = client_of(reader).get(reverse("charter:version", args=[canyon.slug, version.pk])).text
    assert "It amends version 1.0.0; the members signed version 1.0.0." in shown
    assert "signed, " not in shown


def test_versions_travel_with_what_they_amend(canyon, clock):
    amended(canyon, clock, "interests")
    close_amendment(actor=organiser(canyon), alliance=canyon)
    sent = json.loads(export_dossier(canyon, at=clock.read()).model_dump_json())
    again = import_dossier(dossier=dossier_of(sent), slug="again")
    first, second = again.charter_versions.order_by("minor")
    assert (second.amends, second.decision.effect, second.state) == (first, "amend", "void")
