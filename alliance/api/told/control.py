"""What the API is told of shared control: rounds, reserved powers, terms of leaving, counsel's review."""

from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.door import Within
from alliance.api.told.strict import Shape
from alliance.models import Member
from alliance.states import Domain


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


class LadderIn(Shape):
    """From the address: the day at whose end the ladder stood so, in the person's zone; none for now."""

    at = serializers.DateField(default=None)


class ExitTermsIn(Shape):
    exit_notice_days = serializers.IntegerField(min_value=0, max_value=3650)
    exit_cost = TextIn(max_length=1000)
    entire_agreement = serializers.BooleanField(default=False)


class ReviewIn(Shape):
    cleared = serializers.BooleanField()
    opinion = TextIn(max_length=8000)
