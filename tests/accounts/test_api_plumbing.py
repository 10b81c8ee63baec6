"""The API's plumbing: strict JSON, refusals as code and sentence, tokens, and one answer a key."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import path
from knox.models import AuthToken
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_errors import answer
from accounts.idempotency import idempotent
from accounts.models import IdempotencyKey, Organisation, Person
from audit.errors import DomainError, NotPermitted, ProofStale
from audit.models import Event

SECRET = "a long walk to the harbour"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Enter(APIView):
    """Something that binds: enters an organisation, or refuses."""

    @idempotent
    def post(self, request: Request) -> Response:
        made = Organisation.objects.create(name=request.data["name"])
        if request.data.get("refuse"):
            raise DomainError("refused", "Not now.", field="name")
        if request.data.get("bad"):
            return Response({"code": "bad"}, status=400)
        return Response({"id": str(made.pk)}, status=201)


class Shout(APIView):
    """Answers with whatever refusal is asked for."""

    def get(self, request: Request) -> Response:
        raise {"403": NotPermitted("Only the convener."), "stale": ProofStale()}[request.query_params["kind"]]


urlpatterns = [path("api/enter/", Enter.as_view()), path("api/shout/", Shout.as_view())]
both_databases = pytest.mark.urls(__name__)


@pytest.fixture
def vera(db: None) -> Person:
    return Person.objects.create_user("vera@example.org", SECRET, name="Vera Lund")


@pytest.fixture
def client(vera: Person) -> Client:
    found = Client()
    found.force_login(vera, backend=BACKEND)
    return found


def enter(client: Client, key: str | None = "one", **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/enter/", json.dumps(body), content_type="application/json", headers=headers)


@both_databases
def test_the_same_request_twice_is_done_once(client: Client) -> None:
    first = enter(client, name="Northgate")
    second = enter(client, name="Northgate")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert Organisation.objects.count() == 1


@both_databases
def test_a_key_for_another_body_is_refused(client: Client) -> None:
    enter(client, name="Northgate")
    again = enter(client, name="Southgate")
    assert (again.status_code, again.json()["code"]) == (422, "idempotency_key_reused")
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Northgate"]


@both_databases
@pytest.mark.parametrize("key", [None, "k" * 201, "zwei\u2028zeilen".encode("latin-1", "replace").decode() + "\x01"])
def test_without_a_key_nothing_is_written(client: Client, key: str | None) -> None:
    refused = enter(client, key, name="Northgate")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_missing")
    assert not Organisation.objects.exists()


@both_databases
def test_a_refusal_keeps_neither_key_nor_deed(client: Client) -> None:
    refused = enter(client, name="Northgate", refuse=True)
    assert (refused.status_code, refused.json()) == (422, {"code": "refused", "sentence": "Not now.", "field": "name"})
    assert enter(client, name="Northgate", bad=True).status_code == 400
    assert not Organisation.objects.exists()
    assert not IdempotencyKey.objects.exists()
    assert enter(client, name="Northgate").status_code == 201


@both_databases
def test_two_people_may_choose_the_same_key(client: Client) -> None:
    other = Client()
    other.force_login(Person.objects.create_user("otto@example.org", SECRET, name="Otto"), backend=BACKEND)
    assert enter(client, name="Northgate").status_code == 201
    assert enter(other, name="Southgate").status_code == 201


@both_databases
@pytest.mark.django_db(transaction=True)
def test_the_same_request_at_the_same_moment_is_done_once(race: Callable[..., list[Any]]) -> None:
    vera = Person.objects.create_user("vera@example.org", SECRET, name="Vera Lund")

    def send() -> tuple[int, str]:
        client = Client()
        client.force_login(vera, backend=BACKEND)
        answered = enter(client, name="Northgate")
        return answered.status_code, answered.json()["id"]

    results = race(*[send] * 8)
    assert Organisation.objects.count() == 1
    assert set(results) == {(201, str(Organisation.objects.get().pk))}


@pytest.mark.parametrize(
    ("body", "pointer", "sentence"),
    [
        ('{"email": "a\\u0000b", "password": "x"}', "/email", "NUL"),
        ('{"email": "a", "email": "b"}', "/email", "twice"),
        ('{"email": "\\ud800"}', "/email", "surrogate"),
        ('{"email": NaN}', "/email", "a number"),
        ('{"email": ' + "[" * 21 + "]" * 21 + "}", "/email" + "/0" * 19, "deeper"),
        ("{", "", "Not JSON"),
        ("\xff".encode("latin-1"), "", "UTF-8"),
    ],
)
@pytest.mark.django_db
def test_what_two_readers_could_read_differently_is_refused(body: Any, pointer: str, sentence: str) -> None:
    answered = Client().post("/api/v1/tokens/", body, content_type="application/json")
    assert answered.status_code == 400
    assert (answered.json()["code"], answered.json()["pointer"]) == ("bad_document", pointer)
    assert sentence in answered.json()["sentence"]


@both_databases
@pytest.mark.parametrize(("kind", "code"), [("403", "not_permitted"), ("stale", "proof_stale")])
def test_who_may_not_is_told_in_a_sentence(client: Client, kind: str, code: str) -> None:
    answered = client.get(f"/api/shout/?kind={kind}")
    assert (answered.status_code, answered.json()["code"]) == (403, code)
    assert answered.json()["sentence"]


def test_a_fault_of_ours_is_not_dressed_up() -> None:
    assert answer(RuntimeError("broken"), {}) is None


@pytest.mark.django_db
def test_bad_fields_are_named_each_with_a_sentence() -> None:
    answered = Client().post("/api/v1/tokens/", {"email": "nobody"}, content_type="application/json")
    assert answered.status_code == 400
    assert answered.json()["code"] == "invalid"
    assert set(answered.json()["fields"]) == {"email", "password"}


@pytest.mark.django_db
def test_a_token_reads_lists_and_withdraws_itself(vera: Person) -> None:
    body = {"email": "Vera@Example.org", "password": SECRET}
    made = Client().post("/api/v1/tokens/", body, content_type="application/json")
    assert made.status_code == 201
    program = Client(headers={"Authorization": f"Token {made.json()['token']}"})
    assert [each["beginning"] for each in program.get("/api/v1/tokens/").json()] == [made.json()["beginning"]]
    assert program.delete("/api/v1/tokens/current/").status_code == 204
    assert program.get("/api/v1/tokens/").status_code == 401
    assert list(Event.objects.order_by("seq").values_list("verb", flat=True)) == [
        "accounts.token.made",
        "accounts.token.withdrawn",
    ]


@pytest.mark.django_db
def test_a_wrong_password_makes_no_token(vera: Person) -> None:
    body = {"email": vera.email, "password": "not the password"}
    refused = Client().post("/api/v1/tokens/", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "sign_in_failed")
    assert not AuthToken.objects.exists()


@pytest.mark.django_db
def test_nobody_withdraws_the_token_of_another(client: Client) -> None:
    other = Person.objects.create_user("otto@example.org", SECRET, name="Otto")
    token, _text = AuthToken.objects.create(other)
    missing = client.delete("/api/v1/tokens/nothing/")
    foreign = client.delete(f"/api/v1/tokens/{token.token_key}/")
    assert (foreign.status_code, foreign.content) == (404, missing.content)
    assert AuthToken.objects.filter(user=other).exists()


@pytest.mark.django_db
def test_the_description_of_the_api_is_open_to_all() -> None:
    assert Client().get("/api/v1/schema/").status_code == 200
