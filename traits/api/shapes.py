"""What the API of readiness is told and shows."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.told.strict import Shape
from traits.models import Acknowledgement, Ask, Assessment, DropNotice
from traits.selectors.history import Comparison


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
            "earliest_on",
            "earliest_because",
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
