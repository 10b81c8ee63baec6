"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import health
from accounts.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("config.api_urls")),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("", include("alliance.urls")),
    path("", include("governance.urls")),
    path("", include("charter.urls")),
    path("", include("traits.urls")),
]
