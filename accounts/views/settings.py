"""What a person says of themselves, and their tokens."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from knox.models import AuthToken

from accounts.doors import carried_out, person_of, proof_of, signed_in, with_status
from accounts.forms import ProfileForm
from accounts.models import Affiliation
from accounts.services import organisations, people, tokens
from audit import clock


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The person's name and time zone, and the way to their password and tokens."""
    person = person_of(request)
    form = ProfileForm(request.POST or None, initial={"name": person.name, "time_zone": person.time_zone})
    if form.is_valid():
        carried_out(form, lambda: people.change_profile(actor=person, **form.cleaned_data))
    if not form.is_bound or form.errors:
        return _settings_page(request, form)
    messages.success(request, _("Saved."))
    return redirect("accounts:settings")


def _settings_page(request: HttpRequest, form: ProfileForm, new_token: str = "") -> HttpResponse:
    own = AuthToken.objects.filter(user=person_of(request)).order_by("-created", "digest")
    context = {
        "page_title": _("Settings"),
        "place": "settings",
        "now": clock.read(),
        "form": form,
        "tokens": list(own),
        "new_token": new_token,
        "colleagues": list(Affiliation.objects.to_vouch_for(person_of(request))),
    }
    return with_status(render(request, "accounts/settings.html", context), form)


@signed_in
@require_POST
@never_cache
def make_token(request: HttpRequest) -> HttpResponse:
    """A new token for programs, with a fresh proof; the answer shows its text, this once."""
    person = person_of(request)
    _token, text = tokens.make_token(actor=person, proof=proof_of(request))
    form = ProfileForm(initial={"name": person.name, "time_zone": person.time_zone})
    return _settings_page(request, form, new_token=text)


@signed_in
@require_POST
def withdraw_token(request: HttpRequest, beginning: str) -> HttpResponse:
    """Withdraw one of the person's own tokens."""
    own = AuthToken.objects.filter(user=person_of(request))
    tokens.withdraw_token(actor=person_of(request), token=get_object_or_404(own, token_key=beginning))
    messages.success(request, _("The token no longer opens anything."))
    return redirect("accounts:settings")


@signed_in
@require_POST
def vouch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a colleague works here."""
    found = _colleague(request, pk)
    organisations.vouch_for_colleague(actor=person_of(request), affiliation=found)
    messages.success(request, _("Said: %(name)s works for %(organisation)s.") % _named(found))
    return redirect("accounts:settings")


@signed_in
@require_POST
def disown(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that somebody does not work here."""
    found = _colleague(request, pk)
    organisations.disown_colleague(actor=person_of(request), affiliation=found)
    messages.success(request, _("Said: %(name)s does not work for %(organisation)s.") % _named(found))
    return redirect("accounts:settings")


def _colleague(request: HttpRequest, pk: UUID) -> Affiliation:
    return get_object_or_404(Affiliation.objects.to_vouch_for(person_of(request)), pk=pk)


def _named(affiliation: Affiliation) -> dict[str, Any]:
    return {"name": affiliation.person, "organisation": affiliation.organisation}
