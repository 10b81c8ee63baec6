"""What the API takes and shows of decisions and the committee."""

import json
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.door import Within
from alliance.api.told.strict import Shape, Strict
from alliance.models import Member
from alliance.rules import scan
from governance.models import (
    Addition,
    Attestation,
    CommitteeTerms,
    Conformance,
    Decision,
    DecisionClass,
    Disclosure,
    Holding,
    InstructionReport,
    Officer,
    Outcome,
    Seat,
    Suggestion,
)
from governance.services.classes import CHANGEABLE

Serializer = serializers.Serializer[Any]


# -- Decisions ------------------------------------------------------------------------------------------------------
class DraftIn(Shape):
    """A question. Before the charter no class is named; `effect_data` is what the effect takes (`effects/`)."""

    title = TextIn(max_length=160)
    motion = TextIn(max_length=20_000)
    summary = TextIn(max_length=600, required=False, default="", allow_blank=True)
    consequence = TextIn(max_length=1000, required=False, default="", allow_blank=True)
    alternatives = TextIn(max_length=2000, required=False, default="", allow_blank=True)
    reopens = Within(queryset=Decision.objects.all(), required=False, default=None, allow_null=True)
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
            *("reopens", "effect", "effect_data"),
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


# -- The committee --------------------------------------------------------------------------------------------------
class CommitteeTermsIn(Strict, serializers.ModelSerializer[CommitteeTerms]):
    class Meta:
        model = CommitteeTerms
        exclude = ("alliance",)
        extra_kwargs = {
            "term_months": {"required": True, "allow_null": True, "min_value": 1, "max_value": 120},
            "term_limit": {"required": True, "allow_null": True, "min_value": 1, "max_value": 10},
            "forbids_instruction": {"required": True},
            "forbids_proxies": {"required": True},
            "appeal_route": {"required": True, "max_length": 1000},
            "records_held_by": {"required": True, "max_length": 1000},
        }


class SeatIn(Shape):
    label = TextIn(max_length=120)  # type: ignore[assignment]  # DRF has an attribute of that name
    weight = serializers.IntegerField(min_value=1, max_value=10_000)
    member = Within(queryset=Member.objects.all(), allow_null=True)


class SeatOut(serializers.ModelSerializer[Seat]):
    class Meta:
        model = Seat
        fields = ("id", "label", "weight", "member")
        read_only_fields = fields


class NominationIn(Shape):
    """Who is to hold the seat. Somebody without an account is invited, as working for `organisation`."""

    email = serializers.EmailField()
    name = TextIn(max_length=120)
    organisation = TextIn(max_length=160, required=False, default="", allow_blank=True)
    appointed_by = Within(queryset=Member.objects.all(), allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    irrevocable_until = serializers.DateField(required=False, default=None, allow_null=True)
    removable_by_employer = serializers.BooleanField(required=False, default=False)


class HoldingOut(serializers.ModelSerializer[Holding]):
    class Meta:
        model = Holding
        fields = (
            *("id", "seat", "person", "appointed_by", "appointed_at", "accepted_at", "starts_on", "ends_on"),
            *("irrevocable_until", "removable_by_employer", "left_at", "suspended_at", "witnessed"),
        )
        read_only_fields = fields


class NominatedOut(Serializer):
    """The nomination, or that an invitation is on its way."""

    holding = HoldingOut(allow_null=True)
    is_invited = serializers.BooleanField()


class IndependenceIn(Shape):
    """The hash of the independence text that was read (GET shows both)."""

    hash = serializers.RegexField(r"^[0-9a-f]{64}$")


class IndependenceText(Serializer):
    text = serializers.CharField()
    version = serializers.CharField()
    hash = serializers.CharField()


class IndependenceOut(serializers.ModelSerializer[Attestation]):
    class Meta:
        model = Attestation
        fields = ("id", "holding", "text_version", "text_hash", "employer", "signed_at")
        read_only_fields = fields


class DisclosureIn(Shape):
    text = TextIn(max_length=8000, required=False, default="", allow_blank=True)
    nothing_to_disclose = serializers.BooleanField(required=False, default=False)


class DisclosureOut(serializers.ModelSerializer[Disclosure]):
    class Meta:
        model = Disclosure
        fields = ("id", "holding", "text", "nothing_to_disclose", "made_at")
        read_only_fields = fields


class AdditionIn(Shape):
    text = TextIn(max_length=4000)


class AdditionOut(serializers.ModelSerializer[Addition]):
    class Meta:
        model = Addition
        fields = ("id", "holding", "text", "added_by", "added_at", "witnessed")
        read_only_fields = fields


class ReportIn(Shape):
    seat = Within(queryset=Seat.objects.standing())
    text = TextIn(max_length=8000)


class ReportSent(Serializer):
    is_recorded = serializers.BooleanField()


class ReportOut(serializers.ModelSerializer[InstructionReport]):
    class Meta:
        model = InstructionReport
        fields = ("id", "seat", "reported_by", "text", "reported_at", "settled_at", "settled_by", "was_instructed")
        read_only_fields = fields


class SettleIn(Shape):
    was_instructed = serializers.BooleanField()


class OfficerOut(serializers.ModelSerializer[Officer]):
    class Meta:
        model = Officer
        fields = ("office", "person", "is_acting", "starts_at")
        read_only_fields = fields


class SeatLineOut(Serializer):
    """A seat, who holds it, and whether they may vote now."""

    seat = SeatOut()
    holding = serializers.SerializerMethodField()
    standing = serializers.CharField(source="look")

    @extend_schema_field(HoldingOut(allow_null=True))
    def get_holding(self, line: Any) -> Any:
        return HoldingOut(line.holder.holding).data if line.holder else None


class CommitteeTermsOut(serializers.ModelSerializer[CommitteeTerms]):
    class Meta:
        model = CommitteeTerms
        exclude = ("alliance",)


class CommitteeOut(Serializer):
    seats = SeatLineOut(many=True)
    officers = OfficerOut(many=True)
    terms = CommitteeTermsOut(allow_null=True)


# -- Classes --------------------------------------------------------------------------------------------------------
class ClassOut(serializers.ModelSerializer[DecisionClass]):
    class Meta:
        model = DecisionClass
        exclude = ("alliance", "created_at", "retired_at")


class ClassIn(Strict, serializers.ModelSerializer[DecisionClass]):
    """Only what is sent is changed."""

    class Meta:
        model = DecisionClass
        fields = tuple(sorted(CHANGEABLE))
