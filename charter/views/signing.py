"""Signing the charter, and moving the alliance on its way."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.doors import carried_out, proof_first, proof_of, with_status
from accounts.models import Person
from accounts.permissions import require
from accounts.rules import SIGNING
from alliance.models import Alliance, Member
from alliance.views.following import followed, seen_of
from alliance.views.loading import or_guest, person_of, signed_in, visible_alliance
from audit import clock
from charter.forms import ReasonForm, SignatureForm, SigningTermsForm
from charter.models import Charter, CharterVersion
from charter.selectors.pages import sections_of, signing_page
from charter.services import amending, lifecycle, ratification, suspension
from charter.services.drafting import draft_of, set_signing_terms
from charter.states import SigningRule, VersionState
from charter.views.text import shell


@or_guest
@signed_in
@require_GET
def signing(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has signed, who is missing, until when; and what this person may do next."""
    alliance = visible_alliance(request, slug)
    short = followed(request, alliance, alliance.state)
    if short is not None:
        return short
    page = signing_page(alliance, person_of(request), clock.read())
    context = {"page": page, "seen": seen_of(alliance)}
    return render(request, "charter/signing.html", shell(alliance, _("Signing"), "signing") | context)


@signed_in
@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Who signs, and in how many days."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    require("charter.set_signing_terms", person, alliance)
    found = get_object_or_404(Charter, alliance=alliance)
    initial = {"signing_rule": found.signing_rule, "notice_days": found.notice_days}
    form = SigningTermsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda: set_signing_terms(
                actor=person,
                charter=found,
                signing_rule=SigningRule(form.cleaned_data["signing_rule"]),
                notice_days=form.cleaned_data["notice_days"],
            ),
        )
        if done:
            return redirect("charter:signing", slug=alliance.slug)
    context = shell(alliance, _("Terms of signing"), "signing") | {"form": form}
    return with_status(render(request, "charter/terms.html", context), form)


@signed_in
@proof_first(SIGNING)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, slug: str, member: UUID) -> HttpResponse:
    """Sign the charter for a member: the text, its hash, the consequence, one button."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    of = get_object_or_404(Member.objects.with_names(), alliance=alliance, pk=member)
    require("charter.sign_charter", person, of)
    version = get_object_or_404(CharterVersion, alliance=alliance, state=VersionState.OFFERED)
    if request.method == "GET" and version.signatures.filter(member=of).exists():
        messages.info(request, _("%(member)s has signed this version.") % {"member": of})
        return redirect("charter:signing", slug=alliance.slug)
    form = SignatureForm(request.POST or None, initial={"hash": version.hash})
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda: ratification.sign_charter(
                actor=person, version=version, member=of, hash=form.cleaned_data["hash"], proof=proof_of(request)
            ),
        )
        if done:
            messages.success(request, _("Signed for %(member)s.") % {"member": of})
            return redirect("charter:signing", slug=alliance.slug)
    context = shell(alliance, _("Sign the charter"), "signing") | {
        "form": form,
        "version": version,
        "member": of,
        "sections": sections_of(version.document),
    }
    return with_status(render(request, "charter/sign.html", context), form)


def _act(command: Callable[[Person, Alliance], Any], said: Any, back: str) -> Callable[..., HttpResponse]:
    """A door with one button: run the command, say what happened, go back."""

    @signed_in
    @require_POST
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        alliance = visible_alliance(request, slug)
        command(person_of(request), alliance)
        messages.success(request, said())
        return redirect(back, slug=alliance.slug)

    return view


propose = _act(
    lambda person, alliance: ratification.propose_ratification(actor=person, charter=draft_of(alliance)),
    lambda: _("Proposed. The chair opens the charter for signing."),
    "charter:signing",
)
begin = _act(
    lambda person, alliance: ratification.begin_ratifying(actor=person, charter=draft_of(alliance)),
    lambda: _("The charter is open for signing. Its text cannot change now."),
    "charter:signing",
)
begin_forming = _act(
    lambda person, alliance: lifecycle.begin_forming(actor=person, alliance=alliance),
    lambda: _("The alliance is forming."),
    "alliance:overview",
)
confirm_return = _act(
    lambda person, alliance: suspension.confirm_return(actor=person, alliance=alliance),
    lambda: _("Confirmed: the alliance is active again."),
    "alliance:overview",
)
declare_ready = _act(
    lambda person, alliance: lifecycle.declare_ready(actor=person, alliance=alliance),
    lambda: _("All five traits are in place: the alliance is ready."),
    "alliance:overview",
)


@signed_in
@require_POST
def close_amendment(request: HttpRequest, slug: str) -> HttpResponse:
    """It is written in, as it was read."""
    alliance = visible_alliance(request, slug)
    read = request.POST.get("hash", "")
    amending.close_amendment(actor=person_of(request), alliance=alliance, text_hash=read)
    messages.success(request, _("The charter’s next version is in force."))
    return redirect("charter:charter", slug=alliance.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the charter back from signing, after a plain confirmation."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    require("charter.withdraw_ratification", person, alliance)
    if request.method == "POST":
        ratification.withdraw_ratification(actor=person, alliance=alliance)
        messages.success(request, _("The charter is a draft again. The signatures are void and stay on record."))
        return redirect("charter:signing", slug=alliance.slug)
    return render(request, "charter/withdraw.html", shell(alliance, _("Take the charter back"), "signing"))


@signed_in
@require_http_methods(["GET", "POST"])
def abandon(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the alliance up, for a reason."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    require("charter.abandon_alliance", person, alliance)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda: lifecycle.abandon_alliance(actor=person, alliance=alliance, reason=form.cleaned_data["reason"]),
        )
        if done:
            messages.success(request, _("The alliance is given up. It stays readable."))
            return redirect("alliance:overview", slug=alliance.slug)
    context = shell(alliance, _("Give up the alliance")) | {"form": form}
    return with_status(render(request, "charter/abandon.html", context), form)
