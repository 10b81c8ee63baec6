"""What the API is told."""

from typing import Any

from rest_framework import serializers

from accounts.fields import TextIn
from accounts.models import Organisation, Person
from alliance.api.door import Within
from alliance.forms.founding import LONGEST_TERM
from alliance.models import Member, Topic
from alliance.states import (
    OF_A_MEMBER,
    ContributionKind,
    Domain,
    Form,
    Origin,
    Participation,
    Permanence,
    Profile,
    Reason,
    RelationKind,
    RoleKind,
    StreamEffect,
)

MEMBER_ROLES = sorted(OF_A_MEMBER)
LARGEST = 10**17


class Strict(serializers.BaseSerializer[Any]):
    """Input: a field that it does not know is refused, so that a slip of the pen is not lost silently."""

    fields: Any

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({name: ["There is no such field."] for name in unknown})
        return super().to_internal_value(data)


class Shape(Strict, serializers.Serializer[Any]):
    """Input of plain fields, strict."""


class AmountField(serializers.IntegerField):
    """Money in minor units."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=LARGEST, **options)


class FirstMemberIn(Shape):
    organisation = TextIn(max_length=160)
    category = TextIn(max_length=80)
    participation = serializers.ChoiceField(choices=Participation.choices, default=Participation.VOTING)
    name = TextIn(max_length=120)
    email = serializers.EmailField()
    roles = serializers.MultipleChoiceField(choices=MEMBER_ROLES)
    mandate = TextIn(max_length=500, required=False, allow_blank=True)

    def validate_roles(self, roles: set[str]) -> list[str]:
        return sorted(roles)


class InviteMemberIn(FirstMemberIn):
    statutory_limit = TextIn(max_length=1000, required=False, allow_blank=True)
    public_benefit = TextIn(max_length=1000, required=False, allow_blank=True)


class AllianceIn(Shape):
    """What an alliance says of itself."""

    purpose = TextIn(max_length=1000)
    origin = serializers.ChoiceField(choices=Origin.choices)
    statement = TextIn(max_length=4000, allow_blank=True)
    permanence = serializers.ChoiceField(choices=Permanence.choices)
    term_months = serializers.IntegerField(min_value=1, max_value=LONGEST_TERM, allow_null=True, default=None)
    pooled_amount = AmountField(default=0)
    currency = serializers.RegexField(r"^[A-Z]{3}$", default="USD")
    pools_patents = serializers.BooleanField(default=False)
    pools_personal_data = serializers.BooleanField(default=False)


class ChangeIn(AllianceIn):
    next_problem = TextIn(max_length=4000, allow_blank=True, required=False)


class FoundIn(AllianceIn):
    """`convener` is an organisation that you work for, by its identifier, or the name of one to enter."""

    name = TextIn(max_length=160)
    reasons = serializers.MultipleChoiceField(choices=Reason.choices, default=set)
    convener = TextIn(max_length=160)
    category = TextIn(max_length=80)
    affected_parties = serializers.ListField(child=TextIn(max_length=160), max_length=200)
    first_members = FirstMemberIn(many=True, default=list)

    def validate_convener(self, convener: str) -> Organisation | str:
        own = {str(each.pk): each for each in self.context["organisations"]}
        return own.get(convener, convener)


class ProfileIn(Shape):
    profile = serializers.ChoiceField(choices=Profile.choices)


class PartyIn(Shape):
    name = TextIn(max_length=160)


class ExplainIn(Shape):
    member = Within(queryset=Member.objects.all(), allow_null=True, default=None)
    reason_absent = TextIn(max_length=1000, allow_blank=True, default="")


class PersonIn(Shape):
    name = TextIn(max_length=120)
    email = serializers.EmailField()
    roles = serializers.MultipleChoiceField(choices=RoleKind.choices)
    member = Within(queryset=Member.objects.all(), allow_null=True, default=None)
    organisation = TextIn(max_length=160, allow_blank=True, default="")
    mandate = TextIn(max_length=500, allow_blank=True, default="")

    def validate_roles(self, roles: set[str]) -> list[str]:
        return sorted(roles)


class RelationIn(Shape):
    first = Within(queryset=Member.objects.all())
    second = Within(queryset=Member.objects.all())
    kind = serializers.ChoiceField(choices=RelationKind.choices)


class TopicIn(Shape):
    name = TextIn(max_length=160)
    measure = TextIn(max_length=1000, allow_blank=True, default="")


class PositionIn(Shape):
    """Stance −2…2, salience in hundredths 0…100."""

    topic = Within(queryset=Topic.objects.all())
    stance = serializers.IntegerField()
    salience = serializers.IntegerField()
    statement = TextIn(max_length=1000, allow_blank=True, default="")
    is_confidential = serializers.BooleanField(default=False)


class WishIn(Shape):
    """A topic that is there, or a new one's name and measure; salience in hundredths 0…100."""

    topic = Within(queryset=Topic.objects.all(), allow_null=True, default=None)
    name = TextIn(max_length=160, allow_blank=True, default="")
    measure = TextIn(max_length=1000, allow_blank=True, default="")
    salience = serializers.IntegerField()
    is_confidential = serializers.BooleanField(default=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if bool(given["topic"]) == bool(given["name"]):
            raise serializers.ValidationError({"topic": ["Name a topic that is there, or a new one, not both."]})
        return given


class BringingIn(Shape):
    """What the member could bring; amount in minor units, for money."""

    kind = serializers.ChoiceField(choices=ContributionKind.choices)
    description = TextIn(max_length=2000)
    amount = AmountField(allow_null=True, default=None)


class AnswersIn(Shape):
    """The six answers; all but the first may be left out."""

    wants_most = WishIn()
    wants_also = WishIn(allow_null=True, default=None)
    must_not_happen = WishIn(allow_null=True, default=None)
    brings = BringingIn(allow_null=True, default=None)
    without_it = TextIn(max_length=2000, allow_blank=True, default="")
    better_off = TextIn(max_length=2000, allow_blank=True, default="")


class ContributionIn(Shape):
    kind = serializers.ChoiceField(choices=ContributionKind.choices)
    description = TextIn(max_length=2000)
    amount = AmountField(allow_null=True, default=None)
    currency = serializers.RegexField(r"^[A-Z]{3}$", allow_blank=True, default="")
    due_on = serializers.DateField(allow_null=True, default=None)


class KeptIn(Shape):
    kept_on = serializers.DateField()


class StreamIn(Shape):
    title = TextIn(max_length=160)
    description = TextIn(max_length=4000, allow_blank=True, default="")
    effect = serializers.ChoiceField(choices=StreamEffect.choices)
    beneficiaries = Within(queryset=Member.objects.all(), many=True)
    steward = serializers.PrimaryKeyRelatedField(queryset=Person.objects.all(), allow_null=True, default=None)
    horizon_on = serializers.DateField(allow_null=True, default=None)
    is_permanent = serializers.BooleanField(default=False)
    review_months = serializers.IntegerField(min_value=1, max_value=600, allow_null=True, default=None)
    upkeep_funded_until = serializers.DateField(allow_null=True, default=None)


class NewStreamIn(StreamIn):
    is_primary = serializers.BooleanField(default=False)


class BaselineIn(Shape):
    metric = TextIn(max_length=200)
    unit = TextIn(max_length=40)
    baseline = serializers.DecimalField(max_digits=20, decimal_places=6)
    baseline_on = serializers.DateField()
    source = TextIn(max_length=300)  # type: ignore[assignment]  # DRF declares its own


class OfMemberIn(Shape):
    member = Within(queryset=Member.objects.all())


class ReadingIn(Shape):
    value = serializers.DecimalField(max_digits=20, decimal_places=6)
    read_on = serializers.DateField()
    source = TextIn(max_length=300)  # type: ignore[assignment]  # DRF declares its own


class TargetIn(Shape):
    value = serializers.DecimalField(max_digits=20, decimal_places=6)
    due_on = serializers.DateField()


class LinkIn(Shape):
    member = Within(queryset=Member.objects.all())
    topic = Within(queryset=Topic.objects.all())


class DurableFormIn(Shape):
    form = serializers.ChoiceField(choices=Form.choices)
    description = TextIn(max_length=2000)
    successor = TextIn(max_length=160)


class AcceptanceIn(Shape):
    acceptance = TextIn(max_length=4000)


class ExpectationIn(Shape):
    reasons = serializers.MultipleChoiceField(choices=Reason.choices, allow_empty=False)


class OpportunityIn(Shape):
    text = TextIn(max_length=2000)
    found_on = serializers.DateField()


class LegacyIn(Shape):
    text = TextIn(max_length=4000)
    owner = TextIn(max_length=160, allow_blank=True, default="")


class StepIn(Shape):
    member = Within(queryset=Member.objects.all())
    domain = serializers.ChoiceField(choices=Domain.choices)
    to_level = serializers.IntegerField(min_value=0, max_value=5)


class RoundIn(Shape):
    steps = StepIn(many=True)


class PowerIn(Shape):
    member = Within(queryset=Member.objects.all())
    domain = serializers.ChoiceField(choices=Domain.choices, allow_blank=True, default="")
    text = TextIn(max_length=1000)
    sole_veto = serializers.BooleanField(default=False)


class ExitTermsIn(Shape):
    exit_notice_days = serializers.IntegerField(min_value=0, max_value=3650)
    exit_cost = TextIn(max_length=1000)
    entire_agreement = serializers.BooleanField(default=False)


class ReviewIn(Shape):
    cleared = serializers.BooleanField()
    opinion = TextIn(max_length=8000)


class StatementIn(Shape):
    statement = TextIn(max_length=4000)


class RangeIn(Shape):
    low = AmountField()
    base = AmountField()
    high = AmountField()


class FiguresIn(Shape):
    """Minor units."""

    currency = serializers.RegexField(r"^[A-Z]{3}$")
    benefit = RangeIn()
    cost = RangeIn()
    fall_back = RangeIn()
    basis = TextIn(max_length=4000)


class ActualIn(Shape):
    """Minor units."""

    measured_on = serializers.DateField()
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    benefit = serializers.IntegerField()
    cost = serializers.IntegerField()
    fall_back = serializers.IntegerField()
    basis = TextIn(max_length=4000)


class LogIn(Shape):
    """What narrows the log, from the address."""

    verb = TextIn(default="")
    subject = serializers.UUIDField(default=None)
    page = serializers.IntegerField(min_value=1, default=1)
