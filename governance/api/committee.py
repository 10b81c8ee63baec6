"""The API's doors to the committee, its classes, and a holder's own acts."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import proof_of
from accounts.idempotency import idempotent
from accounts.permissions import may
from alliance.api.door import AllianceView, made
from alliance.selectors.standing import standing_of
from audit import clock
from governance.api import committee_shapes as shapes
from governance.models import DecisionClass, Holding, InstructionReport, Seat
from governance.rules import INDEPENDENCE_VERSION
from governance.selectors.committee_page import committee_page
from governance.selectors.holders import accepted_in, seat_of
from governance.selectors.reports import own_reports
from governance.services import classes, committee, holders, independence
from governance.texts import INDEPENDENCE, INDEPENDENCE_HASH


class Committee(AllianceView):
    """The committee."""

    @extend_schema(responses=shapes.CommitteeOut)
    def get(self, request: Request, slug: str) -> Response:
        """Seats, holders, officers, terms."""
        page = committee_page(self.alliance, standing_of(self.person, self.alliance), clock.read())
        return Response(shapes.CommitteeOut(page).data)


class Terms(AllianceView):
    """What holds for the committee as a whole."""

    @extend_schema(request=shapes.CommitteeTermsIn, responses=shapes.CommitteeTermsOut)
    def put(self, request: Request, slug: str) -> Response:
        """Set it, before the charter."""
        given = self.given(shapes.CommitteeTermsIn)
        stand = committee.set_committee_terms(actor=self.person, alliance=self.alliance, **given)
        return Response(shapes.CommitteeTermsOut(stand).data)


class SeatView(AllianceView):
    """A view of one standing seat, or 404."""

    def seat(self, pk: UUID) -> Seat:
        rows = Seat.objects.standing().select_related("member__organisation", "alliance")
        found: Seat = get_object_or_404(rows, alliance=self.alliance, pk=pk)
        return found


class Seats(AllianceView):
    """Seats."""

    @extend_schema(request=shapes.SeatIn, responses={201: shapes.SeatOut})
    def post(self, request: Request, slug: str) -> Response:
        """Add one."""
        given = self.given(shapes.SeatIn)
        return made(shapes.SeatOut(committee.add_seat(actor=self.person, alliance=self.alliance, **given)).data)


class OneSeat(SeatView):
    """One seat."""

    @extend_schema(request=shapes.SeatIn, responses=shapes.SeatOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Change it."""
        given = self.given(shapes.SeatIn)
        return Response(shapes.SeatOut(committee.change_seat(actor=self.person, seat=self.seat(pk), **given)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, pk: UUID) -> Response:
        """Abolish it."""
        committee.abolish_seat(actor=self.person, seat=self.seat(pk))
        return Response(status=204)


class Nomination(SeatView):
    """The nomination for a seat."""

    @extend_schema(request=shapes.NominationIn, responses={201: shapes.NominatedOut})
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Name a person."""
        given = self.given(shapes.NominationIn)
        found = holders.nominate_holder(actor=self.person, seat=self.seat(pk), **given)
        named = found if isinstance(found, Holding) else None
        return made(shapes.NominatedOut({"holding": named, "is_invited": named is None}).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, pk: UUID) -> Response:
        """Take it back."""
        holders.withdraw_nomination(actor=self.person, seat=self.seat(pk))
        return Response(status=204)


class Additions(AllianceView):
    """What others added to the disclosure of a seat's holder."""

    def holding(self, seat: UUID) -> Holding:
        found: Holding = get_object_or_404(accepted_in(self.alliance), seat=seat)
        return found

    @extend_schema(responses=shapes.AdditionOut(many=True))
    def get(self, request: Request, slug: str, pk: UUID) -> Response:
        """In the order added."""
        rows = self.holding(pk).additions.order_by("added_at", "pk")
        return Response(shapes.AdditionOut(rows, many=True).data)

    @extend_schema(request=shapes.AdditionIn, responses={201: shapes.AdditionOut})
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Say what else could sway them, on the record."""
        given = self.given(shapes.AdditionIn)
        added = independence.add_to_disclosure(actor=self.person, holding=self.holding(pk), **given)
        return made(shapes.AdditionOut(added).data)


class OwnSeatView(AllianceView):
    """A view of the seat that the caller holds or is named for, or 404."""

    def holding(self) -> Holding:
        found = seat_of(self.person, self.alliance)
        if found is None:
            raise Http404
        return found


class OwnSeat(OwnSeatView):
    """The caller's seat."""

    @extend_schema(responses=shapes.HoldingOut)
    def get(self, request: Request, slug: str) -> Response:
        """Since when, until when."""
        return Response(shapes.HoldingOut(self.holding()).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Leave it, or decline it."""
        holders.leave_seat(actor=self.person, holding=self.holding())
        return Response(status=204)


class Acceptance(OwnSeatView):
    """The acceptance of the caller's seat."""

    @extend_schema(request=None, responses={201: shapes.HoldingOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Accept it, after a fresh sign-in."""
        held = holders.accept_seat(actor=self.person, holding=self.holding(), proof=proof_of(request))
        return made(shapes.HoldingOut(held).data)


class Statement(OwnSeatView):
    """The caller's independence statement."""

    @extend_schema(responses=shapes.IndependenceText)
    def get(self, request: Request, slug: str) -> Response:
        """The text that is signed."""
        self.holding()
        text = {"text": INDEPENDENCE, "version": INDEPENDENCE_VERSION, "hash": INDEPENDENCE_HASH}
        return Response(shapes.IndependenceText(text).data)

    @extend_schema(request=shapes.IndependenceIn, responses={201: shapes.IndependenceOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Sign it, after a fresh sign-in."""
        given = self.given(shapes.IndependenceIn)
        signed = independence.attest(actor=self.person, holding=self.holding(), proof=proof_of(request), **given)
        return made(shapes.IndependenceOut(signed).data)


class DisclosureOfPerson(OwnSeatView):
    """The caller's disclosure of interests."""

    @extend_schema(request=shapes.DisclosureIn, responses={201: shapes.DisclosureOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Put it on record."""
        given = self.given(shapes.DisclosureIn)
        said = independence.disclose(actor=self.person, holding=self.holding(), **given)
        return made(shapes.DisclosureOut(said).data)


class Reports(AllianceView):
    """Reports in confidence."""

    @extend_schema(responses=shapes.ReportOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All of them for the auditor, open ones first; for anybody else their own, the latest first."""
        reads_all = may("governance.read_reports", self.person, self.alliance)
        read = independence.reports_for if reads_all else own_reports
        found = read(actor=self.person, alliance=self.alliance)
        return Response(shapes.ReportOut(found, many=True).data)

    @extend_schema(request=shapes.ReportIn, responses={201: shapes.ReportSent})
    def post(self, request: Request, slug: str) -> Response:
        """Report that a holder was told how to vote."""
        independence.report_instruction(actor=self.person, **self.given(shapes.ReportIn))
        return made(shapes.ReportSent({"is_recorded": True}).data)


class Finding(AllianceView):
    """The auditor's finding on a report."""

    @extend_schema(request=shapes.SettleIn, responses=shapes.ReportOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Settle it."""
        independence.reports_for(actor=self.person, alliance=self.alliance)
        report = get_object_or_404(InstructionReport, alliance=self.alliance, pk=pk)
        settled = independence.settle_report(actor=self.person, report=report, **self.given(shapes.SettleIn))
        return Response(shapes.ReportOut(settled).data)


class Classes(AllianceView):
    """Decision classes."""

    @extend_schema(responses=shapes.ClassOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Those in use."""
        rows = self.alliance.decision_classes.filter(retired_at__isnull=True).order_by("created_at", "pk")
        return Response(shapes.ClassOut(rows, many=True).data)

    @extend_schema(request=None, responses={201: shapes.ClassOut(many=True)})
    def post(self, request: Request, slug: str) -> Response:
        """Adopt the usual ones."""
        adopted = classes.adopt_default_classes(actor=self.person, alliance=self.alliance)
        return made(shapes.ClassOut(adopted, many=True).data)


class OneClass(AllianceView):
    """One class."""

    @extend_schema(request=shapes.ClassIn(partial=True), responses=shapes.ClassOut)
    def patch(self, request: Request, slug: str, key: str) -> Response:
        """Change what it says, before the charter."""
        row = get_object_or_404(DecisionClass, alliance=self.alliance, key=key, retired_at__isnull=True)
        given = self.given(shapes.ClassIn, partial=True)
        return Response(shapes.ClassOut(classes.change_class(actor=self.person, decision_class=row, **given)).data)
