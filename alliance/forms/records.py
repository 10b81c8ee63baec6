"""What narrows the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.forms.fields import DateField


class LogFilterForm(forms.Form):
    """By kind of event, person, thing and days; `choices` come from the log itself."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    actor = forms.ChoiceField(label=_("Who"), required=False)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, verbs: list[tuple[str, str]], actors: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **options})
        self.fields["verb"].choices = [("", _("Everything")), *verbs]  # type: ignore[attr-defined]
        self.fields["actor"].choices = [("", _("Everyone")), *actors]  # type: ignore[attr-defined]
