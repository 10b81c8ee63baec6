"""How allauth and axes behave here: nobody signs up without an invitation, and mails carry the site's own address."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts import acceptance
from accounts.models import Invitation, Person
from accounts.services import invitations, people

WRONG = gettext_lazy("Address or password is not correct. Check both, or choose a new password.")
TOO_MANY = gettext_lazy("Too many attempts. Wait a quarter of an hour, then try again, or choose a new password.")
TOO_OFTEN = gettext_lazy("Too many attempts. Wait some minutes, then try again.")
CODE_ENDED = gettext_lazy("This code was typed wrong too often, and no longer works. Ask for a new one.")


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-up is open only in a session that has opened a valid invitation, and only for its address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "incorrect_password": gettext_lazy("This is not your password. Try again."),
        "enter_current_password": gettext_lazy("This is not your password. Try again."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": gettext_lazy("A code was sent a moment ago. Wait a little, then ask once more."),
        "account_inactive": gettext_lazy("This account is closed."),
        "duplicate_email": gettext_lazy("This is your address already."),
        "email_taken": gettext_lazy("This address has an account already. Sign in with that one."),
        "incorrect_code": gettext_lazy("This is not the code. Look at the newest mail, and try again."),
        "invalid_password_reset": gettext_lazy("This link was used or is too old. Ask for a new one."),
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
        return offer.url if offer else reverse(settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:settings")

    def get_reset_password_from_key_url(self, key: str) -> str:
        return self._on_our_site(super().get_reset_password_from_key_url(key))

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("accounts:settings")

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """The code, to an address that is free. Another account's is told, and gets no code: no one can confirm it."""
        address = emailconfirmation.email_address
        if Person.objects.filter(email=address.email).exclude(pk=address.user_id).exists():
            self.send_account_already_exists_mail(address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def send_account_already_exists_mail(self, email: str) -> None:
        url = self._on_our_site(reverse("account_reset_password"))
        self.send_mail("account/email/account_already_exists", email, {"password_reset_url": url})

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Make a confirmed address the account's own. The one before it is told, or nothing is changed."""
        before = email_address.user.email
        with transaction.atomic():
            person = people.change_address(actor=email_address.user, address=email_address.email)
            if person.email != before:
                moved = {"from_email": before, "to_email": person.email}
                self.send_notification_mail("account/email/email_changed", person, moved, email=before)
        self.add_message(request, messages.SUCCESS, "account/messages/email_confirmed.txt", {"email": person.email})
        return True

    def tell_given_back(self, person: Person, taken: str) -> None:
        """Tell both addresses that an operator has moved an account back to its owner."""
        told = {**_ours(), "owner": person.email, "taken": taken}
        self.render_mail("account/email/address_given_back", person.email, told).send()
        self.render_mail("account/email/address_taken_back", taken, told).send()

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        assert isinstance(user, Person)  # noqa: S101 - allauth knows our model by its base
        people.change_password(actor=user, password=password)

    def add_message(self, request: HttpRequest, level: int, *given: Any, message: Any = None, **more: Any) -> None:
        """Say it on the next page. allauth says of a code typed wrong too often what it says of a password."""
        is_of_code = message is not None and str(message) == str(TOO_OFTEN)
        super().add_message(request, level, *given, message=CODE_ENDED if is_of_code else message, **more)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {**context, **_ours()})

    def _on_our_site(self, url: str) -> str:
        """The path of an address at the configured site, whatever host the request named."""
        return settings.SITE_ADDRESS + urlsplit(url).path


def _ours() -> dict[str, str]:
    """What every mail knows: the site's address, and where its people answer."""
    return {"site": settings.SITE_ADDRESS, "help_address": settings.HELP_ADDRESS or settings.SITE_ADDRESS}


def address_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The address that somebody tries to sign in with, by which attempts are counted."""
    given = (credentials or {}).get("email") or (request.POST.get("login") if request else "") or ""
    return str(given).strip().lower()


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """The answer to one attempt too many."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "too_many_attempts", "sentence": str(TOO_MANY)}, status=429)
    return render(request, "errors/429.html", {"sentence": TOO_MANY}, status=429)
