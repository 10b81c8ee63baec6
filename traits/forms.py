"""Shapes of what people type about readiness."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField


class AcknowledgementForm(forms.Form):
    """Why a warning is accepted."""

    reason = TextField(
        label=_("Why the alliance accepts this warning"),
        help_text=_("It is printed in the charter with your name."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
