"""An assessment as a report, a brief, and data."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from alliance.views.loading import signed_in, visible_alliance
from traits.models import Assessment
from traits.selectors.report import assessment_document, brief_pdf, report_pdf


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
