"""Addresses of decisions and of the committee."""

from django.urls import URLPattern, path

from governance.views import ballots, classes, committee, decisions, independence, perspectives, rehearsal

app_name = "governance"


def within(where: str, view: object, name: str) -> URLPattern:
    """An address within one alliance."""
    return path(f"a/<slug:slug>/{where}", view, name=name)  # type: ignore[call-overload]


urlpatterns = [
    within("decisions/", decisions.decisions, "decisions"),
    within("decisions/propose/", decisions.propose, "propose"),
    within("decisions/rehearsal/", rehearsal.rehearsal, "rehearsal"),
    within("decisions/<int:number>/", decisions.decision, "decision"),
    within("decisions/<int:number>/change/", decisions.change, "change_draft"),
    within("decisions/<int:number>/second/", decisions.second, "second"),
    within("decisions/<int:number>/notice/", decisions.notice, "notice"),
    within("decisions/<int:number>/open/", decisions.open_voting, "open_voting"),
    within("decisions/<int:number>/withdraw/", decisions.withdraw, "withdraw"),
    within("decisions/<int:number>/suggest/", perspectives.suggest, "suggest"),
    within("decisions/<int:number>/suggestions/<uuid:pk>/", perspectives.answer, "answer_suggestion"),
    within("decisions/<int:number>/conformance/", perspectives.conform, "conform"),
    within("decisions/<int:number>/conformance/<uuid:pk>/end/", perspectives.end_conformance, "end_conformance"),
    within("decisions/<int:number>/ballot/", ballots.ballot, "ballot"),
    within("decisions/<int:number>/recuse/", ballots.recuse, "recuse"),
    within("decisions/<int:number>/carry-out/", decisions.carry_out, "carry_out"),
    within("decisions/<int:number>/recount.json", decisions.recount_file, "recount_file"),
    within("committee/", committee.committee, "committee"),
    within("committee/terms/", committee.terms, "terms"),
    within("committee/seats/add/", committee.add_seat, "add_seat"),
    within("committee/seats/<uuid:pk>/", committee.change_seat, "change_seat"),
    within("committee/seats/<uuid:pk>/abolish/", committee.abolish_seat, "abolish_seat"),
    within("committee/seats/<uuid:pk>/nominate/", committee.nominate, "nominate"),
    within("committee/seats/<uuid:pk>/withdraw/", committee.withdraw_nomination, "withdraw_nomination"),
    within("committee/seats/<uuid:pk>/add-to-disclosure/", independence.add, "add_to_disclosure"),
    within("committee/accept/", independence.accept_seat, "accept_seat"),
    within("committee/leave/", independence.leave_seat, "leave_seat"),
    within("committee/statement/", independence.attest, "attest"),
    within("committee/disclosure/", independence.disclose, "disclose"),
    within("committee/report/", independence.report, "report"),
    within("committee/reports/", independence.reports, "reports"),
    within("committee/reports/<uuid:pk>/", independence.settle, "settle_report"),
    within("committee/classes/", classes.classes, "classes"),
    within("committee/classes/adopt/", classes.adopt, "adopt_classes"),
    within("committee/classes/<slug:key>/", classes.change, "change_class"),
]
