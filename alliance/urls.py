"""Addresses of an alliance."""

from django.urls import URLPattern, path

from alliance.views import contributions, founding, members, overview, parties, records

app_name = "alliance"


def within(where: str, view: object, name: str) -> URLPattern:
    """An address within one alliance."""
    return path(f"a/<slug:slug>/{where}", view, name=name)  # type: ignore[call-overload, no-any-return]


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
    within("records/", records.records, "records"),
    path("a/<slug:slug>/records/check/", records.records, {"check": True}, name="verify_records"),
]
