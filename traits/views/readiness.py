"""The readiness pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.doors import carried_out, with_status
from accounts.permissions import may, require
from alliance.models import Alliance
from alliance.selectors.worksheets import own_outlooks
from alliance.states import BEFORE_CHARTER
from alliance.views.loading import or_guest, person_of, signed_in, visible_alliance
from audit import clock
from audit.errors import DomainError
from traits.earliest import still
from traits.forms import AcknowledgementForm, AskForm, CompareForm
from traits.indicators.registry import REGISTRY
from traits.models import Assessment
from traits.selectors.history import chosen, history_of
from traits.selectors.history import compare as compare_two
from traits.selectors.pages import IndicatorRow, obstacles, readiness_page, trait_rows
from traits.selectors.pulse import beside_traits
from traits.services.acknowledgements import acknowledge_warning
from traits.services.asking import ask_to_mend
from traits.services.assessments import assess_now
from traits.states import Verdict


@or_guest
@signed_in
@require_GET
def readiness(request: HttpRequest, slug: str) -> HttpResponse:
    """Five traits, their indicators with figure, threshold, evidence and advice, and what was read before."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    at = clock.read()
    page = readiness_page(alliance, person, at)
    context = {
        "page_title": _("Readiness"),
        "place": "charter",
        "now": at,
        "alliance": alliance,
        "page": page,
        "pulse": beside_traits(alliance, at, page.assessment),
        "levels": [trait.level for trait in page.traits],
        "earliest_on": still(page.assessment.earliest_on, at.date()) if page.assessment else None,
        "is_chartered": alliance.state not in BEFORE_CHARTER,
        "own_outlooks": own_outlooks(alliance, person),
        "may_assess": page.is_organiser or may("traits.assess_alliance", person, alliance),
        "may_ask": page.is_organiser,
        "may_acknowledge": page.is_chair,
        "open_warnings": [each for each in obstacles(page.traits) if each.verdict == Verdict.WARN],
    }
    return render(request, "traits/readiness.html", context)


@signed_in
@require_POST
def assess(request: HttpRequest, slug: str) -> HttpResponse:
    """Assess again, now."""
    alliance = visible_alliance(request, slug)
    before = Assessment.objects.latest_of(alliance)
    if assess_now(actor=person_of(request), alliance=alliance) == before:
        messages.info(request, _("Nothing on record has changed today since the newest assessment: it stands."))
    else:
        messages.success(request, _("Assessed again, from what is on record now."))
    return redirect("traits:readiness", slug=alliance.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def acknowledge(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    """Accept one warning, with a reason."""
    alliance = visible_alliance(request, slug)
    require("traits.acknowledge_warning", person_of(request), alliance)
    if indicator not in REGISTRY:
        raise Http404
    warning = _warning(alliance, indicator)
    if warning is None:
        messages.info(request, _("There is no open warning of this indicator any more."))
        return redirect("traits:readiness", slug=alliance.slug)
    form = AcknowledgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda: acknowledge_warning(
                actor=person_of(request), alliance=alliance, indicator=indicator, reason=form.cleaned_data["reason"]
            ),
        )
        if done:
            messages.success(request, _("The warning is accepted, with your reason."))
            return redirect("traits:readiness", slug=alliance.slug)
    context = {
        "page_title": _("Accept a warning"),
        "place": "charter",
        "now": clock.read(),
        "alliance": alliance,
        "warning": warning,
        "form": form,
    }
    return with_status(render(request, "traits/acknowledge.html", context), form)


def _warning(alliance: Alliance, indicator: str) -> IndicatorRow | None:
    """The open warning of an indicator in the newest assessment, if there is one."""
    latest = Assessment.objects.latest_of(alliance)
    rows = trait_rows(latest, alliance) if latest else []
    for row in obstacles(rows):
        if row.id == indicator and row.verdict == Verdict.WARN:
            return row
    return None


@signed_in
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a person to take a step."""
    alliance = visible_alliance(request, slug)
    require("traits.ask_to_mend", person_of(request), alliance)
    form = AskForm(request.POST)
    if not form.is_valid():
        raise DomainError("may_not_mend", _("Choose somebody who may do this."))
    asked = ask_to_mend(actor=person_of(request), alliance=alliance, **form.cleaned_data)
    messages.success(request, _("%(person)s is asked, by message and on their own page.") % {"person": asked.person})
    return redirect("traits:readiness", slug=alliance.slug)


@or_guest
@signed_in
@require_GET
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every assessment with its five levels, newest first."""
    alliance = visible_alliance(request, slug)
    now = clock.read()
    found = history_of(alliance, now, request.GET.get("page"))
    context = {"page_title": _("Readiness over time"), "place": "charter", "now": now, "alliance": alliance}
    return render(request, "traits/history.html", {**context, "found": found, "page": found.page})


@or_guest
@signed_in
@require_GET
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed between two assessments, and through which events; those before and after where none are named."""
    alliance = visible_alliance(request, slug)
    form = CompareForm(request.GET)
    two = chosen(alliance, **form.cleaned_data) if form.is_valid() else None
    context = {"page_title": _("What changed"), "place": "charter", "now": clock.read(), "alliance": alliance}
    return render(request, "traits/compare.html", {**context, "found": compare_two(*two) if two else None})
