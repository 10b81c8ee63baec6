"""The page of a person's address, and of the code that confirms another."""

from allauth.account.views import email_verification_sent
from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.doors import person_of, proof_first, proof_of, signed_in, with_status
from accounts.forms import AddEmailForm
from accounts.rules import SIGNING, require_fresh
from audit import clock


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@proof_first(SIGNING)
@rate_limit(action="manage_email")
def address(request: HttpRequest) -> HttpResponse:
    """Ask for another address, with a fresh proof; it takes the place of this one when its code is typed here."""
    form = AddEmailForm(person_of(request), request.POST or None)
    if request.method == "POST":
        require_fresh(proof_of(request), at=clock.read(), within=SIGNING)
    if not form.is_valid():
        return with_status(render(request, "account/email_change.html", {"form": form, "place": "settings"}), form)
    form.save(request)
    return redirect("account_email_verification_sent")


def code(request: HttpRequest) -> HttpResponse:
    """The code of the new address, as allauth asks for it; after one wrong attempt too many, back to the address."""
    answer = email_verification_sent(request)
    has_ended = request.user.is_authenticated and getattr(answer, "url", "") == reverse("account_login")
    return redirect("account_address") if has_ended else answer
