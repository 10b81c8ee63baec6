"""What the API is told of holds."""

from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.told.strict import Shape
from alliance.forms.holds import LONGEST_REASON
from alliance.rules import HOLD_DAYS_MOST


class HoldIn(Shape):
    reason = TextIn(max_length=LONGEST_REASON)
    days = serializers.IntegerField(min_value=1, max_value=HOLD_DAYS_MOST)
