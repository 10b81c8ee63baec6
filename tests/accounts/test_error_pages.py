"""Errors are sentences that say what to do, on pages that need nothing but themselves."""

import re
from typing import Any

import pytest
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory

from audit.errors import DomainError, NotPermitted, ProofStale

FORM = "/alliances/harbour-zero/ready/?part=2"


def show(name: str, **context: object) -> str:
    request = RequestFactory().post(
        "/alliances/harbour-zero/ready/go/", headers={"Referer": f"http://testserver{FORM}"}
    )
    return render_to_string(name, context, request)


@pytest.mark.django_db
def test_missing_page_is_told_in_words() -> None:
    answer = Client().get("/no/such/page")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_fault_of_ours_needs_no_context() -> None:
    assert "Nothing was half-written" in get_template("500.html").render()


def test_refused_move_shows_its_sentence_and_code() -> None:
    html = show("errors/422.html", error=DomainError("gate_closed", "Mend <M3> first."))
    assert "Mend &lt;M3&gt; first." in html
    assert "gate_closed" in html
    assert "Nothing was changed." in html


@pytest.mark.parametrize("name", ["403", "404", "405", "422", "429", "500", "csrf"])
def test_an_error_leads_with_words_and_ends_with_its_code(name: str) -> None:
    html = show(f"errors/{name}.html", error=DomainError("traits_missing", "Mend first."))
    page = html[html.index("<section") : html.index("</section>")]
    code = "403" if name == "csrf" else name
    before_heading, after_ways = page[: page.index("<h1")], page[page.rindex('<div class="row">') :]
    assert not re.sub(r"<[^>]*>", "", before_heading).strip()
    assert f"For support: <code>{code}" in after_ways


def test_refused_person_is_told_why() -> None:
    assert "Only the convener may." in show("errors/403.html", error=NotPermitted("Only the convener may."))


@pytest.mark.urls("config.urls")
def test_stale_proof_leads_to_signing_in_again_and_back() -> None:
    html = show("errors/403.html", error=ProofStale(), is_stale=True)
    assert 'href="/accounts/reauthenticate/?next=/alliances/harbour-zero/ready/%3Fpart%3D2"' in html
    assert "Nothing was recorded." in html


def test_page_open_too_long_is_told_in_words() -> None:
    assert "The page was open too long" in get_template("403_csrf.html").render()


@pytest.mark.parametrize("name", ["422", "429", "csrf"])
def test_the_way_back_leads_to_the_page_and_not_to_the_buttons_own_address(name: str) -> None:
    assert f'href="{FORM}"' in show(f"errors/{name}.html", error=DomainError("too_late", "It is over."))


@pytest.mark.parametrize(
    "referer", ["https://evil.example/x", "", "javascript:alert(1)", "http://testserver//evil.example/x"]
)
def test_the_way_back_never_leads_off_this_site(referer: str) -> None:
    request = RequestFactory().post("/a/x/go/", headers={"Referer": referer})
    html = render_to_string("errors/422.html", {"error": DomainError("too_late", "It is over.")}, request)
    assert 'class="button primary" href="/"' in html


@pytest.mark.django_db
def test_who_asks_too_often_is_told_to_wait_and_led_back() -> None:
    page = "/accounts/password/reset/"
    for _each in range(6):
        answer = Client().post(page, {"email": "ida@aria.example"}, headers={"Referer": f"http://testserver{page}"})
    html = answer.content.decode()
    assert (answer.status_code, "Wait some minutes" in html, f'href="{page}"' in html) == (429, True, True)


def test_an_error_page_and_the_foot_name_who_helps_where_the_operator_says_so(settings: Any) -> None:
    assert "mailto:" not in show("errors/403.html")
    settings.HELP_ADDRESS = "help@concordat.example"
    html = show("errors/403.html")
    assert "For help, write to help@concordat.example and name this code:" in html
    assert '<a href="mailto:help@concordat.example">Ask for help</a>' in html
