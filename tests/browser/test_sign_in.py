from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Person
from tests.browser.conftest import PASSWORD


def test_a_person_signs_in_by_address_and_password(sign_in: Callable[..., Page]) -> None:
    person = Person.objects.create_user(email="vera@example.org", name="Vera Lund", password=PASSWORD)

    page = sign_in(person)

    assert "sessionid" in {cookie["name"] for cookie in page.context.cookies()}


def test_a_wrong_password_is_answered_by_a_sentence(visitor: Page, accessible: Callable[[Page], None]) -> None:
    visitor.goto(reverse("account_login"))
    accessible(visitor)
    visitor.fill("input[name=login]", "nobody@example.org")
    visitor.fill("input[name=password]", PASSWORD)
    visitor.press("input[name=password]", "Enter")

    expect(visitor.get_by_text("not correct")).to_be_visible()
    expect(visitor.locator("input[name=login]")).to_have_value("nobody@example.org")
    accessible(visitor)
