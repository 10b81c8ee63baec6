"""The API's doors to decisions: the same commands as the pages, by the same services."""

import json
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import proof_of
from accounts.idempotency import idempotent
from accounts.permissions import require
from alliance.api.door import AllianceView, made
from audit import clock
from governance import effects
from governance.api import shapes
from governance.models import Decision
from governance.selectors import ballots as shown_ballots
from governance.selectors.decision_page import DecisionPage, decision_page
from governance.selectors.decisions import VIEWS, decisions_of
from governance.selectors.electorate import electorate_of
from governance.services import ballots, closing, decisions, opening, recusal

A_PAGE = 50


class DecisionView(AllianceView):
    """A view of one decision, or 404."""

    def decision(self, number: int) -> Decision:
        found: Decision = get_object_or_404(Decision.objects.visible_in(self.alliance).with_its_page(), number=number)
        return found

    def shown(self, number: int) -> dict[str, Any]:
        """The decision whole, as this person may see it."""
        return whole(decision_page(self.decision(number), self.person, clock.read()))


def whole(page: DecisionPage) -> dict[str, Any]:
    """A decision's page as data."""
    choices = {each["key"]: each["choice"] for each in page.revealed}
    electors = [
        {
            "key": each.key,
            "name": shown_ballots.name_of(each),
            "weight": each.weight,
            "is_recused": each.recused_at is not None,
            "has_voted": shown_ballots.has_voted(each),
            "choice": choices.get(each.key),
        }
        for each in page.electors
    ]
    return dict(
        shapes.DecisionWhole(
            {
                "decision": page.decision,
                "state_word": page.state_word,
                "electors": electors,
                "outcomes": page.outcomes,
                "receipt": page.receipt,
                "acts": sorted(page.acts),
            }
        ).data
    )


class Decisions(AllianceView):
    """Decisions of an alliance."""

    @extend_schema(
        responses=shapes.DecisionOut(many=True),
        parameters=[OpenApiParameter("view", str, enum=VIEWS), OpenApiParameter("page", int)],
    )
    def get(self, request: Request, slug: str) -> Response:
        """Open ones with yours missing first; or `view=decided`, `view=drafts`. In pages of fifty."""
        view, page = request.query_params.get("view", "open"), request.query_params.get("page", "1")
        rows = decisions_of(self.alliance, self.person, view=view if view in VIEWS else "open")
        start = (int(page) - 1) * A_PAGE if page.isascii() and page.isdigit() and 0 < len(page) < 7 and int(page) else 0
        return Response(shapes.DecisionOut(rows[start : start + A_PAGE], many=True).data)

    @extend_schema(request=shapes.NewDraftIn, responses={201: shapes.DecisionOut})
    def post(self, request: Request, slug: str) -> Response:
        """Propose a question."""
        given = self.given(shapes.NewDraftIn)
        return made(
            shapes.DecisionOut(decisions.draft_decision(actor=self.person, alliance=self.alliance, **given)).data
        )


class Effects(AllianceView):
    """What a decision can do beside being on record."""

    @extend_schema(responses=shapes.EffectOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """What can be proposed now, and the `effect_data` that each takes."""
        found = [{"key": key, "effect": effect} for key, effect in effects.offered(self.alliance).items()]
        return Response(shapes.EffectOut(found, many=True).data)


class OneDecision(DecisionView):
    """One decision."""

    @extend_schema(responses=shapes.DecisionWhole)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """With who may vote, who has, and after the close how."""
        return Response(self.shown(number))

    @extend_schema(request=shapes.DraftIn, responses=shapes.DecisionOut)
    def put(self, request: Request, slug: str, number: int) -> Response:
        """Write the draft anew; a second and the notice start again."""
        given = self.given(shapes.DraftIn)
        changed = decisions.change_draft(actor=self.person, decision=self.decision(number), **given)
        return Response(shapes.DecisionOut(changed).data)


class Seconding(DecisionView):
    """The second."""

    @extend_schema(request=None, responses=shapes.DecisionOut)
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Support putting it to the vote."""
        found = decisions.second_decision(actor=self.person, decision=self.decision(number))
        return Response(shapes.DecisionOut(found).data)


class Notice(DecisionView):
    """The notice."""

    @extend_schema(request=None, responses=shapes.DecisionOut)
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Give it."""
        found = decisions.give_notice(actor=self.person, decision=self.decision(number))
        return Response(shapes.DecisionOut(found).data)


class Opening(DecisionView):
    """The vote's opening."""

    @extend_schema(responses=shapes.ElectorateOut)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Who may vote if it is opened now, and who may not."""
        found = self.decision(number)
        require("governance.open_voting", self.person, found)
        return Response(shapes.ElectorateOut(electorate_of(found, clock.read())).data)

    @extend_schema(request=None, responses=shapes.DecisionOut)
    @idempotent
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Open it; text, rule and electorate are fixed from then on."""
        found = opening.open_voting(actor=self.person, decision=self.decision(number))
        return Response(shapes.DecisionOut(found).data)


class Withdrawal(DecisionView):
    """A draft's withdrawal."""

    @extend_schema(request=None, responses=shapes.DecisionOut)
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Take it back."""
        found = decisions.withdraw_draft(actor=self.person, decision=self.decision(number))
        return Response(shapes.DecisionOut(found).data)


class BallotOfPerson(DecisionView):
    """The caller's ballot."""

    @extend_schema(request=shapes.BallotIn, responses={201: shapes.ReceiptOut})
    @idempotent
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Cast it, or change it, after a fresh sign-in. The answer is a receipt; it never says how you voted."""
        found = self.decision(number)
        given = self.given(shapes.BallotIn)
        ballot = ballots.cast_ballot(actor=self.person, decision=found, proof=proof_of(request), **given)
        receipt = shown_ballots.receipt_of(ballot.elector)
        return made(shapes.ReceiptOut(receipt).data)


class RecusalOfPerson(DecisionView):
    """The caller's recusal."""

    @extend_schema(request=shapes.RecusalIn, responses={201: shapes.DecisionOut})
    @idempotent
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Step out, for a reason, after a fresh sign-in."""
        found = self.decision(number)
        recusal.recuse(actor=self.person, decision=found, proof=proof_of(request), **self.given(shapes.RecusalIn))
        return made(shapes.DecisionOut(self.decision(number)).data)


class CarryingOut(DecisionView):
    """An adopted decision whose effect was refused."""

    @extend_schema(request=None, responses=shapes.DecisionOut)
    def post(self, request: Request, slug: str, number: int) -> Response:
        """Try its effect again."""
        found = closing.carry_out(actor=self.person, decision=self.decision(number))
        return Response(shapes.DecisionOut(found).data)


class RecountCase(DecisionView):
    """The case of the outcome that counts."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """What `manage.py recount` reads; nothing before the outcome is written down."""
        found = self.decision(number)
        outcome = found.outcomes.order_by("-number").first()
        if outcome is None or not found.is_decided:
            raise Http404
        return Response(json.loads(outcome.case))
