"""What the API tells."""

from typing import Any

from rest_framework import serializers

from alliance import files, rules
from alliance.models import (
    Actual,
    AffectedParty,
    Alliance,
    Beneficiary,
    Contribution,
    ControlClaim,
    CounselReview,
    DurableForm,
    Exhibit,
    Expectation,
    InterestLink,
    LegacyItem,
    Member,
    Opportunity,
    Position,
    Reading,
    Relation,
    ReservedPower,
    Role,
    Round,
    Step,
    Target,
    Topic,
    ValueStream,
    Worksheet,
)


class AllianceOut(serializers.ModelSerializer[Alliance]):
    """An alliance; money in minor units."""

    convener = serializers.CharField(source="convener.name")

    class Meta:
        model = Alliance
        fields = [
            "id", "slug", "name", "purpose", "origin", "statement", "permanence", "term_months", "next_problem",
            "convener", "state", "profile", "pooled_amount", "currency", "pools_patents", "pools_personal_data",
            "exit_notice_days", "exit_cost", "entire_agreement", "is_illustrative", "created_at", "activated_at",
        ]  # fmt: skip


class ControlClaimOut(serializers.ModelSerializer[ControlClaim]):
    """What waits to be confirmed of who controls a member; without a group: nobody does."""

    group = serializers.CharField(source="group.name", allow_null=True, default=None)
    said_by = serializers.CharField(source="said_by.name")

    class Meta:
        model = ControlClaim
        fields = ["group", "said_by", "said_at"]


class MemberOut(serializers.ModelSerializer[Member]):
    organisation = serializers.CharField(source="organisation.name")
    group = serializers.UUIDField(source="group_key")
    category = serializers.CharField(source="category.name")
    control_claim = ControlClaimOut(allow_null=True, default=None)

    class Meta:
        model = Member
        fields = [
            "id", "organisation", "group", "category", "participation", "state", "invited_at", "admitted_at", "left_at",
            "category_confirmed_at", "statutory_limit", "public_benefit", "witnessed", "control_claim",
        ]  # fmt: skip


class AnswersOut(serializers.Serializer[Any]):
    """When a member answered, null until then; its own words for its own people, empty for others."""

    answered_at = serializers.DateTimeField(allow_null=True)
    without_it = serializers.CharField()
    better_off = serializers.CharField()


class RoleOut(serializers.ModelSerializer[Role]):
    name = serializers.CharField(source="person.name")

    class Meta:
        model = Role
        fields = ["id", "person", "name", "kind", "member", "mandate", "granted_at"]


class PartyOut(serializers.ModelSerializer[AffectedParty]):
    class Meta:
        model = AffectedParty
        fields = ["id", "name", "member", "reason_absent"]


class RelationOut(serializers.ModelSerializer[Relation]):
    class Meta:
        model = Relation
        fields = ["id", "first", "second", "kind", "recorded_at"]


class TopicOut(serializers.ModelSerializer[Topic]):
    """`hits` are words that counsel will ask about: competitors may not settle such things together.

    `worded_at` is since when the words stand, where they were changed: positions confirmed before count for nothing.
    """

    hits = serializers.SerializerMethodField()

    class Meta:
        model = Topic
        fields = ["id", "name", "measure", "created_at", "worded_at", "hits"]

    def get_hits(self, topic: Topic) -> list[str]:
        return [hit.words for hit in rules.scan([topic.name, topic.measure])]


class PositionOut(serializers.ModelSerializer[Position]):
    """Stance −2…2, salience in hundredths. Of a confidential one, others than the member see only that it is there."""

    class Meta:
        model = Position
        fields = [
            "id", "member", "topic", "stance", "salience", "statement", "is_confidential", "confirmed_at", "witnessed"
        ]  # fmt: skip

    def to_representation(self, instance: Position) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if instance.is_confidential and instance.member_id not in self.context.get("open_for", ()):
            return {**shown, "stance": None, "salience": None, "statement": ""}
        return shown


class ContributionOut(serializers.ModelSerializer[Contribution]):
    """Amount in minor units."""

    class Meta:
        model = Contribution
        fields = [
            "id", "member", "kind", "description", "amount", "currency", "due_on", "kept_on", "signed_at", "witnessed",
        ]  # fmt: skip


class ReadingOut(serializers.ModelSerializer[Reading]):
    class Meta:
        model = Reading
        fields = ["id", "value", "read_on", "source", "entered_at", "verified_by", "verified_at"]


class TargetOut(serializers.ModelSerializer[Target]):
    class Meta:
        model = Target
        fields = ["id", "value", "due_on", "set_at"]


class DurableFormOut(serializers.ModelSerializer[DurableForm]):
    successor = serializers.CharField(source="successor.name", default=None)

    class Meta:
        model = DurableForm
        fields = ["id", "form", "description", "successor", "accepted_at", "acceptance", "witnessed"]


class LinkOut(serializers.ModelSerializer[InterestLink]):
    class Meta:
        model = InterestLink
        fields = ["id", "member", "topic", "accepted_at", "witnessed"]


class StreamOut(serializers.ModelSerializer[ValueStream]):
    """A value stream with everything about it."""

    beneficiaries = serializers.SlugRelatedField[Beneficiary](slug_field="member_id", many=True, read_only=True)
    steward_name = serializers.CharField(source="steward.name", default=None)
    readings = ReadingOut(many=True)
    targets = TargetOut(many=True)
    durable_forms = DurableFormOut(many=True)
    interest_links = LinkOut(many=True)

    class Meta:
        model = ValueStream
        fields = [
            "id", "title", "description", "effect", "is_primary", "beneficiaries", "steward", "steward_name",
            "steward_accepted_at", "metric", "unit", "baseline", "baseline_on", "baseline_source",
            "baseline_set_by", "baseline_verified_by", "baseline_verified_at", "horizon_on", "is_permanent",
            "review_months", "upkeep_funded_until",
            "readings", "targets", "durable_forms", "interest_links", "witnessed",
        ]  # fmt: skip


class ExpectationOut(serializers.ModelSerializer[Expectation]):
    reasons = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Expectation
        fields = ["id", "reasons", "said_by", "said_at"]


class OpportunityOut(serializers.ModelSerializer[Opportunity]):
    effect = serializers.CharField(source="stream.effect")

    class Meta:
        model = Opportunity
        fields = ["id", "stream", "effect", "text", "found_on", "added_by", "added_at"]


class ExhibitOut(serializers.ModelSerializer[Exhibit]):
    """A piece of evidence. A file is fetched at `file/`; `is_here` says whether its bytes are."""

    added_by = serializers.CharField(source="added_by.name")
    is_here = serializers.SerializerMethodField()
    withdrawn_at = serializers.DateTimeField(source="withdrawal.withdrawn_at", default=None)

    class Meta:
        model = Exhibit
        fields = [
            *("id", "kind", "record", "title", "address", "source_kind", "source", "file_name", "media_type", "size"),
            *("sha256", "is_here", "added_by", "added_at", "valid_until", "withdrawn_at", "witnessed"),
        ]

    def get_is_here(self, exhibit: Exhibit) -> bool | None:
        return files.is_here(exhibit.stored) if exhibit.is_file else None


class LegacyOut(serializers.ModelSerializer[LegacyItem]):
    owner = serializers.CharField(source="owner.name", default=None)

    class Meta:
        model = LegacyItem
        fields = ["part", "text", "owner"]


class StepOut(serializers.ModelSerializer[Step]):
    class Meta:
        model = Step
        fields = ["member", "domain", "from_level", "to_level", "signed_at", "witnessed"]


class RoundOut(serializers.ModelSerializer[Round]):
    steps = StepOut(many=True)

    class Meta:
        model = Round
        fields = ["id", "number", "state", "opened_at", "closes_at", "completed_at", "steps"]


class PowerOut(serializers.ModelSerializer[ReservedPower]):
    class Meta:
        model = ReservedPower
        fields = ["id", "member", "domain", "text", "sole_veto"]


class ReviewOut(serializers.ModelSerializer[CounselReview]):
    counsel = serializers.CharField(source="counsel.name")
    hits = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))

    class Meta:
        model = CounselReview
        fields = ["id", "counsel", "reviewed_at", "cleared", "opinion", "hits", "witnessed"]


class WorksheetOut(serializers.ModelSerializer[Worksheet]):
    """That it was signed; a statement in words; never a sealed figure."""

    is_sealed = serializers.SerializerMethodField()

    class Meta:
        model = Worksheet
        fields = ["id", "member", "version", "statement", "is_sealed", "signed_at", "witnessed"]

    def get_is_sealed(self, worksheet: Worksheet) -> bool:
        return bool(worksheet.ciphertext)


class RangeOut(serializers.Serializer[Any]):
    low = serializers.IntegerField()
    base = serializers.IntegerField()
    high = serializers.IntegerField()


class FiguresOut(serializers.Serializer[Any]):
    """Opened figures, in minor units."""

    currency = serializers.CharField()
    benefit = RangeOut()
    cost = RangeOut()
    fall_back = RangeOut()
    basis = serializers.CharField()


class PromisedOut(FiguresOut):
    """Opened figures of a worksheet; `alone` is what it would cost to reach the same alone, null where not said."""

    alone = serializers.IntegerField(allow_null=True)


class ActualOut(serializers.ModelSerializer[Actual]):
    """That something was sealed, and as of when; never a figure."""

    class Meta:
        model = Actual
        fields = ["id", "member", "number", "measured_on", "signed_at"]


class EventOut(serializers.Serializer[Any]):
    """One event of the log, in words; `hash` is its link in the chain."""

    seq = serializers.IntegerField()
    verb = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    subject = serializers.UUIDField()
    hash = serializers.CharField()
