"""How allauth and axes behave here: nobody signs up without an invitation, and mails carry the site's own address."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import acceptance
from accounts.models import Invitation
from accounts.services import invitations

WRONG = gettext_lazy("Address or password is not correct. Check both, or choose a new password.")
TOO_MANY = gettext_lazy("Too many attempts. Wait a quarter of an hour, then try again, or choose a new password.")


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-up is open only in a session that has opened a valid invitation, and only for its address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "incorrect_password": gettext_lazy("This is not your password. Try again."),
        "enter_current_password": gettext_lazy("This is not your password. Try again."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "account_inactive": gettext_lazy("This account is closed."),
        "duplicate_email": gettext_lazy("This is one of your addresses already."),
        "invalid_password_reset": gettext_lazy("This link was used or is too old. Ask for a new one."),
        "cannot_remove_primary_email": gettext_lazy(
            "This is the address we write to. Make another one that first, then remove it."
        ),
        "unverified_primary_email": gettext_lazy(
            "Confirm this address first: open the link in the mail we sent there."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return invitations.opened_in(request.session) is not None

    def clean_email(self, email: str) -> str:
        cleaned: str = super().clean_email(email)
        return cleaned.lower()

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """To what the invitation was for, now accepted."""
        found = Invitation.objects.filter(used_by=request.user.pk).order_by("-used_at").first()
        offer = acceptance.offer_of(found) if found else None
        return offer.url if offer else settings.LOGIN_REDIRECT_URL

    def get_reset_password_from_key_url(self, key: str) -> str:
        return self._on_our_site(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return self._on_our_site(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {**context, "site": settings.SITE_ADDRESS})

    def _on_our_site(self, url: str) -> str:
        """The path of an address at the configured site, whatever host the request named."""
        return settings.SITE_ADDRESS + urlsplit(url).path


def address_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The address that somebody tries to sign in with, by which attempts are counted."""
    given = (credentials or {}).get("email") or (request.POST.get("login") if request else "") or ""
    return str(given).strip().lower()


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """The answer to one attempt too many."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "too_many_attempts", "sentence": str(TOO_MANY)}, status=429)
    context = {"page_title": _("Too many attempts"), "sentence": TOO_MANY}
    return render(request, "accounts/locked_out.html", context, status=429)
