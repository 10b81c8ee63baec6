"""Addresses under /api/v1/alliances/."""

from django.urls import path

from alliance.api import alliances, control, interests, members, reasons, value

app_name = "alliance_api"

urlpatterns = [
    path("", alliances.Alliances.as_view(), name="alliances"),
    path("<slug:slug>/", alliances.OneAlliance.as_view(), name="alliance"),
    path("<slug:slug>/profile/", alliances.ProfileOfAlliance.as_view(), name="profile"),
    path("<slug:slug>/events/", alliances.Events.as_view(), name="events"),
    path("<slug:slug>/parties/", alliances.Parties.as_view(), name="parties"),
    path("<slug:slug>/parties/<uuid:pk>/", alliances.Party.as_view(), name="party"),
    path("<slug:slug>/members/", members.Members.as_view(), name="members"),
    path("<slug:slug>/members/<uuid:pk>/admission/", members.Admission.as_view(), name="admission"),
    path("<slug:slug>/members/<uuid:pk>/withdrawal/", members.Withdrawal.as_view(), name="withdrawal"),
    path("<slug:slug>/members/<uuid:pk>/kind/", members.KindConfirmation.as_view(), name="kind"),
    path("<slug:slug>/members/<uuid:pk>/contributions/", members.Promises.as_view(), name="promises"),
    path("<slug:slug>/members/<uuid:pk>/positions/", interests.MemberPositions.as_view(), name="member_positions"),
    path("<slug:slug>/members/<uuid:pk>/answers/", interests.Answers.as_view(), name="answers"),
    path("<slug:slug>/members/<uuid:pk>/statement/", interests.Statement.as_view(), name="statement"),
    path("<slug:slug>/members/<uuid:pk>/worksheet/", interests.MemberWorksheet.as_view(), name="worksheet"),
    path("<slug:slug>/people/", members.People.as_view(), name="people"),
    path("<slug:slug>/relations/", members.Relations.as_view(), name="relations"),
    path("<slug:slug>/contributions/", members.Contributions.as_view(), name="contributions"),
    path("<slug:slug>/contributions/<uuid:pk>/signature/", members.ContributionSignature.as_view(), name="sign"),
    path("<slug:slug>/contributions/<uuid:pk>/kept/", members.ContributionKept.as_view(), name="kept"),
    path("<slug:slug>/topics/", interests.Topics.as_view(), name="topics"),
    path("<slug:slug>/topics/<uuid:pk>/", interests.OneTopic.as_view(), name="topic"),
    path(
        "<slug:slug>/positions/confidential/", interests.ConfidentialPositions.as_view(), name="confidential_positions"
    ),
    path("<slug:slug>/positions/", interests.Positions.as_view(), name="positions"),
    path("<slug:slug>/members/<uuid:pk>/actuals/", interests.MemberActuals.as_view(), name="actuals"),
    path("<slug:slug>/worksheets/", interests.Worksheets.as_view(), name="worksheets"),
    path("<slug:slug>/worksheets/<uuid:pk>/open/", interests.OpenedWorksheet.as_view(), name="open_worksheet"),
    path("<slug:slug>/streams/", value.Streams.as_view(), name="streams"),
    path("<slug:slug>/streams/<uuid:pk>/", value.Stream.as_view(), name="stream"),
    path("<slug:slug>/streams/<uuid:pk>/stewardship/", value.Stewardship.as_view(), name="stewardship"),
    path("<slug:slug>/streams/<uuid:pk>/baseline/", value.Baseline.as_view(), name="baseline"),
    path("<slug:slug>/streams/<uuid:pk>/verification/", value.BaselineVerification.as_view(), name="verification"),
    path("<slug:slug>/streams/<uuid:pk>/targets/", value.Targets.as_view(), name="targets"),
    path("<slug:slug>/readings/<uuid:pk>/verification/", value.ReadingVerification.as_view(), name="verify_reading"),
    path("<slug:slug>/streams/<uuid:pk>/readings/", value.Readings.as_view(), name="readings"),
    path("<slug:slug>/streams/<uuid:pk>/links/", value.Links.as_view(), name="links"),
    path("<slug:slug>/streams/<uuid:pk>/durable-forms/", value.DurableForms.as_view(), name="durable_forms"),
    path("<slug:slug>/links/<uuid:pk>/acceptance/", value.LinkAcceptance.as_view(), name="link"),
    path("<slug:slug>/durable-forms/<uuid:pk>/acceptance/", value.Succession.as_view(), name="succession"),
    path("<slug:slug>/expectations/", reasons.Expectations.as_view(), name="expectations"),
    path("<slug:slug>/opportunities/", reasons.Opportunities.as_view(), name="opportunities"),
    path(
        "<slug:slug>/streams/<uuid:pk>/opportunities/",
        reasons.OpportunitiesOfStream.as_view(),
        name="stream_opportunities",
    ),
    path("<slug:slug>/legacy/", value.LegacyPlan.as_view(), name="legacy"),
    path("<slug:slug>/legacy/<slug:part>/", value.LegacyPartOfPlan.as_view(), name="legacy_part"),
    path("<slug:slug>/rounds/", control.Rounds.as_view(), name="rounds"),
    path("<slug:slug>/rounds/<uuid:pk>/signature/", control.RoundSignature.as_view(), name="sign_round"),
    path("<slug:slug>/reserved-powers/", control.ReservedPowers.as_view(), name="powers"),
    path("<slug:slug>/reserved-powers/<uuid:pk>/", control.ReservedPowerOfMember.as_view(), name="power"),
    path("<slug:slug>/exit-terms/", control.ExitTerms.as_view(), name="exit_terms"),
    path("<slug:slug>/reviews/", control.Reviews.as_view(), name="reviews"),
]
