"""What the API takes and shows of decisions."""

import json
from typing import Any

from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.door import Within
from alliance.api.told.strict import Shape
from alliance.models import Member, Topic
from alliance.rules import scan
from governance.models import (
    Conformance,
    Decision,
    DecisionClass,
    Outcome,
    Suggestion,
)

Serializer = serializers.Serializer[Any]


class DraftIn(Shape):
    """A question. Before the charter no class is named; `effect_data` is what the effect takes (`effects/`).

    A yes furthers the `topic` that it concerns, or with `opposes_topic` works against it.
    """

    title = TextIn(max_length=160)
    motion = TextIn(max_length=20_000)
    summary = TextIn(max_length=600, required=False, default="", allow_blank=True)
    consequence = TextIn(max_length=1000, required=False, default="", allow_blank=True)
    alternatives = TextIn(max_length=2000, required=False, default="", allow_blank=True)
    reopens = Within(queryset=Decision.objects.all(), required=False, default=None, allow_null=True)
    topic = Within(queryset=Topic.objects.all(), required=False, default=None, allow_null=True)
    opposes_topic = serializers.BooleanField(required=False, default=False)
    decision_class = Within(queryset=DecisionClass.objects.all(), required=False, default=None, allow_null=True)
    effect_data = serializers.DictField(required=False, default=dict)


class NewDraftIn(DraftIn):
    effect = TextIn(max_length=40, required=False, default="none")


class EffectOut(Serializer):
    """`effect_data` holds these names; in words, what stands under each."""

    key = serializers.CharField()
    name = serializers.CharField(source="effect.label")
    note = serializers.CharField(source="effect.note")
    effect_data = serializers.DictField(source="effect.data", child=serializers.CharField())


class SuggestionIn(Shape):
    text = TextIn(max_length=2000)


class AnswerIn(Shape):
    """`answer` says why, where the suggestion is not taken."""

    is_taken = serializers.BooleanField()
    answer = TextIn(max_length=1000, required=False, default="", allow_blank=True)


class SuggestionOut(serializers.ModelSerializer[Suggestion]):
    """`hits` are words that counsel will ask about."""

    hits = serializers.SerializerMethodField()
    suggested_by = serializers.CharField(source="suggested_by.name")

    class Meta:
        model = Suggestion
        fields = ("id", "suggested_by", "member", "text", "suggested_at", "answered_at", "is_taken", "answer", "hits")
        read_only_fields = fields

    def get_hits(self, suggestion: Suggestion) -> list[str]:
        return [hit.words for hit in scan([suggestion.text])]


class ConformanceIn(Shape):
    member = Within(queryset=Member.objects.all())
    since = serializers.DateField()


class ConformanceOut(serializers.ModelSerializer[Conformance]):
    class Meta:
        model = Conformance
        fields = ("id", "member", "since", "declared_at", "ended_at")
        read_only_fields = fields


REPLACES = "The version of a colleague’s ballot for the same group, where this one replaces it."


class BallotIn(Shape):
    choice = serializers.ChoiceField(["yes", "no", "abstain", "agree", "object"])
    declared = serializers.BooleanField(required=False, default=False)
    reason = TextIn(max_length=4000, required=False, default="", allow_blank=True)
    proposed_change = TextIn(max_length=4000, required=False, default="", allow_blank=True)
    replaces = serializers.IntegerField(min_value=1, required=False, help_text=REPLACES)


class ReceiptOut(Serializer):
    """That a ballot is recorded: when, as which version, under which commitment. Never how."""

    cast_at = serializers.DateTimeField(source="at")
    version = serializers.IntegerField()
    commitment = serializers.CharField(source="code")


class RecusalIn(Shape):
    reason = TextIn(max_length=2000)


class ElectorOut(Serializer):
    """Who may vote, and whether they have; how they voted once the outcome is written down, before that null."""

    key = serializers.CharField()
    name = serializers.CharField()
    weight = serializers.IntegerField()
    is_recused = serializers.BooleanField()
    has_voted = serializers.BooleanField()
    choice = serializers.CharField(allow_null=True)


class VoterOut(Serializer):
    name = serializers.CharField()
    note = serializers.CharField()
    word = serializers.CharField()
    may_vote = serializers.BooleanField()


class ElectorateOut(Serializer):
    """The seats, or the groups of members, before a vote opens."""

    rule = serializers.CharField()
    voters = VoterOut(many=True)


class OutcomeOut(serializers.ModelSerializer[Outcome]):
    case = serializers.SerializerMethodField()

    class Meta:
        model = Outcome
        fields = ("number", "result", "sentence", "figures", "case", "recorded_at", "witnessed")
        read_only_fields = fields

    def get_case(self, outcome: Outcome) -> dict[str, Any]:
        """What `manage.py recount` reads."""
        case: dict[str, Any] = json.loads(outcome.case)
        return case


class DecisionOut(serializers.ModelSerializer[Decision]):
    decision_class = serializers.CharField(source="decision_class.key")

    class Meta:
        model = Decision
        fields = (
            *("number", "title", "summary", "motion", "consequence", "alternatives", "decision_class"),
            *("reopens", "topic", "opposes_topic", "effect", "effect_data"),
            *("proposer", "seconder", "state", "created_at", "noticed_at", "opened_at", "closes_at", "extended"),
            *("by_members", "closed_at", "effective_at", "took_effect_at", "effect_problem"),
            *("effect_refusal", "charter_version"),
        )
        read_only_fields = fields


class DecisionWhole(Serializer):
    """A decision with its electorate, its outcomes, and the caller's own receipt."""

    decision = DecisionOut()
    state_word = serializers.CharField()
    electors = ElectorOut(many=True)
    outcomes = OutcomeOut(many=True)
    receipt = ReceiptOut(allow_null=True)
    acts = serializers.ListField(child=serializers.CharField())
