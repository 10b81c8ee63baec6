"""What the API is told of members, their people, relations and contributions."""

from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.door import Within
from alliance.api.told.strict import AmountField, CurrencyIn, Shape
from alliance.models import Member
from alliance.states import OF_A_MEMBER, ContributionKind, Participation, RelationKind, RoleKind

MEMBER_ROLES = sorted(OF_A_MEMBER)


class ControlIn(Shape):
    group = TextIn(max_length=160, allow_blank=True)


class PublicPartIn(Shape):
    statutory_limit = TextIn(max_length=1000)
    public_benefit = TextIn(max_length=1000)


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


class ContributionIn(Shape):
    kind = serializers.ChoiceField(choices=ContributionKind.choices)
    description = TextIn(max_length=2000)
    amount = AmountField(allow_null=True, default=None)
    currency = CurrencyIn(allow_blank=True, default="")
    due_on = serializers.DateField(allow_null=True, default=None)


class KeptIn(Shape):
    kept_on = serializers.DateField()
