"""Proofs of sign-in, attempts that are counted, and the pages of a person."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from knox.models import AuthToken
from rest_framework.request import Request

from accounts import panels, todo
from accounts.doors import SIGN_INS, proof_first, proof_of
from accounts.models import Person
from accounts.rules import SIGNING, VOTING, Proof, require_fresh
from accounts.todo import Todo
from audit.errors import ProofStale
from audit.models import Event
from tests import factories

SECRET = "a long walk to the harbour"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def vera(db: None) -> Person:
    return Person.objects.create_user("vera@example.org", SECRET, name="Vera Lund")


@pytest.fixture
def client(vera: Person) -> Client:
    found = Client()
    found.force_login(vera, backend=BACKEND)
    return found


def sign_in(client: Client, password: str = SECRET, email: str = "vera@example.org") -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


@pytest.mark.parametrize(("within", "minutes"), [(SIGNING, 5), (VOTING, 15)])
def test_a_proof_lasts_to_the_minute(within: timedelta, minutes: int, db: None) -> None:
    at = factories.proof().at
    proof = Proof("password", at - timedelta(minutes=minutes))
    assert require_fresh(proof, at=at, within=within) == proof
    for stale in (None, Proof("password", proof.at - timedelta(microseconds=1)), Proof("password", at + timedelta(1))):
        with pytest.raises(ProofStale):
            require_fresh(stale, at=at, within=within)


@pytest.mark.django_db
def test_signing_in_is_a_proof_by_the_products_clock(vera: Person, clock: Any) -> None:
    clock.move(days=40)
    client = Client()
    assert sign_in(client).status_code == 302
    noted = client.session[SIGN_INS][-1]
    assert noted["method"] == "password"
    assert abs(noted["at"] - clock.read().timestamp()) < 10


@pytest.mark.django_db
def test_confirming_the_password_is_a_new_proof(vera: Person, clock: Any) -> None:
    client = Client()
    sign_in(client)
    clock.move(hours=1)
    page = reverse("account_reauthenticate")
    refused = client.post(page, {"password": "not the password"})
    assert "This is not your password" in refused.content.decode()
    assert client.post(f"{page}?next=/settings/", {"password": SECRET})["Location"] == "/settings/"
    assert clock.read().timestamp() - client.session[SIGN_INS][-1]["at"] < 10


@pytest.mark.django_db
def test_a_token_proves_nothing_even_beside_a_session(vera: Person) -> None:
    session_of_another = {SIGN_INS: [{"method": "password", "at": 4e9}]}
    plain = RequestFactory().get("/")
    plain.user, plain.session = vera, session_of_another
    assert proof_of(plain) is not None
    token, _text = AuthToken.objects.create(vera)
    by_token = Request(plain)
    by_token.user, by_token.auth = vera, token
    assert proof_of(by_token) is None


@pytest.mark.django_db
def test_a_binding_page_asks_first_and_comes_back(client: Client, vera: Person) -> None:
    request = RequestFactory().get("/a/x/sign/?part=2")
    request.user, request.session = vera, {}
    page = proof_first(SIGNING)(lambda request: HttpResponse("form"))
    assert page(request)["Location"] == "/accounts/reauthenticate/?next=%2Fa%2Fx%2Fsign%2F%3Fpart%3D2"
    request.session = {SIGN_INS: [{"method": "password", "at": factories.proof().at.timestamp()}]}
    assert page(request).content == b"form"


@pytest.mark.django_db
def test_a_wrong_password_says_the_same_for_known_and_unknown(vera: Person) -> None:
    answers = []
    for email in (vera.email, "nobody@example.org"):
        html = sign_in(Client(), "wrong password", email).content.decode()
        answers.append(re.sub(r'(?<=csrfmiddlewaretoken" value=")\w+', "", html.replace(email, "")))
    assert "Address or password is not correct" in answers[0]
    assert answers[0] == answers[1]


@pytest.mark.django_db
def test_after_ten_wrong_passwords_the_right_one_waits(vera: Person, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for _attempt in range(10):
        answered = sign_in(Client(), "wrong password")
    assert answered.status_code == 429
    locked = sign_in(Client())
    assert (locked.status_code, "Wait a quarter of an hour" in locked.content.decode()) == (429, True)
    body = {"email": vera.email, "password": SECRET}
    by_program = Client().post("/api/v1/tokens/", body, content_type="application/json")
    assert (by_program.status_code, by_program.json()["code"]) == (429, "too_many_attempts")
    assert not AuthToken.objects.exists()


@pytest.mark.django_db
def test_the_front_page_is_for_everybody() -> None:
    html = Client().get("/").content.decode()
    assert "value alliance" in html
    assert reverse("account_login") in html


@pytest.mark.django_db
def test_home_lists_what_waits_soonest_first(client: Client, monkeypatch: pytest.MonkeyPatch, clock: Any) -> None:
    at = clock.read()
    todos = [
        Todo("Any time", "Harbour Zero", "/c/", "Write"),
        Todo("Later", "Harbour Zero", "/b/", "Sign", at + timedelta(days=5)),
        Todo("Soon", "Harbour Zero", "/a/", "Vote", at + timedelta(days=1), note="your seat"),
    ]
    monkeypatch.setattr(todo, "_sources", [lambda person, at: todos])
    html = client.get("/").content.decode()
    assert html.index("Soon") < html.index("Later") < html.index("Any time")
    assert "your seat · Harbour Zero" in html


@pytest.mark.django_db
def test_home_without_anything_says_what_to_do(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todo, "_sources", [])
    monkeypatch.setattr(panels, "_cards", [])
    html = client.get("/").content.decode()
    assert "You are in no alliance yet" in html
    assert reverse("alliance:found") in html


@pytest.mark.django_db
def test_home_shows_my_alliances_and_nobody_elses(client: Client, vera: Person) -> None:
    mine, other = factories.alliance("Harbour Zero"), factories.alliance("Secret Pact")
    factories.role(vera, mine, "organiser")
    html = client.get("/").content.decode()
    assert "Harbour Zero" in html
    assert other.name not in html


@pytest.mark.django_db
def test_a_person_changes_name_and_zone(client: Client, vera: Person) -> None:
    answered = client.post(reverse("accounts:settings"), {"name": "Vera L.", "time_zone": "America/Phoenix"})
    assert answered.status_code == 302
    vera.refresh_from_db()
    assert (vera.name, vera.time_zone) == ("Vera L.", "America/Phoenix")
    event = Event.objects.get(verb="accounts.profile.changed")
    assert '"fields":["name","time_zone"]' in event.body
    assert "Vera" not in event.body


@pytest.mark.django_db
def test_zones_to_choose_from_are_places_by_area(client: Client, vera: Person) -> None:
    choices = client.get(reverse("accounts:settings")).context["form"].fields["time_zone"].choices
    assert choices[0] == ("UTC", "UTC")
    areas = dict(choices[1:])
    assert list(areas) == sorted(areas)
    assert ("America/Phoenix", "Phoenix") in areas["America"]
    assert ("Asia/Ho_Chi_Minh", "Ho Chi Minh") in areas["Asia"]
    offered = {zone for zones in areas.values() for zone, _name in zones}
    assert not offered & {"US/Mountain", "GB", "W-SU", "Etc/GMT+7", "MST7MDT", "America/Buenos_Aires"}


@pytest.mark.django_db
def test_who_has_another_zone_sees_it_and_keeps_it(client: Client, vera: Person) -> None:
    vera.time_zone = "US/Mountain"
    vera.save()
    html = client.get(reverse("accounts:settings")).content.decode()
    assert '<option value="US/Mountain" selected>US/Mountain</option>' in html
    answered = client.post(reverse("accounts:settings"), {"name": "Vera L.", "time_zone": "US/Mountain"})
    assert answered.status_code == 302
    vera.refresh_from_db()
    assert (vera.name, vera.time_zone) == ("Vera L.", "US/Mountain")


@pytest.mark.django_db
def test_a_zone_that_is_none_is_refused_and_the_name_is_kept(client: Client, vera: Person) -> None:
    answered = client.post(reverse("accounts:settings"), {"name": "Vera L.", "time_zone": "Mars/Olympus"})
    assert (answered.status_code, 'value="Vera L."' in answered.content.decode()) == (422, True)
    vera.refresh_from_db()
    assert vera.name == "Vera Lund"
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_the_signs_of_life() -> None:
    assert Client().get("/healthz").json() == {"ok": True}
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.json()["checks"]) == (
        200,
        {"database": "ok", "migrations": "ok", "broker": "ok", "relay": "ok"},
    )


@pytest.mark.django_db
def test_a_broker_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from config.celery import app

    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    answered = Client().get("/readyz")
    assert (answered.status_code, answered.json()["ok"]) == (503, False)
    assert answered.json()["checks"]["broker"] != "ok"


@pytest.mark.django_db
def test_who_lost_the_session_at_a_button_comes_back_to_its_page():
    alliance = factories.alliance()
    page = f"/a/{alliance.slug}/readiness/"
    answer = Client().post(f"{page}assess/", headers={"Referer": f"http://testserver{page}"})
    assert answer.url == f"/accounts/login/?next={page}"
    assert Client().post(f"{page}assess/").url == "/accounts/login/?next=/"
    foreign = Client().post(f"{page}assess/", headers={"Referer": "https://evil.example/x"})
    assert foreign.url == "/accounts/login/?next=/"
    assert Client().get(page).url == f"/accounts/login/?next={page}"


@pytest.mark.django_db
def test_address_of_a_button_opened_as_a_page_says_so():
    alliance = factories.alliance()
    client = Client()
    client.force_login(factories.organiser(alliance), backend=BACKEND)
    answer = client.get(f"/a/{alliance.slug}/readiness/assess/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nothing was done" in answer.content.decode()


def test_proof_is_as_old_as_the_clock_says_however_it_was_moved(vera, clock):
    clock.move(days=5)
    request = RequestFactory().get("/")
    request.user = vera
    request.session = {SIGN_INS: [{"method": "password", "at": clock.read().timestamp()}]}
    proof = proof_of(request)
    assert abs((proof.at - clock.read()).total_seconds()) < 5


def test_who_has_a_new_password_is_told_at_the_address_of_before(client: Client, vera: Person) -> None:
    sign_in(client)
    change = {"oldpassword": SECRET, "password1": "another long secret", "password2": "another long secret"}
    assert client.post(reverse("account_change_password"), change).status_code == 302
    assert [each.to for each in mail.outbox] == [[vera.email]]
    assert "password" in mail.outbox[0].subject.lower()
