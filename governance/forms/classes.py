"""What a decision class says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from governance.models import DecisionClass
from governance.rules import TERMS_OF_A_VOTE
from governance.services.classes import CHANGEABLE
from governance.states import Abstention, Base, Body, Method, Recusal

SUCH_AS = _("A fraction, such as 2/3.")
FOR_A_VOTE = _("A vote needs it. Consent and written consent have none.")
UNSAID: tuple[str, Any] = ("", _("not said"))


def _more() -> list[tuple[str, Any]]:
    return [("True", _("more than this share")), ("False", _("at least this share"))]


def _yes(value: str) -> bool:
    return value == "True"


def _fraction(label: Any, *, required: bool = True, help_text: Any = SUCH_AS) -> TextField:
    return TextField(label=label, max_length=9, required=required, help_text=help_text)


class ClassForm(forms.Form):
    """The fields that can be changed before the charter."""

    name = TextField(label=_("Class"), max_length=80)
    body = forms.ChoiceField(label=_("Who decides"), choices=Body.choices)
    method = forms.ChoiceField(label=_("Method"), choices=Method.choices)
    base = forms.ChoiceField(
        label=_("Share of what"), choices=[UNSAID, *Base.choices], required=False, help_text=FOR_A_VOTE
    )
    threshold = _fraction(
        _("Threshold"),
        required=False,
        help_text=_("A fraction, such as 2/3, for a vote. Consent and written consent have none."),
    )
    strict = forms.TypedChoiceField(
        label=_("Threshold is reached by"), choices=[UNSAID, *_more()], coerce=_yes, required=False, empty_value=None,
        help_text=FOR_A_VOTE,
    )  # fmt: skip
    quorum = _fraction(_("Quorum"))
    quorum_strict = forms.TypedChoiceField(label=_("Quorum is reached by"), choices=_more(), coerce=_yes)
    min_yes_quorum = forms.BooleanField(label=_("Yes votes alone must reach the quorum"), required=False)
    max_no = _fraction(_("No votes, at most"), required=False, help_text=_("A share of all who may vote, or nothing."))
    max_objections = _fraction(
        _("Objections, at most"), required=False, help_text=_("For consent; nothing means that none is allowed.")
    )
    abstention = forms.ChoiceField(label=_("Abstention"), choices=Abstention.choices)
    recusal = forms.ChoiceField(label=_("Recusal"), choices=Recusal.choices)
    open_days = forms.IntegerField(label=_("Days open"), min_value=1, max_value=90)
    notice_days = forms.IntegerField(
        label=_("Days of notice"), min_value=0, max_value=365,
        help_text=_("More than the days open: this notice runs before the vote opens."),
    )  # fmt: skip
    effective_after_days = forms.IntegerField(label=_("Takes effect after, in days"), min_value=0, max_value=365)

    def __init__(self, *args: Any, row: DecisionClass, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {name: getattr(row, name) for name in CHANGEABLE}
        for name in TERMS_OF_A_VOTE:
            self.fields[name].in_optional_part = True  # type: ignore[attr-defined]  # its hint says when it is needed

    def clean(self) -> dict[str, Any]:
        """A vote says of what share it needs how much."""
        given = self.cleaned_data
        if given.get("method") == Method.VOTE:
            for name in TERMS_OF_A_VOTE:
                if name not in self.errors and given[name] in ("", None):
                    missing = self.fields[name].error_messages["required"]
                    self.add_error(name, forms.ValidationError(missing, code="required"))
        return given
