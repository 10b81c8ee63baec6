"""The API's door to a vote that is only imagined. Nothing is stored."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from alliance.api.door import AllianceView
from alliance.api.told.strict import Shape
from audit import clock
from governance.selectors.rehearsal import RECUSED, Stage, as_document, classes_to_rehearse, rehearse, stage_of

CLASS = OpenApiParameter("decision_class", UUID, description="One in use; the first of them if it is left out.")


class PartOut(serializers.Serializer[Any]):
    """A seat, or a group of members, that could vote now."""

    key = serializers.CharField()
    name = serializers.CharField()
    note = serializers.CharField()
    weight = serializers.IntegerField()


class StageOut(serializers.Serializer[Any]):
    """Who could vote under the class, and what each may choose, beside `recused` and nothing."""

    decision_class = serializers.UUIDField(source="decided_by.pk")
    choices = serializers.ListField(child=serializers.CharField())
    parts = PartOut(many=True)
    absent = serializers.ListField(child=serializers.CharField())


class RehearsalIn(Shape):
    """`votes` are by the keys of the parts: a choice of the class's method, or `recused`; who is left out is silent."""

    decision_class = serializers.UUIDField()
    votes = serializers.DictField(child=serializers.CharField(max_length=10), default=dict)


class RehearsedOut(serializers.Serializer[Any]):
    """What would come out: figures as a recount gives them, and the keys of who alone could turn it."""

    result = serializers.CharField()
    sentence = serializers.CharField()
    figures = serializers.DictField()
    turning = serializers.ListField(child=serializers.CharField())


class Rehearsal(AllianceView):
    """A vote as it might go."""

    @extend_schema(parameters=[CLASS], responses=StageOut)
    def get(self, request: Request, slug: str) -> Response:
        """Who could vote if it opened now, under one class."""
        return Response(StageOut(self._stage(request.query_params.get("decision_class"))).data)

    @extend_schema(request=RehearsalIn, responses=RehearsedOut)
    def post(self, request: Request, slug: str) -> Response:
        """Count it as if each voted so."""
        given = self.given(RehearsalIn)
        stage = self._stage(given["decision_class"])
        _require_known(stage, given["votes"])
        return Response(RehearsedOut(as_document(rehearse(stage, given["votes"]))).data)

    def _stage(self, asked: object) -> Stage:
        classes = classes_to_rehearse(self.alliance)
        chosen = next((row for row in classes if asked is None or str(row.pk) == str(asked)), None)
        if chosen is None:
            raise Http404
        return stage_of(self.alliance, chosen, clock.read())


def _require_known(stage: Stage, votes: dict[str, str]) -> None:
    known = {*stage.choices, RECUSED}
    wrong = {key: ["Nobody of this key could vote now."] for key in votes.keys() - {part.key for part in stage.parts}}
    wrong |= {key: [f"Choose one of {', '.join(sorted(known))}."] for key, each in votes.items() if each not in known}
    if wrong:
        raise serializers.ValidationError({f"votes.{key}": said for key, said in wrong.items()})
