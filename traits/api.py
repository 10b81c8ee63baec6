"""The API's doors to readiness: assessments, and warnings accepted."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.fields import TextIn
from accounts.idempotency import idempotent
from accounts.permissions import require
from alliance.api.door import AllianceView, made
from alliance.api.shapes_in import Shape
from audit import clock
from traits.models import Acknowledgement, Ask, Assessment, DropNotice
from traits.selectors.directory import directory_of
from traits.selectors.history import Comparison, chosen, compare
from traits.selectors.mending import asks_of, remedy_rows
from traits.services.acknowledgements import acknowledge_warning
from traits.services.asking import ask_to_mend
from traits.services.assessments import assess_now

A_PAGE = 50


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
            "lapses",
            "seq",
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


class PageIn(serializers.Serializer[Any]):
    """Where a page of assessments begins."""

    before = serializers.IntegerField(required=False, min_value=0, max_value=2**62)


class TwoIn(serializers.Serializer[Any]):
    """Which two assessments are compared; the newest two where none are named."""

    before = serializers.UUIDField(required=False, default=None)
    after = serializers.UUIDField(required=False, default=None)


class LevelMarkOut(serializers.Serializer[Any]):
    """A trait's level before and after."""

    trait = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class IndicatorChangeOut(serializers.Serializer[Any]):
    """An indicator that reads otherwise."""

    id = serializers.CharField()
    before = serializers.CharField()
    before_figure = serializers.CharField()
    after = serializers.CharField()
    after_figure = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())


class HappenedOut(serializers.Serializer[Any]):
    """What happened in between, in words."""

    seq = serializers.IntegerField()
    verb = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField()


class ComparisonOut(serializers.Serializer[Any]):
    """Two assessments, what reads otherwise, and the events between them, newest first."""

    before = serializers.UUIDField(source="before.pk")
    after = serializers.UUIDField(source="after.pk")
    levels = serializers.SerializerMethodField()
    indicators = IndicatorChangeOut(many=True)
    events = HappenedOut(many=True)
    more_events = serializers.IntegerField()

    @extend_schema_field(LevelMarkOut(many=True))
    def get_levels(self, found: Comparison) -> list[dict[str, str]]:
        """The traits whose level differs."""
        return [{"trait": name, "before": before.level, "after": after.level} for name, before, after in found.levels]


class PersonOut(serializers.Serializer[Any]):
    """Somebody who may."""

    id = serializers.UUIDField(source="pk")
    name = serializers.CharField()


class RemedyOut(serializers.Serializer[Any]):
    """One act: the indicators that it clears alone or is a step towards, its page, and who may."""

    step = serializers.CharField(source="key")
    indicator = serializers.CharField()
    words = serializers.CharField()
    advice = serializers.CharField()
    page = serializers.CharField(source="href")
    clears = serializers.ListField(child=serializers.CharField())
    helps = serializers.ListField(child=serializers.CharField())
    people = PersonOut(many=True)
    may = serializers.BooleanField()


class AskIn(Shape):
    """Who is asked for which step of which indicator; `step` and `people` come from the list of what to mend."""

    indicator = TextIn(max_length=2)
    step = TextIn(max_length=150)
    person = serializers.UUIDField()


class AskOut(serializers.ModelSerializer[Ask]):
    """A request that was made."""

    class Meta:
        model = Ask
        fields = ("id", "indicator", "act", "name", "person", "asked_by", "asked_at")
        read_only_fields = fields


class AskedOut(serializers.Serializer[Any]):
    """Who was asked for what, and whether the newest assessment still misses it."""

    indicator = serializers.CharField()
    step = serializers.CharField(source="key")
    words = serializers.CharField()
    person = PersonOut()
    asked_by = PersonOut()
    at = serializers.DateTimeField()
    done = serializers.BooleanField()


class DropNoticeOut(serializers.ModelSerializer[DropNotice]):
    """A notice of a drop; open while `closed_at` is empty."""

    class Meta:
        model = DropNotice
        fields = ("id", "indicator", "opened_by", "opened_at", "cure_by", "closed_at", "closed_by")
        read_only_fields = fields


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
