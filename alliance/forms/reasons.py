"""Why the founders do it, and what they discover."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.forms.fields import DateField, ReasonsField, area


class ExpectationForm(forms.Form):
    """Which of the four reasons."""

    reasons = ReasonsField()


class OpportunityForm(forms.Form):
    """What was discovered, and when."""

    text = TextField(
        label=_("What was discovered?"),
        help_text=_("What the problem turned out to make possible, in two or three sentences."),
        max_length=2000,
        widget=area(3),
    )
    found_on = DateField(label=_("Discovered on"))
