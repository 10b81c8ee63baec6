"""Alliances, their parties, the log."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import person_of
from accounts.models import Organisation
from alliance.api import shapes_out as shown
from alliance.api.door import AllianceView, made
from alliance.api.told import alliances as told
from alliance.models import AffectedParty, Alliance
from alliance.selectors.records import Wanted, log_of
from alliance.services import beginning, founding
from alliance.states import Profile

FACTS = ("pooled_amount", "currency", "pools_patents", "pools_personal_data")


class Alliances(APIView):
    """The person's alliances, and founding one."""

    @extend_schema(responses=shown.AllianceOut(many=True))
    def get(self, request: Request) -> Response:
        """Those that you see."""
        seen = Alliance.objects.visible_to(person_of(request)).select_related("convener").order_by("name", "pk")
        return Response(shown.AllianceOut(seen, many=True).data)

    @extend_schema(request=told.FoundIn, responses={201: shown.AllianceOut})
    def post(self, request: Request) -> Response:
        """Found one and invite its first members, all or nothing."""
        person = person_of(request)
        own = Organisation.objects.vouching_for(person)
        form = told.FoundIn(data=request.data, context={"organisations": own})
        form.is_valid(raise_exception=True)
        given: dict[str, Any] = dict(form.validated_data)
        members = [beginning.FirstMember(**each) for each in given.pop("first_members")]
        facts = {name: given.pop(name) for name in FACTS}
        alliance = beginning.begin_alliance(actor=person, first_members=members, facts=facts, **given)
        return made(shown.AllianceOut(alliance).data)


class OneAlliance(AllianceView):
    """One alliance."""

    @extend_schema(responses=shown.AllianceOut)
    def get(self, request: Request, slug: str) -> Response:
        """What it says of itself, and where it stands."""
        return Response(shown.AllianceOut(self.alliance).data)

    @extend_schema(request=told.ChangeIn(partial=True), responses=shown.AllianceOut)
    def patch(self, request: Request, slug: str) -> Response:
        """Change what it says of itself, before its charter."""
        changes = self.given(told.ChangeIn, partial=True)
        alliance = founding.change_alliance(actor=self.person, alliance=self.alliance, **changes)
        return Response(shown.AllianceOut(alliance).data)


class ProfileOfAlliance(AllianceView):
    """Its readiness profile."""

    @extend_schema(request=told.ProfileIn, responses=shown.AllianceOut)
    def put(self, request: Request, slug: str) -> Response:
        """Raise it."""
        profile = Profile(self.given(told.ProfileIn)["profile"])
        alliance = founding.raise_profile(actor=self.person, alliance=self.alliance, profile=profile)
        return Response(shown.AllianceOut(alliance).data)


class Parties(AllianceView):
    """Whom the problem touches."""

    @extend_schema(responses=shown.PartyOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All of them, by name."""
        return Response(shown.PartyOut(self.alliance.affected_parties.order_by("name", "pk"), many=True).data)

    @extend_schema(request=told.PartyIn, responses={201: shown.PartyOut})
    def post(self, request: Request, slug: str) -> Response:
        """Add one; any member may."""
        given = self.given(told.PartyIn)
        return made(
            shown.PartyOut(founding.add_affected_party(actor=self.person, alliance=self.alliance, **given)).data
        )


class Party(AllianceView):
    """One affected party."""

    @extend_schema(request=told.ExplainIn, responses=shown.PartyOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Say which member it is, or why it is not one."""
        party = get_object_or_404(AffectedParty, alliance=self.alliance, pk=pk)
        explained = founding.explain_affected_party(actor=self.person, party=party, **self.given(told.ExplainIn))
        return Response(shown.PartyOut(explained).data)


class Events(AllianceView):
    """The alliance's log."""

    @extend_schema(
        responses=shown.EventOut(many=True),
        parameters=[OpenApiParameter("verb", str), OpenApiParameter("subject", UUID), OpenApiParameter("page", int)],
    )
    def get(self, request: Request, slug: str) -> Response:
        """Newest first, in pages of thirty; past the last there is nothing."""
        asked = told.LogIn(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        page, events = log_of(self.alliance, Wanted(given["verb"], subject=given["subject"]), given["page"])
        is_past = given["page"] > page.paginator.num_pages
        return Response(shown.EventOut([] if is_past else events, many=True).data)
