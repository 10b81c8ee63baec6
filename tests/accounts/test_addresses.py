"""An account's one address: who may change it, who is told, and what others' claims on it are worth."""

import re
from importlib import import_module
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.doors import SIGN_INS
from accounts.models import Invitation, Person
from accounts.services.invitations import token_of
from accounts.services.people import change_address
from alliance.services.inviting import invite_person
from alliance.states import RoleKind
from audit.errors import DomainError
from audit.models import Event
from tests import factories
from tests.accounts.entering import NEW_SECRET, SECRET, sign_in

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/accounts/email/"
CODE_PAGE = "/accounts/confirm-email/"
IDA, LENA, MARK, FREE = "ida@aria.example", "lena@canyon.example", "mark@lines.example", "newguy@corp.example"


@pytest.fixture(autouse=True)
def fresh(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ACCOUNT_RATE_LIMITS = False
    mail.outbox = []


@pytest.fixture
def ida() -> Person:
    return factories.person("Ida Holm", email=IDA, password=SECRET)


@pytest.fixture
def lena() -> Person:
    return factories.person("Lena Brandt", email=LENA, password=SECRET)


@pytest.fixture
def mark() -> Person:
    return factories.person("Mark Ellison", email=MARK, password="quite another secret")


def opens(email: str, password: str) -> str | None:
    """Whose account this address and password open."""
    found = sign_in(email, password).session.get("_auth_user_id")
    return Person.objects.get(pk=found).email if found else None


def asks_for(client: Client, email: str) -> Any:
    return client.post(PAGE, {"action_add": "", "email": email})


def mails_to(email: str) -> list[Any]:
    return [sent for sent in mail.outbox if sent.to == [email]]


def code_sent_to(email: str) -> str:
    return re.search(r"^[B-Z]{4}-[B-Z]{4}$", mails_to(email)[-1].body, re.MULTILINE).group()


def addresses() -> set[tuple[str, str, bool, bool]]:
    return {(each.user.email, each.email, each.verified, each.primary) for each in EmailAddress.objects.all()}


def invited(email: str) -> Invitation:
    alliance = factories.alliance("Harbour Zero")
    return invite_person(
        actor=factories.organiser(alliance),
        alliance=alliance,
        email=email,
        name="New Guy",
        roles=[RoleKind.COUNSEL],
        organisation="Corp",
    )


# -- An open session ------------------------------------------------------------------------------------------------
def test_a_session_whose_proof_is_old_changes_no_address(ida: Person, clock: Any) -> None:
    client = sign_in(IDA)
    clock.move(minutes=26)
    assert client.get(PAGE)["Location"] == f"/accounts/reauthenticate/?next={PAGE.replace('/', '%2F')}"
    for action in ("action_add", "action_send", "action_primary", "action_remove"):
        answer = client.post(PAGE, {action: "", "email": "thief@evil.example"})
        assert (answer.status_code, "/accounts/reauthenticate/" in answer.content.decode()) == (403, True)
    assert client.get(CODE_PAGE).status_code == 302
    assert mail.outbox == []
    assert addresses() == {(IDA, IDA, True, True)}


def test_a_session_without_a_password_shown_changes_no_address(ida: Person) -> None:
    client = Client()
    client.force_login(ida, backend=BACKEND)
    assert asks_for(client, "thief@evil.example").status_code == 403
    session = client.session
    session[SIGN_INS] = [{"method": "mail", "at": 4e9, "reauthenticated": True}]
    session.save()
    assert asks_for(client, "thief@evil.example").status_code == 403
    assert mail.outbox == []


def test_a_wrong_password_is_no_proof(ida: Person, clock: Any) -> None:
    client = sign_in(IDA)
    clock.move(minutes=26)
    client.post(reverse("account_reauthenticate"), {"password": "a guess that is long"})
    assert asks_for(client, "thief@evil.example").status_code == 403


def test_the_password_once_more_opens_the_page(ida: Person, clock: Any) -> None:
    client = sign_in(IDA)
    clock.move(minutes=26)
    asked = client.get(PAGE)["Location"]
    assert client.post(asked, {"password": SECRET})["Location"] == PAGE
    assert f"You sign in as {IDA}" in client.get(PAGE).content.decode()


def test_an_open_session_sets_no_password(ida: Person) -> None:
    client = sign_in(IDA)
    given = {"oldpassword": "a guess that is long", "password1": NEW_SECRET, "password2": NEW_SECRET}
    assert "This is not your password" in client.post(reverse("account_change_password"), given).content.decode()
    client.post(reverse("account_set_password"), {"password1": NEW_SECRET, "password2": NEW_SECRET})
    assert (opens(IDA, SECRET), opens(IDA, NEW_SECRET)) == (IDA, None)
    assert not Event.objects.exists()


# -- The way it is done ---------------------------------------------------------------------------------------------
def test_an_address_is_changed_by_the_code_and_the_old_one_is_told_twice(ida: Person) -> None:
    client = sign_in(IDA)
    assert asks_for(client, "Ida@New.example ")["Location"] == CODE_PAGE
    (asked,) = mails_to(IDA)
    assert asked.subject == "Your address is about to be changed"
    assert "to ida@new.example" in asked.body
    assert addresses() == {(IDA, IDA, True, True)}
    page = client.get(CODE_PAGE).content.decode()
    assert "ida@new.example" in page
    assert f"takes the place of {IDA}" in page

    answered = client.post(CODE_PAGE, {"code": code_sent_to("ida@new.example").lower()})

    assert answered["Location"] == reverse("accounts:settings")
    assert "From now on you sign in as ida@new.example" in client.get(answered["Location"]).content.decode()
    told = mails_to(IDA)[-1]
    assert told.subject == "Your address was changed"
    assert f"moved from {IDA} to ida@new.example" in told.body
    assert "Choose a new password" not in told.body
    assert addresses() == {("ida@new.example", "ida@new.example", True, True)}
    assert (opens("ida@new.example", SECRET), opens(IDA, SECRET)) == ("ida@new.example", None)
    (event,) = Event.objects.filter(verb="accounts.address.changed")
    assert (event.actor, "example" in event.body) == (ida.pk, False)


def test_a_link_sent_to_the_old_address_opens_nothing_after_the_change(ida: Person) -> None:
    Client().post(reverse("account_reset_password"), {"email": IDA})
    path = re.search(r"http://localhost:8000(\S+)", mails_to(IDA)[-1].body).group(1)
    client = sign_in(IDA)
    asks_for(client, FREE)
    client.post(CODE_PAGE, {"code": code_sent_to(FREE)})
    assert "used or is too old" in Client().get(path).content.decode()


def test_no_address_is_changed_when_the_old_one_cannot_be_told(ida: Person, settings: Any) -> None:
    client = sign_in(IDA)
    asks_for(client, FREE)
    code = code_sent_to(FREE)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        client.post(CODE_PAGE, {"code": code})
    assert addresses() == {(IDA, IDA, True, True)}
    assert not Event.objects.exists()


def test_three_wrong_codes_end_it(ida: Person) -> None:
    client = sign_in(IDA)
    asks_for(client, FREE)
    code = code_sent_to(FREE)
    first = client.post(CODE_PAGE, {"code": "BBBB-BBBB"})
    assert (first.status_code, "This is not the code" in first.content.decode()) == (422, True)
    for _attempt in range(2):
        last = client.post(CODE_PAGE, {"code": "BBBB-BBBB"}, follow=True)
    assert "This code was typed wrong too often" in last.content.decode()
    assert "a quarter of an hour" not in last.content.decode()
    assert last.redirect_chain == [(PAGE, 302)]
    client.post(CODE_PAGE, {"code": code})
    assert addresses() == {(IDA, IDA, True, True)}


@pytest.mark.parametrize(
    ("typed", "said"), [(IDA.upper(), "your address already"), ("no address", "valid"), ("", "req")]
)
def test_what_is_no_new_address_is_said_at_the_field(ida: Person, typed: str, said: str) -> None:
    answer = asks_for(sign_in(IDA), typed)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert mail.outbox == []


def test_a_new_password_ends_a_change_that_another_session_began(ida: Person) -> None:
    thief = sign_in(IDA)
    asks_for(thief, FREE)
    given = {"oldpassword": SECRET, "password1": NEW_SECRET, "password2": NEW_SECRET}
    sign_in(IDA).post(reverse("account_change_password"), given)
    thief.post(CODE_PAGE, {"code": code_sent_to(FREE)})
    assert addresses() == {(IDA, IDA, True, True)}
    assert Event.objects.filter(verb="accounts.password.changed", actor=ida.pk).count() == 1


def test_settings_lead_to_the_address(ida: Person) -> None:
    assert f'href="{PAGE}"' in sign_in(IDA).get("/settings/").content.decode()


# -- Other people's addresses ---------------------------------------------------------------------------------------
def test_an_address_with_an_account_cannot_be_claimed_and_is_answered_as_a_free_one(lena: Person, mark: Person) -> None:
    pages = []
    for email in (MARK, FREE):
        client = sign_in(LENA)
        answer = asks_for(client, email)
        html = client.get(answer["Location"]).content.decode()
        pages.append((answer.status_code, re.sub(r'(?<=csrfmiddlewaretoken" value=")\w+', "", html.replace(email, ""))))
    assert pages[0] == pages[1]
    (sent,) = mails_to(MARK)
    assert sent.subject == "You have an account already"
    assert LENA not in sent.body
    assert not re.search(r"[B-Z]{4}-[B-Z]{4}", sent.body)
    assert addresses() == {(LENA, LENA, True, True), (MARK, MARK, True, True)}


def test_even_the_right_code_takes_no_address_that_has_an_account(lena: Person) -> None:
    client = sign_in(LENA)
    asks_for(client, MARK)
    code = code_sent_to(MARK)
    mark = factories.person("Mark Ellison", email=MARK, password="quite another secret")  # in the meantime
    answer = client.post(CODE_PAGE, {"code": code})
    assert "has an account already" in answer.content.decode()
    with pytest.raises(DomainError, match="has an account already"):
        change_address(actor=lena, address=MARK)
    assert addresses() == {(LENA, LENA, True, True), (MARK, MARK, True, True)}
    assert opens(MARK, "quite another secret") == mark.email
    assert not Event.objects.exists()


def test_who_reads_the_mail_confirms_nothing(lena: Person) -> None:
    asks_for(sign_in(LENA), FREE)
    code = code_sent_to(FREE)
    (sent,) = mails_to(FREE)
    assert f"Lena Brandt ({LENA})" in sent.body
    assert "http://localhost:8000/" not in sent.body
    for reader in (Client(), sign_in(LENA)):
        reader.post(CODE_PAGE, {"code": code})
    assert addresses() == {(LENA, LENA, True, True)}
    assert opens(FREE, SECRET) is None


def test_an_unconfirmed_claim_keeps_nobody_from_an_invitation(lena: Person) -> None:
    asks_for(sign_in(LENA), FREE)
    EmailAddress.objects.get_or_create(
        user=lena, email=FREE, defaults={"verified": False}
    )  # as older releases kept a claim
    client = Client()
    client.get(reverse("accounts:invitation", args=[token_of(invited(FREE))]))
    client.post(reverse("account_signup"), {"name": "New Guy", "password1": NEW_SECRET})
    assert (LENA, LENA, True, True) in addresses()
    assert [each for each in addresses() if FREE in each] == [(FREE, FREE, True, True)]
    assert (opens(FREE, NEW_SECRET), opens(FREE, SECRET)) == (FREE, None)


def test_who_has_an_account_is_led_to_sign_in_from_the_invitation(mark: Person) -> None:
    client = Client()
    client.get(reverse("accounts:invitation", args=[token_of(invited(MARK))]))
    answer = client.post(reverse("account_signup"), {"name": "Mark", "password1": NEW_SECRET})
    assert answer["Location"] == reverse("account_login")
    assert Person.objects.filter(email=MARK).count() == 1


def test_a_new_password_is_sent_to_the_owner_of_the_address_alone(lena: Person, mark: Person) -> None:
    EmailAddress.objects.create(user=lena, email=MARK, verified=False)  # as older releases kept a claim
    EmailAddress.objects.create(user=lena, email=FREE, verified=False)
    for email in (MARK, FREE):
        Client().post(reverse("account_reset_password"), {"email": email.upper()})
    (sent,) = mail.outbox
    assert sent.to == [MARK]
    client = Client()
    path = re.search(r"http://localhost:8000(\S+)", sent.body).group(1)
    client.post(client.get(path)["Location"], {"password1": NEW_SECRET, "password2": NEW_SECRET})
    assert (opens(MARK, NEW_SECRET), opens(LENA, SECRET), opens(MARK, SECRET)) == (MARK, LENA, None)
    told = mails_to(MARK)[-1]
    assert (told.subject, "by a link" in told.body) == ("Your password was changed", True)
    assert Event.objects.filter(verb="accounts.password.changed").get().actor == mark.pk


def test_an_installation_of_before_keeps_each_its_own_address_and_no_claim(lena: Person, mark: Person) -> None:
    EmailAddress.objects.filter(user=mark).delete()
    EmailAddress.objects.create(user=lena, email=MARK, verified=False)
    EmailAddress.objects.create(user=lena, email=FREE, verified=True)
    ida = factories.person(email=IDA)
    EmailAddress.objects.filter(user=ida).update(verified=False, primary=False)
    import_module("accounts.migrations.0002_one_confirmed_address").confirm_own(apps, None)
    assert addresses() == {(email, email, True, True) for email in (LENA, MARK, IDA)}


def test_everybody_who_is_imported_or_invited_has_a_confirmed_address() -> None:
    client = Client()
    client.get(reverse("accounts:invitation", args=[token_of(invited(FREE))]))
    client.post(reverse("account_signup"), {"name": "New Guy", "password1": NEW_SECRET})
    factories.person()  # as the dossier and the demo make people
    people = {(email, email, True, True) for email in Person.objects.values_list("email", flat=True)}
    assert addresses() == people
