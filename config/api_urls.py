"""Every address of the API, all under /api/v1/."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from accounts import api as accounts
from charter import api as charter
from notifications import api as notifications
from traits.api import brings, pulse, told, whatif
from traits.api import readiness as traits

_ALLIANCE = "alliances/<slug:slug>/"
urlpatterns = [
    path(f"{_ALLIANCE}assessments/", traits.Assessments.as_view(), name="assessments"),
    path(f"{_ALLIANCE}assessments/compare/", traits.Compared.as_view(), name="assessments_compared"),
    path(f"{_ALLIANCE}mending/", traits.Mending.as_view(), name="mending"),
    path(f"{_ALLIANCE}asks/", traits.Asks.as_view(), name="asks"),
    path(f"{_ALLIANCE}drop-notices/", traits.DropNotices.as_view(), name="drop_notices"),
    path(f"{_ALLIANCE}assessments/<uuid:pk>/", traits.OneAssessment.as_view(), name="assessment"),
    path(f"{_ALLIANCE}assessments/<uuid:pk>/report/", traits.AssessmentReport.as_view(), name="assessment_report"),
    path(f"{_ALLIANCE}told-check/", told.Told.as_view(), name="told_check"),
    path(f"{_ALLIANCE}what-if/split/", whatif.ReferenceSplit.as_view(), name="split"),
    path(f"{_ALLIANCE}what-if/", whatif.WhatIf.as_view(), name="what_if"),
    path(f"{_ALLIANCE}reasons/", brings.Reasons.as_view(), name="reasons"),
    path(f"{_ALLIANCE}pulse/", pulse.Pulse.as_view(), name="pulse"),
    path(f"{_ALLIANCE}pulse/<int:number>/answers/", pulse.PulseAnswers.as_view(), name="pulse_answers"),
    path(f"{_ALLIANCE}acknowledgements/", traits.Acknowledgements.as_view(), name="acknowledgements"),
    path(f"{_ALLIANCE}charter/", charter.DraftOfCharter.as_view(), name="charter"),
    path(f"{_ALLIANCE}charter/sections/<slug:key>/", charter.SectionOfCharter.as_view(), name="charter_section"),
    path(f"{_ALLIANCE}charter/terms/", charter.TermsOfSigning.as_view(), name="charter_terms"),
    path(f"{_ALLIANCE}charter/proposal/", charter.Proposal.as_view(), name="charter_proposal"),
    path(f"{_ALLIANCE}charter/versions/", charter.Versions.as_view(), name="charter_versions"),
    path(
        f"{_ALLIANCE}charter/versions/<uuid:pk>/signatures/",
        charter.SignaturesOfVersion.as_view(),
        name="charter_signatures",
    ),
    path(f"{_ALLIANCE}charter/amendment/", charter.AmendmentWritten.as_view(), name="charter_amendment"),
    path(f"{_ALLIANCE}charter/withdrawal/", charter.Withdrawal.as_view(), name="charter_withdrawal"),
    path(f"{_ALLIANCE}moves/", charter.Moves.as_view(), name="moves"),
    path(f"{_ALLIANCE}file/", charter.AllianceFile.as_view(), name="alliance_file"),
    path("alliances/", include("alliance.api.routes")),
    path("alliances/", include("governance.api.routes")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("me/", accounts.Me.as_view(), name="me"),
    path("tokens/", accounts.Tokens.as_view(), name="tokens"),
    path("tokens/<str:beginning>/", accounts.Token.as_view(), name="token"),
    path("inbox/", notifications.Inbox.as_view(), name="inbox"),
]
