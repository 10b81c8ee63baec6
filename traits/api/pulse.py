"""The API’s doors to what members think: rounds with what they may show, opening one, answering."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.idempotency import idempotent
from alliance.api.door import AllianceView, Within, made
from alliance.api.told.strict import Shape
from alliance.models import Member
from audit import clock
from traits.models import Assessment, PulseRound
from traits.pulse import LONGEST, SHORTEST, STATEMENTS
from traits.selectors.reasons import pulse_with_measures
from traits.services.pulse import answer_pulse, open_pulse


class OpinionOut(serializers.Serializer[Any]):
    """One statement: mean and spread, what is on record, and where they differ."""

    key = serializers.CharField()
    about = serializers.CharField()
    statement = serializers.CharField()
    mean = serializers.CharField()
    spread = serializers.CharField()
    spread_word = serializers.CharField()
    evidence = serializers.CharField()
    said = serializers.CharField()
    differs = serializers.CharField()


class ResultOut(serializers.Serializer[Any]):
    """A closed round."""

    number = serializers.IntegerField()
    opened_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    answered = serializers.IntegerField()
    shows = serializers.ChoiceField(choices=["all", "named", "nothing"])
    names = serializers.ListField(child=serializers.CharField())
    rows = OpinionOut(many=True)


class PulseRoundOut(serializers.ModelSerializer[PulseRound]):
    """A round."""

    class Meta:
        model = PulseRound
        fields = ("id", "number", "opened_at", "closes_at")
        read_only_fields = fields


class PulseOut(serializers.Serializer[Any]):
    """The open round, how many of those asked have answered, and closed rounds, newest first."""

    open = PulseRoundOut(allow_null=True)
    answered = serializers.IntegerField()
    asked = serializers.IntegerField()
    again_from = serializers.DateTimeField(allow_null=True)
    results = ResultOut(many=True)


class OpenPulseIn(Shape):
    """For how many days."""

    days = serializers.IntegerField(min_value=SHORTEST, max_value=LONGEST)


class ScoresIn(Shape):
    """Each statement from 1 (disagree strongly) to 5 (agree strongly)."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            key: serializers.IntegerField(min_value=1, max_value=5, help_text=STATEMENTS[key]) for key in STATEMENTS
        }


class PulseAnswerIn(Shape):
    """For which member, what it thinks, and whether it may be named."""

    member = Within(queryset=Member.objects.with_names())
    scores = ScoresIn()
    is_named = serializers.BooleanField(default=False)


class AnsweredOut(serializers.Serializer[Any]):
    """That a member has answered; never what."""

    member = serializers.UUIDField(source="member_id")
    answered_at = serializers.DateTimeField()


class Pulse(AllianceView):
    """What members think."""

    @extend_schema(responses=PulseOut)
    def get(self, request: Request, slug: str) -> Response:
        """The open round, and what closed ones may show."""
        latest = Assessment.objects.latest_of(self.alliance)
        return Response(PulseOut(pulse_with_measures(self.alliance, self.person, clock.read(), latest)).data)

    @extend_schema(request=OpenPulseIn, responses={201: PulseRoundOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Ask every member’s representative."""
        given = self.given(OpenPulseIn)
        return made(PulseRoundOut(open_pulse(actor=self.person, alliance=self.alliance, **given)).data)


class PulseAnswers(AllianceView):
    """Answers, which go in and never come out."""

    @extend_schema(request=PulseAnswerIn, responses={201: AnsweredOut})
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Answer for a member, once a round.

        It takes no Idempotency-Key, because the fingerprint kept with one would give the answer away; sent twice, the
        second is refused with `answered_already`.
        """
        found = get_object_or_404(PulseRound, alliance=self.alliance, number=number)
        given = self.given(PulseAnswerIn)
        return made(AnsweredOut(answer_pulse(actor=self.person, pulse=found, **given)).data)
