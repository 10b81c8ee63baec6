"""The pages of sign-in and account keep the content policy and our words."""

import re

import pytest
from django.test import Client

from accounts.models import Person
from audit.models import Event

INLINE = re.compile(r"<[^>]*\sstyle\s*=|<style\b|<script\b(?![^>]*\ssrc=)|<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
OPEN_TO_ALL = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
SIGNED_IN = ["/accounts/email/", "/accounts/password/change/", "/accounts/reauthenticate/", "/accounts/logout/"]


@pytest.fixture
def ruth() -> Client:
    client = Client()
    Person.objects.create_user("ruth@example.org", "a long enough secret", name="Ruth Adeyemi")
    client.post("/accounts/login/", {"login": "ruth@example.org", "password": "a long enough secret"})
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("address", OPEN_TO_ALL)
def test_public_pages_keep_the_content_policy(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert not INLINE.search(answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("address", SIGNED_IN)
def test_account_pages_keep_the_content_policy(ruth: Client, address: str) -> None:
    answer = ruth.get(address)
    assert answer.status_code == 200
    assert not INLINE.search(answer.content.decode())


@pytest.mark.django_db
def test_the_page_of_a_code_keeps_the_content_policy(ruth: Client) -> None:
    answer = ruth.post("/accounts/email/", {"email": "ruth@port.example"}, follow=True)
    assert "Type the code" in answer.content.decode()
    assert not INLINE.search(answer.content.decode())


@pytest.mark.django_db
def test_wrong_sign_in_keeps_the_address_and_links_the_fault() -> None:
    answer = Client().post("/accounts/login/", {"login": "not an address", "password": ""})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="not an address"' in html
    assert '<a href="#id_login">' in html
    assert '<a href="#id_password">' in html


@pytest.mark.django_db
def test_sign_up_without_an_invitation_says_what_to_do() -> None:
    assert "Open the link in the mail you were sent" in Client().get("/accounts/signup/").content.decode()


@pytest.mark.django_db
def test_a_short_password_is_counted_sentence_by_sentence_and_a_change_is_told_in_our_words(ruth: Client) -> None:
    sign_in_anew = {"login": "ruth@example.org", "password": "a long enough secret"}
    client = Client()
    client.post("/accounts/login/", sign_in_anew)
    given = {"oldpassword": "a long enough secret", "password1": "password", "password2": "password"}
    html = client.post("/accounts/password/change/", given).content.decode()
    told = re.search(r"<strong>(\d) things to mend", html)
    assert told is not None
    assert int(told[1]) == len(re.findall(r'<li><a href="#id_password', html)) > 1
    good = {**given, "password1": "an other long secret", "password2": "an other long secret"}
    answer = client.post("/accounts/password/change/", good, follow=True)
    assert answer.redirect_chain == [("/settings/", 302)]
    assert "Your password is changed." in answer.content.decode()


@pytest.mark.django_db
def test_a_new_password_is_another_one(ruth: Client) -> None:
    same = "a long enough secret"
    answer = ruth.post("/accounts/password/change/", {"oldpassword": same, "password1": same, "password2": same})
    assert (answer.status_code, "This is your password already" in answer.content.decode()) == (422, True)
    assert not Event.objects.filter(verb="accounts.password.changed").exists()
