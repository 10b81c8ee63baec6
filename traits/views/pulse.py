"""The pages of what members think: rounds and results, opening one, answering in it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.doors import carried_out, with_status
from accounts.permissions import may, require
from alliance.models import Member
from alliance.views.loading import or_guest, person_of, signed_in, visible_alliance
from audit import clock
from traits.forms import OpenPulseForm, PulseForm
from traits.models import Assessment, PulseRound
from traits.selectors.reasons import pulse_with_measures
from traits.services.pulse import answer_pulse
from traits.services.pulse import open_pulse as open_round


@or_guest
@signed_in
@require_GET
def pulse(request: HttpRequest, slug: str) -> HttpResponse:
    """The open round, and what closed ones say beside the evidence."""
    alliance = visible_alliance(request, slug)
    person, at = person_of(request), clock.read()
    context = {
        "page_title": _("What members think"),
        "place": "charter",
        "now": at,
        "alliance": alliance,
        "page": pulse_with_measures(alliance, person, at, Assessment.objects.latest_of(alliance)),
        "may_open": may("traits.open_pulse", person, alliance),
    }
    return render(request, "traits/pulse.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def open_pulse(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a round."""
    alliance = visible_alliance(request, slug)
    require("traits.open_pulse", person_of(request), alliance)
    form = OpenPulseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["days"]
        if carried_out(form, lambda: open_round(actor=person_of(request), alliance=alliance, days=days)):
            messages.success(request, _("Members’ representatives are asked, by message and on their own page."))
            return redirect("traits:pulse", slug=alliance.slug)
    context = {"page_title": _("Ask what members think"), "place": "charter", "now": clock.read()}
    return with_status(render(request, "traits/open_pulse.html", {**context, "alliance": alliance, "form": form}), form)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, number: int, pk: UUID) -> HttpResponse:
    """Answer for a member in a round."""
    alliance = visible_alliance(request, slug)
    found = get_object_or_404(PulseRound, alliance=alliance, number=number)
    member = get_object_or_404(Member.objects.with_names(), alliance=alliance, pk=pk)
    require("traits.answer_pulse", person_of(request), member)
    form = PulseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda: answer_pulse(
                actor=person_of(request),
                pulse=found,
                member=member,
                scores=form.scores(),
                is_named=form.cleaned_data["is_named"],
            ),
        )
        if done:
            messages.success(request, _("Your answer is in. Results appear when the round has closed."))
            return redirect("traits:pulse", slug=alliance.slug)
    context = {
        "page_title": _("What does %(member)s think?") % {"member": member},
        "place": "charter",
        "now": clock.read(),
        "alliance": alliance,
        "round": found,
        "member": member,
        "form": form,
    }
    return with_status(render(request, "traits/answer_pulse.html", context), form)
