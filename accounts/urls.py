"""Addresses under `accounts:`; `/`, `/healthz` and `/readyz` are named by config."""

from django.urls import path

from accounts.views import invitation, settings

app_name = "accounts"
urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("settings/tokens/", settings.make_token, name="make_token"),
    path("settings/tokens/<str:beginning>/withdraw/", settings.withdraw_token, name="withdraw_token"),
    path("settings/colleagues/<uuid:pk>/vouch/", settings.vouch, name="vouch"),
    path("settings/colleagues/<uuid:pk>/disown/", settings.disown, name="disown"),
    path("i/<str:token>/", invitation.invitation, name="invitation"),
]
