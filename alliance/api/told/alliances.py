"""What the API is told of an alliance itself."""

from uuid import UUID

from rest_framework import serializers

from accounts.fields import TextIn
from accounts.models import Organisation
from alliance.api.door import Within
from alliance.api.told.members import FirstMemberIn
from alliance.api.told.strict import AmountField, CurrencyIn, Shape
from alliance.forms.founding import LONGEST_TERM
from alliance.models import Member
from alliance.services.founding import not_yours
from alliance.states import Origin, Permanence, Profile, Reason


class AllianceIn(Shape):
    """What an alliance says of itself."""

    purpose = TextIn(max_length=1000)
    origin = serializers.ChoiceField(choices=Origin.choices)
    statement = TextIn(max_length=4000, allow_blank=True)
    permanence = serializers.ChoiceField(choices=Permanence.choices)
    term_months = serializers.IntegerField(min_value=1, max_value=LONGEST_TERM, allow_null=True, default=None)
    pooled_amount = AmountField(default=0)
    currency = CurrencyIn(default="USD")
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
    affected_parties = serializers.ListField(child=TextIn(max_length=160), min_length=1, max_length=200)
    first_members = FirstMemberIn(many=True, default=list)

    def validate_convener(self, convener: str) -> Organisation | str:
        try:
            identifier = UUID(convener)
        except ValueError:
            return convener
        own: Organisation | None = self.context["organisations"].filter(pk=identifier).first()
        if own is None:
            raise not_yours()
        return own


class ProfileIn(Shape):
    profile = serializers.ChoiceField(choices=Profile.choices)


class PartyIn(Shape):
    name = TextIn(max_length=160)


class ExplainIn(Shape):
    member = Within(queryset=Member.objects.all(), allow_null=True, default=None)
    reason_absent = TextIn(max_length=1000, allow_blank=True, default="")


class LogIn(Shape):
    """What narrows the log, from the address."""

    verb = TextIn(default="")
    subject = serializers.UUIDField(default=None)
    page = serializers.IntegerField(min_value=1, default=1)
