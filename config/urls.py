"""Every address of the product."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from accounts.views import errors, health
from accounts.views.address import address, code
from accounts.views.home import home

handler404 = errors.not_found
handler500 = errors.our_fault
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/email/", address, name="account_address"),
    path("accounts/confirm-email/", code, name="account_code"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("config.api_urls")),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("", include("alliance.urls")),
    path("", include("governance.urls")),
    path("", include("charter.urls")),
    path("", include("traits.urls")),
]
