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


class AskForm(forms.Form):
    """Who is asked for which step; the page's buttons fill it in."""

    indicator = forms.CharField(max_length=2)
    step = forms.CharField(max_length=150)
    person = forms.UUIDField()


class CompareForm(forms.Form):
    """Two assessments by identifier; in the address, so that a comparison can be sent to somebody."""

    before = forms.UUIDField(required=False)
    after = forms.UUIDField(required=False)
