"""The API’s doors to readiness: assessments, what mends, who was asked, warnings accepted."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.idempotency import idempotent
from accounts.permissions import require
from alliance.api.door import AllianceView, made
from audit import clock
from traits.api.shapes import (
    AcknowledgementIn,
    AcknowledgementOut,
    AskedOut,
    AskIn,
    AskOut,
    AssessmentOut,
    ComparisonOut,
    DropNoticeOut,
    PageIn,
    RemedyOut,
    TwoIn,
)
from traits.models import Acknowledgement, Assessment, DropNotice
from traits.selectors.directory import directory_of
from traits.selectors.history import chosen, compare
from traits.selectors.mending import asks_of, remedy_rows
from traits.selectors.report import assessment_document, brief_pdf, report_pdf
from traits.services.acknowledgements import acknowledge_warning
from traits.services.asking import ask_to_mend
from traits.services.assessments import assess_now

A_PAGE = 50


class Assessments(AllianceView):
    """The readings of the five traits."""

    @extend_schema(parameters=[PageIn], responses=AssessmentOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Fifty, newest first; with `before`, those before the one with that `seq`."""
        form = PageIn(data=request.query_params)
        form.is_valid(raise_exception=True)
        found = Assessment.objects.filter(alliance=self.alliance).newest_first()
        if "before" in form.validated_data:
            found = found.filter(seq__lt=form.validated_data["before"])
        return Response(AssessmentOut(found[:A_PAGE], many=True).data)

    @extend_schema(request=None, responses={200: AssessmentOut, 201: AssessmentOut})
    def post(self, request: Request, slug: str) -> Response:
        """Assess now: 201 with the new one; 200 with the newest of today, where nothing has changed since."""
        before = Assessment.objects.latest_of(self.alliance)
        found = assess_now(actor=self.person, alliance=self.alliance)
        return Response(AssessmentOut(found).data) if found == before else made(AssessmentOut(found).data)


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


class Compared(AllianceView):
    """Two readings beside each other."""

    @extend_schema(parameters=[TwoIn], responses=ComparisonOut)
    def get(self, request: Request, slug: str) -> Response:
        """What changed, and through which events."""
        form = TwoIn(data=request.query_params)
        form.is_valid(raise_exception=True)
        two = chosen(self.alliance, **form.validated_data)
        if two is None:
            raise Http404
        return Response(ComparisonOut(compare(*two)).data)


class Mending(AllianceView):
    """What stands in the way, as acts."""

    @extend_schema(responses=RemedyOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What mends most first; empty while nothing stands in the way, or nothing was assessed."""
        latest = Assessment.objects.latest_of(self.alliance)
        directory = directory_of(self.alliance)
        rows = remedy_rows(latest, directory, self.person, clock.read()) if latest else []
        return Response(RemedyOut(rows, many=True).data)


class Asks(AllianceView):
    """Who was asked to mend what."""

    @extend_schema(responses=AskedOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The newest fifty; for organisers."""
        require("traits.ask_to_mend", self.person, self.alliance)
        found = asks_of(self.alliance, Assessment.objects.latest_of(self.alliance))
        return Response(AskedOut(found, many=True).data)

    @extend_schema(request=AskIn, responses={201: AskOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Ask somebody. The same within a day asks nobody again, and gives that request."""
        require("traits.ask_to_mend", self.person, self.alliance)
        given = self.given(AskIn)
        return made(AskOut(ask_to_mend(actor=self.person, alliance=self.alliance, **given)).data)


class DropNotices(AllianceView):
    """Drops under the charter."""

    @extend_schema(responses=DropNoticeOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The newest fifty, newest first."""
        found = DropNotice.objects.filter(alliance=self.alliance).order_by("-opened_at", "indicator")
        return Response(DropNoticeOut(found[:A_PAGE], many=True).data)


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
