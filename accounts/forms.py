"""Shapes of what people type about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignupNameForm(forms.Form):
    """The name beside address and password when an invited person signs up."""

    name = forms.CharField(label=_("Your name"), max_length=120)

    def signup(self, request, user) -> None:  # noqa: ANN001 - allauth's own signature
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
