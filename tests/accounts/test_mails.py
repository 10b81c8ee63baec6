"""The mails of an account: in the product's own words, with links to its own site."""

import pytest
from django.core import mail
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
SITE = "https://concordat.example"


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_ADDRESS = SITE
    mail.outbox = []


def test_a_new_password_is_asked_for_in_plain_words(client: Client):
    person = make.person()
    client.post("/accounts/password/reset/", {"email": person.email})
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("Choose a new password", [person.email])
    assert f"{SITE}/accounts/password/reset/key/" in sent.body
    assert "localhost" not in sent.body
    assert "Did you not ask? Then do nothing" in sent.body


def test_a_changed_password_is_told_with_what_to_do(client: Client):
    person = make.person()
    person.set_password("an old long password")
    person.save()
    client.post("/accounts/login/", {"login": person.email, "password": "an old long password"})
    new = "another long password 7"
    given = {"oldpassword": "an old long password", "password1": new, "password2": new}
    client.post("/accounts/password/change/", given)
    (sent,) = mail.outbox
    assert sent.subject == "Your password was changed"
    assert "It was done on" in sent.body
    assert f"{SITE}/accounts/password/reset/" in sent.body
    assert f"tell whoever runs this site, {SITE}:" in sent.body


def test_mails_name_who_answers_where_the_operator_says_so(client: Client, settings):
    settings.HELP_ADDRESS = "help@concordat.example"
    person = make.person(password="an old long password")
    client.post("/accounts/login/", {"login": person.email, "password": "an old long password"})
    new = "another long password 7"
    client.post(
        "/accounts/password/change/", {"oldpassword": "an old long password", "password1": new, "password2": new}
    )
    assert "tell whoever runs this site, help@concordat.example:" in mail.outbox[0].body


def test_a_new_address_gets_a_code_and_the_old_one_is_told_what_to_do(client: Client):
    person = make.person(password="an old long password")
    client.post("/accounts/login/", {"login": person.email, "password": "an old long password"})
    client.post("/accounts/email/", {"email": "new@port.example"})
    told = {sent.to[0]: sent for sent in mail.outbox}
    sent = told["new@port.example"]
    assert sent.subject == "The code for your new address"
    assert "give the code to nobody" in sent.body
    assert f"{SITE}/accounts/password/reset/" in told[person.email].body
