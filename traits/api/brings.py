"""The API’s door to the four reasons for value: expected against measured."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from alliance.api.door import AllianceView
from audit import clock
from traits.selectors.reasons import brings_of


class FigureOut(serializers.Serializer[Any]):
    """One measure; an empty value means that the record holds nothing for it, and `why` says what is missing."""

    name = serializers.CharField()
    value = serializers.CharField()
    why = serializers.CharField()


class ReasonOut(serializers.Serializer[Any]):
    """One reason for value."""

    key = serializers.CharField()
    name = serializers.CharField()
    expected = serializers.BooleanField()
    figures = FigureOut(many=True)
    opinion = serializers.CharField()


class Reasons(AllianceView):
    """Four reasons for value."""

    @extend_schema(responses=ReasonOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Expected against measured, and the mean of what members think where it may be shown."""
        found = brings_of(self.alliance, clock.read())
        return Response(ReasonOut(found.rows, many=True).data)
