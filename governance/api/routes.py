"""Addresses of governance under /api/v1/alliances/."""

from django.urls import path

from governance.api import committee, decisions, perspectives, rehearsal

app_name = "governance_api"

_ONE = "<slug:slug>/decisions/<int:number>/"
urlpatterns = [
    path("<slug:slug>/decisions/", decisions.Decisions.as_view(), name="decisions"),
    path("<slug:slug>/effects/", decisions.Effects.as_view(), name="effects"),
    path(_ONE, decisions.OneDecision.as_view(), name="decision"),
    path(f"{_ONE}second/", decisions.Seconding.as_view(), name="second"),
    path(f"{_ONE}notice/", decisions.Notice.as_view(), name="notice"),
    path(f"{_ONE}opening/", decisions.Opening.as_view(), name="opening"),
    path(f"{_ONE}withdrawal/", decisions.Withdrawal.as_view(), name="withdrawal"),
    path(f"{_ONE}suggestions/", perspectives.Suggestions.as_view(), name="suggestions"),
    path(f"{_ONE}suggestions/<uuid:pk>/", perspectives.AnswerOfProposer.as_view(), name="suggestion"),
    path(f"{_ONE}conformance/", perspectives.Conformances.as_view(), name="conformances"),
    path(f"{_ONE}conformance/<uuid:pk>/", perspectives.OneConformance.as_view(), name="conformance"),
    path(f"{_ONE}ballot/", decisions.BallotOfPerson.as_view(), name="ballot"),
    path(f"{_ONE}recusal/", decisions.RecusalOfPerson.as_view(), name="recusal"),
    path(f"{_ONE}carrying-out/", decisions.CarryingOut.as_view(), name="carrying_out"),
    path(f"{_ONE}case/", decisions.RecountCase.as_view(), name="case"),
    path("<slug:slug>/rehearsal/", rehearsal.Rehearsal.as_view(), name="rehearsal"),
    path("<slug:slug>/committee/", committee.Committee.as_view(), name="committee"),
    path("<slug:slug>/committee/terms/", committee.Terms.as_view(), name="terms"),
    path("<slug:slug>/committee/seats/", committee.Seats.as_view(), name="seats"),
    path("<slug:slug>/committee/seats/<uuid:pk>/", committee.OneSeat.as_view(), name="seat"),
    path("<slug:slug>/committee/seats/<uuid:pk>/nomination/", committee.Nomination.as_view(), name="nomination"),
    path("<slug:slug>/committee/seats/<uuid:pk>/additions/", committee.Additions.as_view(), name="additions"),
    path("<slug:slug>/committee/mine/", committee.OwnSeat.as_view(), name="own_seat"),
    path("<slug:slug>/committee/mine/acceptance/", committee.Acceptance.as_view(), name="acceptance"),
    path("<slug:slug>/committee/mine/statement/", committee.Statement.as_view(), name="statement"),
    path("<slug:slug>/committee/mine/disclosure/", committee.DisclosureOfPerson.as_view(), name="disclosure"),
    path("<slug:slug>/committee/reports/", committee.Reports.as_view(), name="reports"),
    path("<slug:slug>/committee/reports/<uuid:pk>/finding/", committee.Finding.as_view(), name="finding"),
    path("<slug:slug>/classes/", committee.Classes.as_view(), name="classes"),
    path("<slug:slug>/classes/<slug:key>/", committee.OneClass.as_view(), name="class"),
]
