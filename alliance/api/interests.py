"""Topics, positions, worksheets."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import proof_of
from accounts.idempotency import idempotent
from alliance.api import shapes_out as shown
from alliance.api.door import AllianceView, made
from alliance.api.told import interests as told
from alliance.models import Member, MemberAnswers, Topic, Worksheet
from alliance.sealing import Figures, OwnWords, Range
from alliance.selectors.questions import own_words_of
from alliance.selectors.standing import standing_of
from alliance.services import interests, questions, worksheets
from alliance.services.questions import Bringing, Wish


class Topics(AllianceView):
    """Questions on which interests are stated."""

    @extend_schema(responses=shown.TopicOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All, oldest first."""
        return Response(shown.TopicOut(self.alliance.topics.order_by("created_at", "pk"), many=True).data)

    @extend_schema(request=told.TopicIn, responses={201: shown.TopicOut})
    def post(self, request: Request, slug: str) -> Response:
        """Add one."""
        topic = interests.add_topic(actor=self.person, alliance=self.alliance, **self.given(told.TopicIn))
        return made(shown.TopicOut(topic).data)


class OneTopic(AllianceView):
    """One topic."""

    @extend_schema(request=told.TopicIn, responses=shown.TopicOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Word it anew."""
        found = get_object_or_404(Topic, alliance=self.alliance, pk=pk)
        changed = interests.change_topic(actor=self.person, topic=found, **self.given(told.TopicIn))
        return Response(shown.TopicOut(changed).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, slug: str, pk: UUID) -> Response:
        """Take it away, with the positions on it."""
        interests.remove_topic(actor=self.person, topic=get_object_or_404(Topic, alliance=self.alliance, pk=pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Positions(AllianceView):
    """Where members stand."""

    @extend_schema(responses=shown.PositionOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All that are stated; what is confidential without its figures, but one's own."""
        own = {member.pk for member in standing_of(self.person, self.alliance).members()}
        found = self.alliance.positions.order_by("pk")
        return Response(shown.PositionOut(found, many=True, context={"open_for": own}).data)


class ConfidentialPositions(AllianceView):
    """What members have said in confidence."""

    @extend_schema(request=None, responses=shown.PositionOut(many=True))
    def post(self, request: Request, slug: str) -> Response:
        """For the custodian; that one looked is recorded."""
        found = interests.read_confidential_positions(actor=self.person, alliance=self.alliance)
        everybody = {position.member_id for position in found}
        body = shown.PositionOut(found, many=True, context={"open_for": everybody}).data
        return Response(body, headers={"Cache-Control": "no-store"})


class MemberPositions(AllianceView):
    """Where one member stands."""

    @extend_schema(request=told.PositionIn(many=True), responses=shown.PositionOut(many=True))
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """State positions; its own representative only. Topics left out stay as they are."""
        given = [interests.Stated(**each) for each in self.given(told.PositionIn, many=True)]
        stated = interests.state_positions(actor=self.person, member=self.member(pk), positions=given)
        own = {position.member_id for position in stated}
        return Response(shown.PositionOut(stated, many=True, context={"open_for": own}).data)


class Answers(AllianceView):
    """A member's six answers."""

    @extend_schema(responses=shown.AnswersOut)
    def get(self, request: Request, slug: str, pk: UUID) -> Response:
        """When it answered; its own words only for who acts for it."""
        member = self.member(pk)
        return Response(self._shown(MemberAnswers.objects.filter(member=member).first(), member))

    @extend_schema(request=told.AnswersIn, responses={201: shown.AnswersOut})
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Answer them, once; its own representative only."""
        given = self.given(told.AnswersIn)
        words = OwnWords(given.pop("without_it"), given.pop("better_off"))
        wishes = {name: Wish(**given[name]) for name in ("wants_most", "wants_also", "must_not_happen") if given[name]}
        brings = Bringing(**given["brings"]) if given["brings"] else None
        member = self.member(pk)
        answers = questions.answer_questions(actor=self.person, member=member, brings=brings, words=words, **wishes)
        return made(self._shown(answers, member))

    def _shown(self, answers: MemberAnswers | None, member: Member) -> Any:
        is_own = standing_of(self.person, self.alliance).acts_for(member.pk)
        words = own_words_of(member) if is_own else OwnWords()
        return shown.AnswersOut({"answered_at": answers and answers.answered_at, **asdict(words)}).data


class Worksheets(AllianceView):
    """Who has signed a worksheet."""

    @extend_schema(responses=shown.WorksheetOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All versions, without a figure."""
        found = self.alliance.worksheets.order_by("member", "version", "pk")
        return Response(shown.WorksheetOut(found, many=True).data)


class Statement(AllianceView):
    """A member's statement."""

    @extend_schema(request=told.StatementIn, responses={201: shown.WorksheetOut})
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Sign why it is better off; needs a proof of sign-in."""
        given = self.given(told.StatementIn)
        proof = proof_of(request._request)
        signed = worksheets.sign_statement(actor=self.person, member=self.member(pk), proof=proof, **given)
        return made(shown.WorksheetOut(signed).data)


class MemberWorksheet(AllianceView):
    """A member's sealed figures."""

    @extend_schema(request=told.FiguresIn, responses={201: shown.WorksheetOut})
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Seal figures; needs a proof of sign-in. They stand 30 days, or until the custodian lets them be corrected.

        `alone`, what it would cost the member to reach the same alone, may be left out: the check does not ask for it.
        """
        given = self.given(told.FiguresIn)
        ranges = {name: Range(**given[name]) for name in ("benefit", "cost", "fall_back")}
        figures = Figures(currency=given["currency"], basis=given["basis"], alone=given["alone"], **ranges)
        proof = proof_of(request._request)
        sealed = worksheets.seal_worksheet(actor=self.person, member=self.member(pk), figures=figures, proof=proof)
        return made(shown.WorksheetOut(sealed).data)


class MemberActuals(AllianceView):
    """What came of a member's sealed figures."""

    @extend_schema(request=told.ActualIn, responses={201: shown.ActualOut})
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Seal it; needs a proof of sign-in."""
        given = self.given(told.ActualIn)
        ranges = {name: Range(given[name], given[name], given[name]) for name in ("benefit", "cost", "fall_back")}
        sealed = worksheets.seal_actual(
            actor=self.person,
            member=self.member(pk),
            measured_on=given["measured_on"],
            figures=Figures(currency=given["currency"], basis=given["basis"], alone=None, **ranges),
            proof=proof_of(request._request),
        )
        return made(shown.ActualOut(sealed).data)


class ReopenedWorksheet(AllianceView):
    """Letting a member correct what it sealed."""

    @extend_schema(request=None, responses=shown.WorksheetOut)
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """For the custodian: the member can seal its figures anew before their 30 days are over."""
        worksheet = get_object_or_404(Worksheet.objects.select_related("member"), alliance=self.alliance, pk=pk)
        return Response(shown.WorksheetOut(worksheets.reopen_worksheet(actor=self.person, worksheet=worksheet)).data)


class OpenedWorksheet(AllianceView):
    """Opening sealed figures."""

    @extend_schema(request=None, responses=shown.PromisedOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """For the member itself and the custodian; that one looked is recorded."""
        worksheet = get_object_or_404(Worksheet.objects.select_related("member"), alliance=self.alliance, pk=pk)
        opened = worksheets.read_worksheet(actor=self.person, worksheet=worksheet)
        actuals = [{"measured_on": day, **shown.FiguresOut(figures).data} for day, figures in opened.actuals]
        body = {**shown.PromisedOut(opened.figures).data, "actuals": actuals}
        return Response(body, headers={"Cache-Control": "no-store"})
