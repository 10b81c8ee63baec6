"""Input that refuses what it does not know, and fields that several shapes share."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from alliance.api.door import Within
from alliance.models import Member
from alliance.rules import CURRENCIES

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


class CurrencyIn(serializers.CharField):
    """A currency by its three letters (ISO 4217), in capitals."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        text = super().run_validation(data)
        if text and text not in CURRENCIES:
            raise serializers.ValidationError([_("Write a currency by its three letters, such as USD or EUR.")])
        return text


class OfMemberIn(Shape):
    member = Within(queryset=Member.objects.all())
