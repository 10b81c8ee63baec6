"""The API’s door to what the founders told before there was anything on record."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.idempotency import idempotent
from alliance.api.door import AllianceView, made
from alliance.api.told.strict import Shape
from traits.models import ToldCheck
from traits.selfcheck import ANSWERS
from traits.services.telling import keep_told_check


class ToldIn(Shape):
    """The fifteen answers: question → yes, partly, no or unsure."""

    answers = serializers.DictField(child=serializers.ChoiceField(choices=ANSWERS))


class ToldOut(serializers.Serializer[Any]):
    """The answers as they were given, and when."""

    answers = serializers.DictField(child=serializers.CharField())
    told_at = serializers.DateTimeField(allow_null=True)


class Told(AllianceView):
    """What the founders told."""

    @extend_schema(responses=ToldOut)
    def get(self, request: Request, slug: str) -> Response:
        """The fifteen answers, empty where none were kept; they count for nothing."""
        told = ToldCheck.objects.filter(alliance=self.alliance).first()
        return Response(ToldOut(told or {"answers": {}, "told_at": None}).data)

    @extend_schema(request=ToldIn, responses={201: ToldOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Keep them, once."""
        return made(ToldOut(keep_told_check(actor=self.person, alliance=self.alliance, **self.given(ToldIn))).data)
