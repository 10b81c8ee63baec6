"""Why the founders do it, and opportunities discovered."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.idempotency import idempotent
from alliance.api import shapes_out as shown
from alliance.api.door import AllianceView, made
from alliance.api.told import reasons as told
from alliance.models import ValueStream
from alliance.selectors.reasons import expectations_of, opportunities_of
from alliance.services import reasons


class Expectations(AllianceView):
    """For which reasons value is expected."""

    @extend_schema(responses=shown.ExpectationOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What was said, newest first; the newest counts."""
        return Response(shown.ExpectationOut(expectations_of(self.alliance), many=True).data)

    @extend_schema(request=told.ExpectationIn, responses={201: shown.ExpectationOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Put on record for which of the four."""
        given = self.given(told.ExpectationIn)
        said = reasons.state_expectation(actor=self.person, alliance=self.alliance, **given)
        return made(shown.ExpectationOut(said).data)


class Opportunities(AllianceView):
    """Opportunities discovered in the problem."""

    @extend_schema(responses=shown.OpportunityOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Newest discovery first."""
        return Response(shown.OpportunityOut(opportunities_of(self.alliance), many=True).data)


class OpportunitiesOfStream(AllianceView):
    """Opportunities behind one benefit."""

    @extend_schema(request=told.OpportunityIn, responses={201: shown.OpportunityOut})
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Enter one."""
        stream = get_object_or_404(ValueStream.objects.select_related("alliance"), alliance=self.alliance, pk=pk)
        return made(
            shown.OpportunityOut(
                reasons.add_opportunity(actor=self.person, stream=stream, **self.given(told.OpportunityIn))
            ).data
        )
