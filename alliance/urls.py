"""Addresses of an alliance."""

from django.urls import URLPattern, path

from alliance.views import (
    contributions,
    control,
    founding,
    interests,
    legacy,
    members,
    overview,
    parties,
    questions,
    records,
    results,
    value,
    worksheets,
)

app_name = "alliance"


def within(where: str, view: object, name: str) -> URLPattern:
    """An address within one alliance."""
    return path(f"a/<slug:slug>/{where}", view, name=name)  # type: ignore[call-overload]


urlpatterns = [
    path("found/", founding.found, name="found"),
    path("found/<slug:step>/", founding.found, name="found_step"),
    within("", overview.overview, "overview"),
    within("change/", overview.change, "change"),
    within("profile/", overview.raise_profile, "raise_profile"),
    within("members/", members.members, "members"),
    within("members/people/", members.people, "people"),
    within("members/people/invite/", members.invite_person, "invite_person"),
    within("members/invite/", members.invite_member, "invite_member"),
    within("members/relations/", members.record_relation, "record_relation"),
    within("members/parties/", parties.parties, "parties"),
    within("members/parties/add/", parties.add_party, "add_party"),
    within("members/parties/<uuid:pk>/", parties.explain_party, "explain_party"),
    within("members/contributions/", contributions.contributions, "contributions"),
    within("members/contributions/<uuid:pk>/sign/", contributions.sign, "sign_contribution"),
    within("members/contributions/<uuid:pk>/kept/", contributions.keep, "keep_contribution"),
    within("members/<uuid:pk>/admit/", members.admit, "admit_member"),
    within("members/<uuid:pk>/withdraw/", members.withdraw, "withdraw_member"),
    within("members/<uuid:pk>/confirm-kind/", members.confirm_kind, "confirm_kind"),
    within("members/<uuid:pk>/promise/", contributions.promise, "promise_contribution"),
    within("interests/", interests.interests, "interests"),
    within("interests/topics/add/", interests.add_topic, "add_topic"),
    within("interests/topics/<uuid:pk>/", interests.change_topic, "change_topic"),
    within("interests/topics/<uuid:pk>/remove/", interests.remove_topic, "remove_topic"),
    within("interests/confidential/", interests.confidential, "confidential"),
    within("interests/<uuid:pk>/questions/", questions.answer, "answer_questions"),
    within("interests/<uuid:pk>/", interests.positions, "positions"),
    within("value/", value.value, "value"),
    within("value/add/", value.add_stream, "add_stream"),
    within("value/worksheets/", worksheets.worksheets, "worksheets"),
    within("value/worksheets/<uuid:pk>/statement/", worksheets.sign_statement, "sign_statement"),
    within("value/worksheets/<uuid:pk>/figures/", worksheets.seal_worksheet, "seal_worksheet"),
    within("value/worksheets/<uuid:pk>/actuals/", worksheets.seal_actual, "seal_actual"),
    within("value/worksheets/<uuid:pk>/open/", worksheets.open_worksheet, "open_worksheet"),
    within("value/legacy/<slug:part>/", legacy.write_part, "legacy_part"),
    within("value/succession/<uuid:pk>/", legacy.accept_succession, "accept_succession"),
    within("value/links/<uuid:pk>/accept/", value.accept_link, "accept_link"),
    within("value/<uuid:pk>/", value.stream, "stream"),
    within("value/<uuid:pk>/change/", value.change_stream, "change_stream"),
    within("value/<uuid:pk>/accept/", value.accept_stewardship, "accept_stewardship"),
    within("value/<uuid:pk>/baseline/", value.set_baseline, "set_baseline"),
    within("value/<uuid:pk>/baseline/verify/", value.verify_baseline, "verify_baseline"),
    within("value/<uuid:pk>/targets/", results.set_target, "set_target"),
    within("value/<uuid:pk>/readings.csv", results.readings, "readings"),
    within("value/readings/<uuid:pk>/verify/", results.verify_reading, "verify_reading"),
    within("value/<uuid:pk>/readings/", value.record_reading, "record_reading"),
    within("value/<uuid:pk>/links/", value.link_interest, "link_interest"),
    within("value/<uuid:pk>/durable/", legacy.add_durable_form, "add_durable_form"),
    within("control/", control.control, "control"),
    within("control/round/", control.propose_round, "propose_round"),
    within("control/rounds/<uuid:pk>/sign/<uuid:member_pk>/", control.sign_steps, "sign_steps"),
    within("control/powers/<uuid:pk>/", control.reserve_power, "reserve_power"),
    within("control/powers/<uuid:pk>/release/", control.release_power, "release_power"),
    within("control/exit/", control.exit_terms, "exit_terms"),
    within("control/review/", control.review, "review"),
    within("records/", records.records, "records"),
    path("a/<slug:slug>/records/check/", records.records, {"check": True}, name="verify_records"),
]
