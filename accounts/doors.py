"""What every door does alike: run one command for a form, and ask for a proof of sign-in before a binding act."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from rest_framework.request import Request

from accounts.models import Person
from accounts.rules import Proof
from audit import clock
from audit.errors import DomainError

P = ParamSpec("P")
T = TypeVar("T")
SIGN_INS = "account_authentication_methods"
"""Where allauth's session keeps by what means, and when, the person showed who they are."""
SAFE = frozenset({"GET", "HEAD"})
PROVING = frozenset({"password"})


def carried_out(form: BaseForm, command: Callable[[], T]) -> T | None:
    """Run a command whose input is a valid form. A refusal becomes an error, at its field where it names one."""
    try:
        return command()
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.sentence)
        return None


def person_of(request: HttpRequest | Request) -> Person:
    """The signed-in person, behind `login_required`."""
    assert isinstance(request.user, Person)  # noqa: S101 - says to the types what the decorator has seen to
    return request.user


def signed_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Have who is not signed in sign in first, and come back: to this page, or from a button to the page it is on."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path() if request.method in SAFE else page_before(request))

    return door


def page_before(request: HttpRequest) -> str:
    """The page of this site that a button or form was on, by the browser's word; home where it says none."""
    said = urlsplit(request.headers.get("Referer", ""))
    is_ours = said.netloc == request.get_host() and not said.path.startswith("//")
    return said._replace(scheme="", netloc="", fragment="").geturl() if is_ours else "/"


def by_our_clock(request: HttpRequest, **kwargs: Any) -> None:
    """Note the time of a sign-in by the product's clock, as every service reads it (allauth notes the machine's)."""
    records = request.session[SIGN_INS]
    request.session[SIGN_INS] = [*records[:-1], records[-1] | {"at": clock.read().timestamp()}]


def proof_of(request: HttpRequest) -> Proof | None:
    """The newest proof of sign-in that the session holds; none for who came by a token."""
    if getattr(request, "auth", None) is not None:
        return None
    found = [each for each in request.session.get(SIGN_INS, []) if each.get("method") in PROVING]
    if not found or not request.user.is_authenticated:
        return None
    newest = max(found, key=lambda each: each["at"])
    return Proof(newest["method"], datetime.fromtimestamp(newest["at"], UTC))


def proof_first(
    within: timedelta,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Ask on GET for a proof no older than `within`, before the form of a binding act is shown.

    A POST is let through: the service decides, and a stale proof is answered with 403 and a link to prove anew.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "GET" and not is_fresh(request, within, clock.read()):
                return redirect(prove_url(request.get_full_path()))
            return view(request, *args, **kwargs)

        return inner

    return decorate


def is_fresh(request: HttpRequest, within: timedelta, at: datetime) -> bool:
    """Does the session hold a proof no older than this at that time?"""
    proof = proof_of(request)
    return proof is not None and timedelta() <= at - proof.at <= within


def prove_url(back_to: str) -> str:
    """Where a person shows again who they are, and comes back from."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back_to})}"


def with_status(response: HttpResponse, form: Any) -> HttpResponse:
    """422 for a page that shows a form again because of its errors."""
    if form.errors:
        response.status_code = 422
    return response
