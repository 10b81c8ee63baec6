"""What the API is told of value streams, the durable form and the legacy."""

from rest_framework import serializers

from accounts.fields import TextIn
from accounts.models import Person
from alliance.api.door import Within
from alliance.api.told.strict import Shape
from alliance.models import Member, Topic
from alliance.states import Form, StreamEffect


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


class StewardIn(Shape):
    steward = serializers.PrimaryKeyRelatedField(queryset=Person.objects.all())


class NewStreamIn(StreamIn):
    is_primary = serializers.BooleanField(default=False)


class BaselineIn(Shape):
    metric = TextIn(max_length=200)
    unit = TextIn(max_length=40)
    baseline = serializers.DecimalField(max_digits=20, decimal_places=6)
    baseline_on = serializers.DateField()
    source = TextIn(max_length=300)  # type: ignore[assignment]  # DRF declares its own


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


class LegacyIn(Shape):
    text = TextIn(max_length=4000)
    owner = TextIn(max_length=160, allow_blank=True, default="")
