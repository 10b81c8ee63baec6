"""Why something is held, and for how long."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.forms.fields import area
from alliance.rules import HOLD_DAYS_MOST

LONGEST_REASON = 2000


class HoldForm(forms.Form):
    """What counsel or the auditor says when something is stopped."""

    reason = TextField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=area(4),
        help_text=_("Everybody in this alliance reads it. Say what must change, not what somebody may have meant."),
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=HOLD_DAYS_MOST, initial=HOLD_DAYS_MOST,
        help_text=_("From 1 to 14. It ends by itself; you may lift it before."),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a whole number of days, from 1 to 14.")
        ),
    )  # fmt: skip
