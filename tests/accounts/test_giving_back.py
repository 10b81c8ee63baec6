"""An account that was taken from its owner: an operator moves it back, and nowhere else."""

from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from accounts.models import FormerAddress, Person
from accounts.services import people, tokens
from audit.errors import NotPermitted
from audit.models import Event
from tests import factories
from tests.accounts.entering import NEW_SECRET, SECRET, sign_in

pytestmark = pytest.mark.django_db
THIEFS_SECRET = "the long secret of a thief"
IDA, THIEF = "ida@aria.example", "thief@evil.example"


@pytest.fixture(autouse=True)
def fresh(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ACCOUNT_RATE_LIMITS = False
    mail.outbox = []


@pytest.fixture
def operator() -> Person:
    return Person.objects.create_superuser("ops@concordat.example", SECRET, name="Ola Ops")


@pytest.fixture
def taken() -> Person:
    """Ida's account, which somebody who knew her password has moved to an address of their own."""
    ida = factories.person("Ida Holm", email=IDA, password=SECRET)
    people.change_address(actor=ida, address=THIEF)
    ida.refresh_from_db()
    people.change_password(actor=ida, password=THIEFS_SECRET)
    return ida


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def give_back(address: str, former: str, by: str = "ops@concordat.example") -> None:
    call_command("give_back_address", address, former, by=by)


def test_the_owner_comes_in_again_and_the_thief_no_more(operator: Person, taken: Person, capsys: Any) -> None:
    thief = sign_in(THIEF, THIEFS_SECRET)
    _token, text = tokens.make_token(actor=taken, proof=factories.proof())
    assert is_in(thief)

    give_back(THIEF.upper(), IDA)

    assert "ida@aria.example opens the account again" in capsys.readouterr().out
    assert not is_in(thief)
    assert not is_in(sign_in(IDA, THIEFS_SECRET))
    assert Client(headers={"Authorization": f"Token {text}"}).get("/api/v1/tokens/").status_code == 401
    assert {sent.to[0]: sent.subject for sent in mail.outbox} == {
        IDA: "Your account is yours again",
        THIEF.upper(): "An account no longer opens with your address",
    }
    assert "/accounts/password/reset/" in mail.outbox[0].body
    assert IDA not in mail.outbox[1].body

    mail.outbox = []
    Client().post(reverse("account_reset_password"), {"email": IDA})
    path = mail.outbox[0].body.split("http://localhost:8000")[1].split()[0]
    owner = Client()
    owner.post(owner.get(path)["Location"], {"password1": NEW_SECRET, "password2": NEW_SECRET})
    assert is_in(sign_in(IDA, NEW_SECRET))
    event = Event.objects.get(verb="accounts.address.given_back")
    assert (event.actor, "example" in event.body) == (operator.pk, False)


@pytest.mark.parametrize(
    ("address", "former", "said"),
    [
        (THIEF, "ops@concordat.example", "never had the address"),
        (THIEF, THIEF.upper(), "has this address already"),
        ("nobody@aria.example", IDA, "No account has the address"),
    ],
)
def test_an_account_goes_only_to_an_address_it_had(
    operator: Person, taken: Person, address: str, former: str, said: str
) -> None:
    before = Event.objects.count()
    with pytest.raises(CommandError, match=said):
        give_back(address, former)
    assert is_in(sign_in(THIEF, THIEFS_SECRET))
    assert (Event.objects.count(), FormerAddress.objects.count(), mail.outbox) == (before, 1, [])


def test_an_address_that_somebody_else_has_by_now_is_not_taken_from_them(operator: Person, taken: Person) -> None:
    factories.person("Ida Two", email=IDA, password=NEW_SECRET)
    with pytest.raises(CommandError, match="has an account already"):
        give_back(THIEF, IDA)
    assert is_in(sign_in(IDA, NEW_SECRET))
    assert is_in(sign_in(THIEF, THIEFS_SECRET))
    assert not Event.objects.filter(verb="accounts.address.given_back").exists()


def test_only_who_runs_the_installation_gives_back(taken: Person) -> None:
    outsider = factories.person("Mark Ellison", email="mark@lines.example")
    with pytest.raises(NotPermitted):
        people.give_back_address(actor=outsider, address=THIEF, former=IDA)
    for by in (outsider.email, "nobody@concordat.example"):
        with pytest.raises(CommandError):
            give_back(THIEF, IDA, by=by)
    taken.refresh_from_db()
    assert taken.email == THIEF
