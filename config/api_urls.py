"""Every address of the API, all under /api/v1/."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from accounts import api as accounts
from notifications import api as notifications

urlpatterns = [
    path("alliances/", include("alliance.api.routes")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("tokens/", accounts.Tokens.as_view(), name="tokens"),
    path("tokens/<str:beginning>/", accounts.Token.as_view(), name="token"),
    path("inbox/", notifications.Inbox.as_view(), name="inbox"),
]
