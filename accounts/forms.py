"""Shapes of what people type about themselves, and allauth's forms in our words."""

from itertools import groupby
from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from accounts.models import Person
from accounts.rules import PLACES, ZONES
from accounts.services import invitations, people

ADDRESS = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AGAIN = _("The same password again")
LONG_ENOUGH = _("At least 12 characters. A sentence that you can remember is good; a common password is refused.")


def _name(form: forms.Form, **words: Any) -> None:
    """Give fields our labels, and no placeholder that repeats them."""
    for name, label in words.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].help_text = ""
            form.fields[name].widget.attrs.pop("placeholder", None)


def zones(now: str = "") -> list[tuple[str, Any]]:
    """UTC, then places by area; a zone that a person has already and that is none of them (GMT, US/Mountain) first."""
    kept = [(now, now)] if now in ZONES.difference(PLACES, {"UTC"}) else []
    by_area = [
        (area, [(zone, zone.partition("/")[2].replace("_", " ")) for zone in places])
        for area, places in groupby(PLACES, lambda zone: zone.partition("/")[0])
    ]
    return [*kept, ("UTC", "UTC"), *by_area]


class ProfileForm(forms.Form):
    """A person's own name and time zone."""

    name = TextField(label=_("Your name"), max_length=120, help_text=_("As the others in your alliances know you."))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        help_text=_("Every time and deadline is shown to you in this zone. Choose the nearest city."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choosing = self.fields["time_zone"]
        assert isinstance(choosing, forms.ChoiceField)  # noqa: S101 - says to the types what stands above
        choosing.choices = zones(self.initial.get("time_zone", ""))


class LoginForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, login=ADDRESS, password=PASSWORD, remember=_("Keep me signed in on this device"))


class SignupForm(allauth.SignupForm):
    """An invited person's account: the address is the invitation's and cannot be changed.

    Account, name and acceptance are one transaction: nobody has an account without what it was made for.
    """

    field_order = ("email", "name", "password1")
    name = TextField(label=_("Your name"), max_length=120, help_text=_("As the others will know you."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, email=ADDRESS, password1=PASSWORD)
        self.fields["password1"].help_text = LONG_ENOUGH
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _("Fixed by your invitation.")
        self.invitation = invitations.opened_in(context.request.session)
        if self.invitation:
            self.initial |= {"email": self.invitation.email, "name": self.invitation.name}

    def validate_unique_email(self, value: str) -> str:
        """Only an account has an address: what others merely typed reserves nothing."""
        self.account_already_exists = Person.objects.filter(email=value).exists()
        return value

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        if self.account_already_exists:
            return None, redirect("account_login")
        return self.save(request), None

    def save(self, request: HttpRequest) -> Person:
        with transaction.atomic():
            invitation = invitations.locked_open(self.invitation)
            EmailAddress.objects.filter(email=invitation.email).delete()
            get_adapter().stash_verified_email(request, invitation.email)  # its token was read there
            person: Person = super().save(request)
            invitations.accept_invitation(actor=person, invitation=invitation)
        return person

    def custom_signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        assert isinstance(user, Person)  # noqa: S101 - allauth made it of our model
        people.join(actor=user, name=self.cleaned_data["name"])


class ReauthenticateForm(allauth.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password=_("Your password"))


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, oldpassword=_("Your password now"), password1=NEW_PASSWORD, password2=AGAIN)
        self.fields["password1"].help_text = LONG_ENOUGH

    def clean_password1(self) -> str:
        """Another one than now."""
        password: str = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(_("This is your password already. Choose another."))
        return password


class SetPasswordForm(allauth.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password1=NEW_PASSWORD, password2=AGAIN)
        self.fields["password1"].help_text = LONG_ENOUGH


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, email=ADDRESS)

    def clean_email(self) -> str:
        """The link reaches the account whose address it is, and no other."""
        address: str = get_adapter().clean_email(self.cleaned_data["email"])
        self.users = list(Person.objects.filter(email=address, is_active=True))
        return address


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password1=NEW_PASSWORD, password2=AGAIN)
        self.fields["password1"].help_text = LONG_ENOUGH


class AddEmailForm(allauth.AddEmailForm):
    """The address to which an account is to move: a code goes there, and word to the one it has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, email=_("New e-mail address"))

    def save(self, request: HttpRequest) -> EmailAddress:
        address: EmailAddress = super().save(request)
        get_adapter().send_notification_mail("account/email/email_asked", self.user, {"to_email": address.email})
        return address


class ConfirmCodeForm(allauth.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, code=_("Code from the mail"))
