"""The API's doors to suggested changes, and to who meets a specification."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from alliance.api.door import made
from governance.api import shapes
from governance.api.decisions import DecisionView
from governance.models import Conformance, Suggestion
from governance.selectors.suggestions import suggestions_to
from governance.services import conformance, suggestions


class Suggestions(DecisionView):
    """Changes suggested to a draft."""

    @extend_schema(responses=shapes.SuggestionOut(many=True))
    def get(self, request: Request, slug: str, number: int) -> Response:
        """In the order made, with the proposer's answers."""
        return Response(shapes.SuggestionOut(suggestions_to(self.decision(number)), many=True).data)

    @extend_schema(request=shapes.SuggestionIn, responses={201: shapes.SuggestionOut})
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Suggest a change to another's draft."""
        given = self.given(shapes.SuggestionIn)
        found = suggestions.suggest_change(actor=self.person, decision=self.decision(number), **given)
        return made(shapes.SuggestionOut(found).data)


class AnswerOfProposer(DecisionView):
    """The answer to a suggestion."""

    @extend_schema(request=shapes.AnswerIn, responses=shapes.SuggestionOut)
    def put(self, request: Request, slug: str, number: int, pk: UUID) -> Response:
        """Say that the draft was changed for it, or why it was not; once."""
        rows = Suggestion.objects.select_related("decision", "suggested_by")
        found = get_object_or_404(rows, decision=self.decision(number), pk=pk)
        answered = suggestions.answer_suggestion(actor=self.person, suggestion=found, **self.given(shapes.AnswerIn))
        return Response(shapes.SuggestionOut(answered).data)


class Conformances(DecisionView):
    """Which members meet an adopted specification."""

    @extend_schema(responses=shapes.ConformanceOut(many=True))
    def get(self, request: Request, slug: str, number: int) -> Response:
        """What members said, taken back or not, in order."""
        rows = Conformance.objects.filter(decision=self.decision(number)).order_by("declared_at", "pk")
        return Response(shapes.ConformanceOut(rows, many=True).data)

    @extend_schema(request=shapes.ConformanceIn, responses={201: shapes.ConformanceOut})
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Say that a member of yours meets it."""
        given = self.given(shapes.ConformanceIn)
        found = conformance.declare_conformance(actor=self.person, decision=self.decision(number), **given)
        return made(shapes.ConformanceOut(found).data)


class OneConformance(DecisionView):
    """A member's statement."""

    @extend_schema(responses=shapes.ConformanceOut)
    def delete(self, request: Request, slug: str, number: int, pk: UUID) -> Response:
        """Take it back; what was said stays on record."""
        rows = Conformance.objects.select_related("decision", "member")
        found = get_object_or_404(rows, decision=self.decision(number), pk=pk)
        return Response(shapes.ConformanceOut(conformance.end_conformance(actor=self.person, conformance=found)).data)
