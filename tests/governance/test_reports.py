"""Reports in confidence: what their author, the auditor and everybody else gets to see of them."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.services.invitations import accept_invitation
from alliance.models import Role
from alliance.services.inviting import invite_person
from alliance.states import RoleKind
from governance.selectors.todo import todos_of
from governance.services.independence import report_instruction, settle_report
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make

pytestmark = pytest.mark.django_db
STATEMENTS = 3
TEXT = "My manager told me to agree."


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


@pytest.fixture
def held():
    return make.holding(make.seat(make.alliance()))


def mails() -> dict[str, Any]:
    mail.outbox.clear()
    relay.run()
    return {sent.to[0]: sent for sent in mail.outbox}


def signed_in(client: Client, person: Any) -> Client:
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_auditor_hears_of_a_report_and_the_mail_tells_nothing_of_it(held):
    auditor = make.holder(held.alliance, RoleKind.AUDITOR)
    report_instruction(actor=held.person, seat=held.seat, text=TEXT)
    sent = mails()
    assert list(sent) == [auditor.email]
    said = sent[auditor.email].subject + sent[auditor.email].body
    assert "A report in confidence waits for you" in said
    assert not [secret for secret in (TEXT, held.person.name, held.seat.label) if secret in said]


def test_an_auditor_who_took_a_side_hears_nothing(held):
    auditor = make.holder(held.alliance, RoleKind.AUDITOR)
    Role.objects.create(
        alliance=held.alliance, person=auditor, kind=RoleKind.ORGANISER, granted_at=held.alliance.created_at
    )
    report_instruction(actor=held.person, seat=held.seat, text=TEXT)
    assert mails() == {}


def test_its_author_learns_the_finding_here_and_in_no_mailbox(held, client):
    auditor = make.holder(held.alliance, RoleKind.AUDITOR)
    report = report_instruction(actor=held.person, seat=held.seat, text=TEXT)
    mails()
    settle_report(actor=auditor, report=report, was_instructed=True)
    assert mails() == {}
    assert Notice.objects.filter(person=held.person).count() == 1
    page = signed_in(client, held.person).get(f"/a/{held.alliance.slug}/committee/report/").content.decode()
    assert "What you have reported" in page
    assert "Was told how to vote" in page


def test_nobody_else_sees_that_somebody_has_reported(held, client):
    report_instruction(actor=held.person, seat=held.seat, text=TEXT)
    organiser = make.organiser(held.alliance)
    page = signed_in(client, organiser).get(f"/a/{held.alliance.slug}/committee/report/").content.decode()
    assert "What you have reported" not in page
    assert TEXT not in page


def test_the_form_names_the_holders_and_begins_with_ones_own_seat(held, client):
    make.seat(held.alliance, label="Vacant one")
    page = signed_in(client, held.person).get(f"/a/{held.alliance.slug}/committee/report/").content.decode()
    assert f'<option value="{held.seat_id}" selected>{held.seat.label} – {held.person.name}</option>' in page
    assert ">Vacant one</option>" in page


def test_everybody_hears_who_becomes_auditor_and_reads_reports(held):
    organiser = make.organiser(held.alliance)
    theo = make.person(email="theo@audit.example", name="Theo Marsh")
    invitation = invite_person(
        actor=organiser, alliance=held.alliance, email=theo.email, name=theo.name, roles=[RoleKind.AUDITOR],
        organisation="Plain Audit",
    )  # fmt: skip
    mails()
    accept_invitation(actor=theo, invitation=invitation)
    sent = mails()
    assert set(sent) == {organiser.email, held.person.email}
    assert sent[organiser.email].subject == f"Theo Marsh is auditor of {held.alliance}"
    said = " ".join(sent[organiser.email].body.split())
    assert "An auditor reads such reports, those made before too, and nobody else does." in said


def reports(person: Any, alliance: Any) -> list[str]:
    answer = signed_in(Client(), person).get(f"/api/v1/alliances/{alliance.slug}/committee/reports/")
    assert answer.status_code == 200
    return [each["text"] for each in answer.json()]


def test_a_program_lists_all_to_the_auditor_and_to_others_their_own(held):
    auditor, organiser = make.holder(held.alliance, RoleKind.AUDITOR), make.organiser(held.alliance)
    report_instruction(actor=held.person, seat=held.seat, text=TEXT)
    report_instruction(actor=organiser, seat=held.seat, text="I heard of it too.")
    assert reports(auditor, held.alliance) == [TEXT, "I heard of it too."]
    assert reports(held.person, held.alliance) == [TEXT]
    assert reports(organiser, held.alliance) == ["I heard of it too."]
    assert reports(make.holder(held.alliance, RoleKind.COUNSEL), held.alliance) == []


def waiting(person: Any, at: Any) -> list[str]:
    return [todo.where for todo in todos_of(person, at) if todo.verb == "Read"]


def test_a_report_waits_for_who_may_read_it(held, clock, django_assert_num_queries):
    auditor, at = make.holder(held.alliance, RoleKind.AUDITOR), clock.read()
    with django_assert_num_queries(STATEMENTS):
        assert waiting(auditor, at) == []
    for _each in range(3):
        report_instruction(actor=held.person, seat=held.seat, text=TEXT)
    with django_assert_num_queries(STATEMENTS):
        assert waiting(auditor, at) == [held.alliance.name] * 3
    assert waiting(held.person, at) == []


def takes_a_seat(auditor: Any, alliance: Any) -> None:
    make.holding(make.seat(alliance), auditor)


def organises(auditor: Any, alliance: Any) -> None:
    make.role(auditor, alliance, RoleKind.ORGANISER)


def works_for_a_member(auditor: Any, alliance: Any) -> None:
    make.affiliation(auditor, make.member(alliance).organisation)


@pytest.mark.parametrize("side", [takes_a_seat, organises])
def test_no_report_waits_for_an_auditor_who_took_a_side(held, side, clock):
    auditor = make.holder(held.alliance, RoleKind.AUDITOR)
    side(auditor, held.alliance)
    report_instruction(actor=held.person, seat=held.seat, text=TEXT)
    assert waiting(auditor, clock.read()) == []
    assert reports(auditor, held.alliance) == []


def test_no_report_waits_for_an_auditor_who_works_for_a_member_and_the_alliance_is_not_there(held, clock):
    auditor = make.holder(held.alliance, RoleKind.AUDITOR)
    works_for_a_member(auditor, held.alliance)
    report_instruction(actor=held.person, seat=held.seat, text=TEXT)

    answer = signed_in(Client(), auditor).get(f"/api/v1/alliances/{held.alliance.slug}/committee/reports/")

    assert waiting(auditor, clock.read()) == []
    assert answer.status_code == 404
