"""Shared control, the way out, counsel's review."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import proof_of
from accounts.idempotency import idempotent
from alliance.api import shapes_out as shown
from alliance.api.door import AllianceView, made
from alliance.api.shapes_ladder import LadderOut
from alliance.api.told import control as told
from alliance.api.told.strict import OfMemberIn
from alliance.models import ReservedPower, Round
from alliance.selectors.ladder import ladder_of, moves_of
from alliance.services import control
from alliance.services.review import record_review
from audit import clock
from audit.errors import DomainError


class Rounds(AllianceView):
    """Mutual rounds on the ladder."""

    @extend_schema(responses=shown.RoundOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All with their steps, newest first."""
        rounds = self.alliance.rounds.prefetch_related("steps").order_by("-number")
        return Response(shown.RoundOut(rounds, many=True).data)

    @extend_schema(request=told.RoundIn, responses={201: shown.RoundOut})
    def post(self, request: Request, slug: str) -> Response:
        """Open one: a step at least for every voting member."""
        steps = self.given(told.RoundIn)["steps"]
        levels = {(step["member"], step["domain"]): step["to_level"] for step in steps}
        if len(levels) < len(steps):
            raise DomainError("step_twice", "Name each member and domain once.", field="steps")
        opened = control.propose_round(actor=self.person, alliance=self.alliance, levels=levels)
        return made(shown.RoundOut(opened).data)


class Ladder(AllianceView):
    """How far each voting member has ceded control, and how evenly they moved."""

    @extend_schema(parameters=[told.LadderIn], responses=LadderOut)
    def get(self, request: Request, slug: str) -> Response:
        """Now, or as it stood at the end of the day `at` in your zone, with what was climbed since."""
        asked = told.LadderIn(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        with timezone.override(ZoneInfo(self.person.time_zone)):
            ladder = ladder_of(self.alliance, clock.read(), asked.validated_data["at"])
        rounds = self.alliance.rounds.prefetch_related("steps").order_by("number")
        return Response(LadderOut({"ladder": ladder, "rounds": [moves_of(each) for each in rounds]}).data)


class RoundSignature(AllianceView):
    """A signatory's signature under its member's steps."""

    @extend_schema(request=OfMemberIn, responses=shown.RoundOut)
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Sign; needs a proof of sign-in. The last signature completes the round."""
        found = get_object_or_404(Round, alliance=self.alliance, pk=pk)
        proof = proof_of(request._request)
        signed = control.sign_steps(actor=self.person, round=found, proof=proof, **self.given(OfMemberIn))
        return Response(shown.RoundOut(signed).data)


class RoundTakenBack(AllianceView):
    """Ending a round that not all have signed."""

    @extend_schema(request=None, responses=shown.RoundOut)
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Nobody moves by it. Another can be proposed at once."""
        found = get_object_or_404(Round, alliance=self.alliance, pk=pk)
        return Response(shown.RoundOut(control.take_back_round(actor=self.person, round=found)).data)


class ReservedPowers(AllianceView):
    """What members keep for themselves."""

    @extend_schema(responses=shown.PowerOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All on record."""
        return Response(shown.PowerOut(self.alliance.reserved_powers.order_by("pk"), many=True).data)

    @extend_schema(request=told.PowerIn, responses={201: shown.PowerOut})
    def post(self, request: Request, slug: str) -> Response:
        """Put one on record."""
        return made(shown.PowerOut(control.reserve_power(actor=self.person, **self.given(told.PowerIn))).data)


class ReservedPowerOfMember(AllianceView):
    """One reserved power."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, pk: UUID) -> Response:
        """Give it up."""
        power = get_object_or_404(ReservedPower.objects.select_related("member"), alliance=self.alliance, pk=pk)
        control.release_power(actor=self.person, power=power)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ExitTerms(AllianceView):
    """The way out."""

    @extend_schema(request=told.ExitTermsIn, responses=shown.AllianceOut)
    def put(self, request: Request, slug: str) -> Response:
        """Say at what notice and cost a member may leave."""
        given = self.given(told.ExitTermsIn)
        alliance = control.set_exit_terms(actor=self.person, alliance=self.alliance, **given)
        return Response(shown.AllianceOut(alliance).data)


class Reviews(AllianceView):
    """Counsel's reviews."""

    @extend_schema(responses=shown.ReviewOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All, newest first, with what the word scan found that day."""
        reviews = self.alliance.counsel_reviews.select_related("counsel").order_by("-reviewed_at", "pk")
        return Response(shown.ReviewOut(reviews, many=True).data)

    @extend_schema(request=told.ReviewIn, responses={201: shown.ReviewOut})
    def post(self, request: Request, slug: str) -> Response:
        """Record counsel's word."""
        review = record_review(actor=self.person, alliance=self.alliance, **self.given(told.ReviewIn))
        return made(shown.ReviewOut(review).data)
