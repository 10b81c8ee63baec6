"""The readiness pages."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.doors import carried_out, with_status
from accounts.permissions import may, require
from alliance.models import Alliance
from alliance.views.loading import person_of, signed_in, visible_alliance
from audit import clock
from traits.doors import remember, remembered
from traits.forms import AcknowledgementForm, SelfCheckForm, WhatIfForm
from traits.indicators.registry import REGISTRY
from traits.models import Assessment
from traits.selectors.pages import IndicatorRow, obstacles, readiness_page, trait_rows
from traits.selectors.report import assessment_document, brief_pdf, report_pdf
from traits.selectors.told import told_of
from traits.selectors.whatif import evidence_now, what_if
from traits.services.acknowledgements import acknowledge_warning
from traits.services.assessments import assess_now
from traits.states import Verdict


@signed_in
@require_GET
def readiness(request: HttpRequest, slug: str) -> HttpResponse:
    """Five traits, their indicators with figure, threshold, evidence and advice, and what was read before."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    page = readiness_page(alliance)
    context = {
        "page_title": _("Readiness"),
        "place": "charter",
        "now": clock.read(),
        "alliance": alliance,
        "page": page,
        "levels": [trait.level for trait in page.traits],
        "obstacles": obstacles(page.traits),
        "may_assess": may("traits.assess_alliance", person, alliance),
        "may_acknowledge": may("traits.acknowledge_warning", person, alliance),
        "open_warnings": [each for each in obstacles(page.traits) if each.verdict == Verdict.WARN],
    }
    return render(request, "traits/readiness.html", context)


@signed_in
@require_POST
def assess(request: HttpRequest, slug: str) -> HttpResponse:
    """Assess again, now."""
    alliance = visible_alliance(request, slug)
    assess_now(actor=person_of(request), alliance=alliance)
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


@signed_in
@require_GET
def report(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The report of one assessment, typeset."""
    assessment = _assessment(request, slug, pk)
    headers = {"Content-Disposition": f'inline; filename="{slug}-readiness-{assessment.at:%Y-%m-%d}.pdf"'}
    return HttpResponse(report_pdf(assessment), content_type="application/pdf", headers=headers)


@signed_in
@require_GET
def brief(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The readiness brief of one assessment: two pages."""
    assessment = _assessment(request, slug, pk)
    headers = {"Content-Disposition": f'inline; filename="{slug}-brief-{assessment.at:%Y-%m-%d}.pdf"'}
    return HttpResponse(brief_pdf(assessment), content_type="application/pdf", headers=headers)


@signed_in
@require_GET
def report_data(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One assessment, as `manage.py assess` prints it."""
    found = assessment_document(_assessment(request, slug, pk))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _assessment(request: HttpRequest, slug: str, pk: UUID) -> Assessment:
    found = Assessment.objects.filter(alliance=visible_alliance(request, slug)).select_related("alliance")
    return get_object_or_404(found, pk=pk)


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
        "found": what_if(evidence, change),
        "is_changed": change is not None,
    }
    return with_status(render(request, "traits/whatif.html", context), form)


@require_http_methods(["GET", "POST"])
def self_check(request: HttpRequest) -> HttpResponse:
    """Fifteen plain questions, without an account. The answers stay with the visitor."""
    form = SelfCheckForm(request.POST if request.method == "POST" else None, initial=remembered(request.session))
    if request.method == "POST" and form.is_valid():
        remember(request.session, form.cleaned_data)
        return redirect("traits:self_check_result")
    return with_status(
        render(request, "traits/self_check.html", {"page_title": _("Would it hold?"), "form": form}), form
    )


@require_GET
def self_check_result(request: HttpRequest) -> HttpResponse:
    """The five traits as they were told, and the three biggest gaps."""
    answers = remembered(request.session)
    if answers is None:
        return redirect("traits:self_check")
    context = {"page_title": _("Five traits, as you tell it"), "told": told_of(answers)}
    return render(request, "traits/self_check_result.html", context)


def _warning(alliance: Alliance, indicator: str) -> IndicatorRow | None:
    """The open warning of an indicator in the newest assessment, if there is one."""
    latest = Assessment.objects.latest_of(alliance)
    rows = trait_rows(latest, alliance) if latest else []
    for row in obstacles(rows):
        if row.id == indicator and row.verdict == Verdict.WARN:
            return row
    return None
