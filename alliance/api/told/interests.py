"""What the API is told of topics, positions, the six questions and sealed figures."""

from typing import Any

from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.door import Within
from alliance.api.told.strict import AmountField, CurrencyIn, Shape
from alliance.models import Topic
from alliance.states import ContributionKind


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


class StatementIn(Shape):
    statement = TextIn(max_length=4000)


class RangeIn(Shape):
    low = AmountField()
    base = AmountField()
    high = AmountField()


class FiguresIn(Shape):
    """Minor units."""

    currency = CurrencyIn()
    benefit = RangeIn()
    cost = RangeIn()
    fall_back = RangeIn()
    basis = TextIn(max_length=4000)
    alone = AmountField(allow_null=True, default=None)


class ActualIn(Shape):
    """Minor units."""

    measured_on = serializers.DateField()
    currency = CurrencyIn()
    benefit = serializers.IntegerField()
    cost = serializers.IntegerField()
    fall_back = serializers.IntegerField()
    basis = TextIn(max_length=4000)
