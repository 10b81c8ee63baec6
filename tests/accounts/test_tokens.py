"""Tokens for programs: made with a proof, shown once, ended with the password."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from accounts.models import Person
from accounts.services import people, tokens
from audit.errors import ProofStale
from audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "a long walk to the harbour"
NEW_SECRET = "another long secret"
SETTINGS = "/settings/"
MAKE = "/settings/tokens/"


@pytest.fixture
def vera() -> Person:
    return factories.person("Vera Lund", password=SECRET)


@pytest.fixture
def client(vera: Person) -> Client:
    found = Client()
    found.post(reverse("account_login"), {"login": vera.email, "password": SECRET})
    return found


def opens(text: str) -> bool:
    return Client(headers={"Authorization": f"Token {text}"}).get("/api/v1/tokens/").status_code == 200


def token_of(person: Person) -> str:
    return tokens.make_token(actor=person, proof=factories.proof())[1]


def test_a_new_token_is_shown_once(client: Client, vera: Person) -> None:
    shown = client.post(MAKE).content.decode()
    token = AuthToken.objects.get(user=vera)
    text = shown.split("<code>")[1].split("</code>")[0]
    assert opens(text)
    assert text not in client.get(SETTINGS).content.decode()
    client.post(reverse("accounts:withdraw_token", args=[token.token_key]))
    assert not opens(text)


def test_an_open_screen_makes_no_token(client: Client, vera: Person, clock: Any) -> None:
    clock.move(minutes=6)
    refused = client.post(MAKE, headers={"Referer": f"http://testserver{SETTINGS}"})
    assert refused.status_code == 403
    assert "/accounts/reauthenticate/?next=/settings/" in refused.content.decode()
    with pytest.raises(ProofStale):
        tokens.make_token(actor=vera, proof=None)
    assert not AuthToken.objects.exists()
    assert not Event.objects.exists()


def test_a_changed_password_ends_every_token_of_the_person_alone(vera: Person) -> None:
    own, other = [token_of(vera), token_of(vera)], token_of(factories.person())
    people.change_password(actor=vera, password=NEW_SECRET)
    assert [opens(text) for text in (*own, other)] == [False, False, True]
    event = Event.objects.get(verb="accounts.password.changed")
    assert all(text[:8] in event.body for text in own)
    assert not any(text in event.body for text in own)


def test_a_password_chosen_by_a_link_ends_tokens_too(vera: Person, settings: Any) -> None:
    from django.core import mail

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    text = token_of(vera)
    Client().post(reverse("account_reset_password"), {"email": vera.email})
    path = mail.outbox[0].body.split(settings.SITE_ADDRESS)[1].split()[0]
    reader = Client()
    reader.post(reader.get(path)["Location"], {"password1": NEW_SECRET, "password2": NEW_SECRET})
    assert not opens(text)
