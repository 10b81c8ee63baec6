"""Holds: what counsel or the auditor stops, and until when."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import proof_of
from accounts.idempotency import idempotent
from alliance import holdable
from alliance.api.door import AllianceView, made
from alliance.api.told import holds as told
from alliance.models import Hold
from alliance.selectors.holds import stands
from alliance.services import holds
from audit import clock


class HoldOut(serializers.ModelSerializer[Hold]):
    """A hold; `subject` is the thing's identifier, `stands` whether it stops it now."""

    placed_by = serializers.CharField(source="placed_by.name")
    lifted_at = serializers.DateTimeField(allow_null=True, read_only=True)
    stands = serializers.SerializerMethodField()

    class Meta:
        model = Hold
        fields = [
            "id", "kind", "subject", "title", "role", "reason", "placed_by", "placed_at", "until", "lifted_at",
            "stands", "witnessed",
        ]  # fmt: skip

    def get_stands(self, hold: Hold) -> bool:
        return stands(hold, self.context["at"])


def _shown(found: Any, *, many: bool = False) -> Any:
    return HoldOut(found, many=many, context={"at": clock.read()}).data


class Holds(AllianceView):
    """Everything that was ever stopped."""

    @extend_schema(responses=HoldOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All, newest first."""
        found = self.alliance.holds.select_related("placed_by", "lifting").order_by("-placed_at", "-pk")
        return Response(_shown(found, many=True))


class HoldsOnThing(AllianceView):
    """Holds on one thing: a `topic`, a `round` or a `decision`, by its identifier."""

    @extend_schema(request=told.HoldIn, responses={201: HoldOut})
    @idempotent
    def post(self, request: Request, slug: str, kind: str, pk: UUID) -> Response:
        """Stop it for 1 to 14 days; counsel or the auditor, with a proof of sign-in."""
        if holdable.find(self.alliance, kind, pk) is None:
            raise Http404
        given = self.given(told.HoldIn)
        proof = proof_of(request._request)
        hold = holds.place_hold(actor=self.person, alliance=self.alliance, kind=kind, subject=pk, proof=proof, **given)
        return made(_shown(hold))


class HoldLifting(AllianceView):
    """The end of a hold before its time."""

    @extend_schema(request=None, responses=HoldOut)
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Lift one's own; needs a proof of sign-in."""
        hold = get_object_or_404(Hold.objects.select_related("placed_by", "lifting"), alliance=self.alliance, pk=pk)
        return Response(_shown(holds.lift_hold(actor=self.person, hold=hold, proof=proof_of(request._request))))
