"""What the API takes and shows of the committee, its seats and its classes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.door import Within
from alliance.api.told.strict import Shape, Strict
from alliance.models import Member
from governance.models import (
    Addition,
    Attestation,
    CommitteeTerms,
    DecisionClass,
    Disclosure,
    Holding,
    InstructionReport,
    Officer,
    Seat,
)
from governance.services.classes import CHANGEABLE

Serializer = serializers.Serializer[Any]


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


class ClassOut(serializers.ModelSerializer[DecisionClass]):
    class Meta:
        model = DecisionClass
        exclude = ("alliance", "created_at", "retired_at")


class ClassIn(Strict, serializers.ModelSerializer[DecisionClass]):
    """Only what is sent is changed."""

    class Meta:
        model = DecisionClass
        fields = tuple(sorted(CHANGEABLE))
