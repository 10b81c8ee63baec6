"""Evidence on records."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.idempotency import idempotent
from accounts.parsers import StrictJSONParser
from alliance.api import shapes_out as shown
from alliance.api.door import AllianceView, made
from alliance.api.told.evidence import EvidenceFileIn, EvidenceIn
from alliance.doors import exhibit_in, record_in, require_openable, served
from alliance.forms.evidence import upload_of
from alliance.models import Exhibit
from alliance.selectors.evidence import may_open, seen_by
from alliance.services import exhibits
from alliance.services.exhibits import Source

KIND = OpenApiParameter("kind", str, description="Only evidence on this kind of record.")


class EvidenceView(AllianceView):
    """A view of evidence: what was taken back hides what it was, but for who attached it and the auditor."""

    def told(self, found: Any) -> Any:
        """As the API tells it."""
        if isinstance(found, Exhibit):
            return shown.ExhibitOut(self._bared(found)).data
        return shown.ExhibitOut([self._bared(each) for each in found], many=True).data

    def _bared(self, exhibit: Exhibit) -> Exhibit:
        if not may_open(self.person, exhibit):
            exhibit.address, exhibit.source_kind, exhibit.source, exhibit.file_name = "", "", None, ""
        return exhibit


class AllEvidence(EvidenceView):
    """All evidence of the alliance."""

    @extend_schema(parameters=[KIND], responses=shown.ExhibitOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The newest first, at most 500."""
        found = seen_by(self.person, self.alliance).order_by("-added_at", "-pk")
        kind = request.query_params.get("kind")
        return Response(self.told((found.filter(kind=kind) if kind else found)[:500]))


class EvidenceOfRecord(EvidenceView):
    """Evidence on one record: `kind` as in `stream`, `reading`, `contribution`, and the record's identifier."""

    parser_classes = [StrictJSONParser, MultiPartParser]

    @extend_schema(operation_id="alliances_record_evidence_list", responses=shown.ExhibitOut(many=True))
    def get(self, request: Request, slug: str, kind: str, pk: UUID) -> Response:
        """All, oldest first; what was taken back too."""
        record_in(self.alliance, self.person, kind, pk)
        found = seen_by(self.person, self.alliance).filter(kind=kind, record=pk)
        return Response(self.told(found.order_by("added_at", "pk")))

    @extend_schema(
        request={"application/json": EvidenceIn, "multipart/form-data": EvidenceFileIn},
        responses={201: shown.ExhibitOut},
    )
    @idempotent
    def post(self, request: Request, slug: str, kind: str, pk: UUID) -> Response:
        """Attach a link, another record or a file: exactly one, by who may say the record."""
        record_in(self.alliance, self.person, kind, pk)
        is_form = (request.content_type or "").startswith("multipart/")
        given = self.given(EvidenceFileIn if is_form else EvidenceIn)
        named, source = given.pop("source_kind"), given.pop("source")
        exhibit = exhibits.attach_exhibit(
            actor=self.person, alliance=self.alliance, kind=kind, record=pk,
            source=Source(named, source) if source else None, file=upload_of(given.pop("file", None)), **given,
        )  # fmt: skip
        return made(self.told(exhibit))


class OneExhibit(EvidenceView):
    """One piece of evidence."""

    @extend_schema(responses=shown.ExhibitOut)
    def get(self, request: Request, slug: str, pk: UUID) -> Response:
        """What it is, and whether it was taken back."""
        return Response(self.told(exhibit_in(self.alliance, self.person, pk)))


class FileOfExhibit(EvidenceView):
    """The file of a piece of evidence."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, slug: str, pk: UUID) -> HttpResponse:
        """Its bytes, to be saved."""
        exhibit = exhibit_in(self.alliance, self.person, pk)
        require_openable(self.person, exhibit)
        return served(exhibit)


class ExhibitTakenBack(EvidenceView):
    """Taking a piece of evidence back."""

    @extend_schema(request=None, responses=shown.ExhibitOut)
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """By who attached it, or who may say the record."""
        exhibits.withdraw_exhibit(actor=self.person, exhibit=exhibit_in(self.alliance, self.person, pk))
        return Response(self.told(exhibit_in(self.alliance, self.person, pk)))
