"""The API's doors to readiness: assessments, and warnings accepted."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.fields import TextIn
from accounts.idempotency import idempotent
from alliance.api.door import AllianceView, made
from alliance.api.shapes_in import Shape
from audit import clock
from traits.forms import WhatIfForm
from traits.models import Acknowledgement, Assessment
from traits.selectors.report import assessment_document, brief_pdf, report_pdf
from traits.selectors.whatif import as_document, evidence_now, what_if
from traits.services.acknowledgements import acknowledge_warning
from traits.services.assessments import assess_now


class AssessmentOut(serializers.ModelSerializer[Assessment]):
    """An assessment: profile, verdicts with figures (but the sealed ones), levels, gate, strict reading."""

    class Meta:
        model = Assessment
        fields = (
            "id",
            "at",
            "profile",
            "gate",
            "passing",
            "blocking",
            "strict_passing",
            "strict_blocking",
            "missing",
            "levels",
            "indicators",
            "digest",
            "why",
        )
        read_only_fields = fields


class AcknowledgementOut(serializers.ModelSerializer[Acknowledgement]):
    """A warning that was accepted."""

    class Meta:
        model = Acknowledgement
        fields = ("id", "indicator", "subjects", "reason", "acknowledged_by", "acknowledged_at")
        read_only_fields = fields


class AcknowledgementIn(Shape):
    """Which warning, and why it is accepted."""

    indicator = TextIn(max_length=2)
    reason = TextIn(max_length=2000)


class Assessments(AllianceView):
    """The readings of the five traits."""

    @extend_schema(responses=AssessmentOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The newest fifty, newest first."""
        found = Assessment.objects.filter(alliance=self.alliance).newest_first()[:50]
        return Response(AssessmentOut(found, many=True).data)

    @extend_schema(request=None, responses={201: AssessmentOut})
    def post(self, request: Request, slug: str) -> Response:
        """Assess now."""
        return made(AssessmentOut(assess_now(actor=self.person, alliance=self.alliance)).data)


class OneAssessment(AllianceView):
    """One reading."""

    @extend_schema(responses=AssessmentOut)
    def get(self, request: Request, slug: str, pk: UUID) -> Response:
        """Whole, as it was stored."""
        return Response(AssessmentOut(get_object_or_404(Assessment, alliance=self.alliance, pk=pk)).data)


class AssessmentReport(AllianceView):
    """One reading, as the command line prints it, or typeset."""

    @extend_schema(
        responses={
            (200, "application/json"): OpenApiTypes.OBJECT,
            (200, "application/pdf"): OpenApiTypes.BINARY,
        },
        parameters=[OpenApiParameter("form", str, enum=["json", "pdf", "brief"], default="json")],
    )
    def get(self, request: Request, slug: str, pk: UUID) -> Response | HttpResponse:
        """As `manage.py assess` prints it; typeset with `form=pdf`, and on two pages with `form=brief`."""
        found = get_object_or_404(Assessment.objects.select_related("alliance"), alliance=self.alliance, pk=pk)
        typeset = {"pdf": report_pdf, "brief": brief_pdf}.get(request.query_params.get("form", ""))
        if typeset:
            return HttpResponse(typeset(found), content_type="application/pdf")
        return Response(assessment_document(found))


class Acknowledgements(AllianceView):
    """Warnings that the chair has accepted."""

    @extend_schema(responses=AcknowledgementOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Newest first."""
        found = Acknowledgement.objects.filter(alliance=self.alliance).order_by("-acknowledged_at", "-pk")
        return Response(AcknowledgementOut(found, many=True).data)

    @extend_schema(request=AcknowledgementIn, responses={201: AcknowledgementOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Accept a warning, with a reason."""
        given = self.given(AcknowledgementIn)
        return made(AcknowledgementOut(acknowledge_warning(actor=self.person, alliance=self.alliance, **given)).data)


class WhatIf(AllianceView):
    """What if seats, weights, thresholds or members were others? Nothing is stored."""

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request, slug: str) -> Response:
        """Power and the five traits as they would be, by the same parameters as the page's address:
        `weight-<seat>`, `for-<seat>`, `recused-<seat>`, `threshold-<class>`, `new-weight-<1…3>`, `new-for-<1…3>`,
        `member-name`, `member-kind`. Without any, as they are."""
        evidence = evidence_now(self.alliance, at=clock.read())
        form = WhatIfForm(request.query_params or None, evidence)
        if form.is_bound and not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(each) for each in said] for name, said in form.errors.items()}
            )
        return Response(as_document(what_if(evidence, form.change() if form.is_bound else None)))
