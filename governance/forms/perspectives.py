"""Shapes of a suggested change, its answer, and a statement that a specification is met."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.forms.fields import DateField, RecordField, area
from alliance.models import Member


class SuggestionForm(forms.Form):
    text = TextField(
        label=_("What should change, and why?"), max_length=2000, widget=area(5),
        help_text=_("Everyone who sees this draft reads it."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    is_taken = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Taken: the draft has been changed for it")), ("no", _("Not taken"))],
        widget=forms.RadioSelect, coerce=lambda given: given == "yes",
    )  # fmt: skip
    answer = TextField(
        label=_("Why"), max_length=1000, required=False, widget=area(3),
        help_text=_("Needed where you do not take it."),
    )  # fmt: skip


class ConformanceForm(forms.Form):
    """Which of the person's members, asked only of who acts for several; and since when."""

    since = DateField(label=_("Since"))

    def __init__(self, *args: Any, members: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.own = members
        if len(members) > 1:
            rows = Member.objects.filter(pk__in=[each.pk for each in members]).select_related("organisation")
            self.fields["member"] = RecordField(label=_("Member"), queryset=rows.order_by("organisation__name"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if len(self.own) == 1:
            given["member"] = self.own[0]
        return given
