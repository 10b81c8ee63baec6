"""What is answered where no view was found, or one broke."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import path

from accounts.models import Person
from config import urls

handler404, handler500 = urls.handler404, urls.handler500


def broken(request: Any) -> None:
    raise RuntimeError("secret")


urlpatterns = [path("broken", broken), path("api/v1/broken", broken), *urls.urlpatterns]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/nowhere/", "/api/v1/alliances/x/nowhere/", "/api/"])
def test_no_such_address_of_the_api_is_said_in_json(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json()["code"] == "not_found"


@pytest.mark.django_db
def test_no_such_page_is_a_page() -> None:
    answer = Client().get("/nowhere/")
    assert (answer.status_code, "There is no such page" in answer.content.decode()) == (404, True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/broken", "/api/v1/broken"])
def test_a_fault_of_ours_tells_nothing(settings: SimpleNamespace, address: str) -> None:
    settings.ROOT_URLCONF = "tests.accounts.test_errors"
    answer = Client(raise_request_exception=False).get(address)
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "secret" not in text
    assert "Nothing was half-written" in text
    assert (answer["Content-Type"] == "application/json") == address.startswith("/api/")


@pytest.mark.django_db
def test_the_operator_signs_in_where_everybody_does() -> None:
    answer = Client().get("/admin/login/?next=/admin/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    vera = Client()
    vera.force_login(
        Person.objects.create_user("vera@example.org", name="Vera"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert vera.get("/admin/login/?next=/admin/").status_code == 403
