"""What would be, if seats, weights, thresholds or members were others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.doors import with_status
from alliance.views.loading import signed_in, visible_alliance
from audit import clock
from traits.forms import SplitForm, WhatIfForm
from traits.models import Assessment
from traits.selectors.split import split_view
from traits.selectors.whatif import evidence_now, what_if


@signed_in
@require_GET
def whatif(request: HttpRequest, slug: str) -> HttpResponse:
    """Seats against power, and the traits, as they are and as they would be. Stores nothing."""
    alliance = visible_alliance(request, slug)
    evidence = evidence_now(alliance, at=clock.read())
    form = WhatIfForm(request.GET or None, evidence)
    change = form.change() if form.is_bound and form.is_valid() else None
    context = {
        "page_title": _("What if"),
        "place": "decisions",
        "now": clock.read(),
        "alliance": alliance,
        "form": form,
        "found": what_if(evidence, change, Assessment.objects.latest_of(alliance)),
        "is_changed": change is not None,
    }
    return with_status(render(request, "traits/whatif.html", context), form)


@require_http_methods(["GET", "POST"])
@signed_in
def split(request: HttpRequest, slug: str) -> HttpResponse:
    """How a joint worth could be shared, and who would do better alone. What is typed is not kept."""
    alliance = visible_alliance(request, slug)
    form = SplitForm(request.POST if request.method == "POST" else None)
    context = {
        "page_title": _("Reference split"),
        "place": "decisions",
        "now": clock.read(),
        "alliance": alliance,
        "form": form,
        "found": split_view(form.game) if form.is_bound and form.is_valid() else None,
    }
    return with_status(render(request, "traits/split.html", context), form)
