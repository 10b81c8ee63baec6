"""What the API is told of the founders' reasons and of opportunities."""

from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.told.strict import Shape
from alliance.states import Reason


class ExpectationIn(Shape):
    reasons = serializers.MultipleChoiceField(choices=Reason.choices, allow_empty=False)


class OpportunityIn(Shape):
    text = TextIn(max_length=2000)
    found_on = serializers.DateField()
