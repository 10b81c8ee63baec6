"""A vote that is only imagined: under which class, and how each would vote. Read from the address, never kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import DecisionClass
from governance.selectors.rehearsal import RECUSED, SILENT, Part, Stage, label_of

CELL = {"class": "input"}
VOTE = "vote-"


class ClassChoiceForm(forms.Form):
    """Which class counts; its addresses name it by key."""

    def __init__(self, *args: Any, classes: Sequence[DecisionClass], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["class"] = forms.ChoiceField(
            label=_("Under which class?"), choices=[(row.key, row.name) for row in classes]
        )


class RehearsalForm(forms.Form):
    """One field a seat, or a group of members."""

    def __init__(self, data: Mapping[str, Any], stage: Stage) -> None:
        given = any(name.startswith(VOTE) for name in data)
        super().__init__(data if given else None)
        self.stage = stage
        said = (SILENT, *stage.choices, RECUSED)
        for part in stage.parts:
            self.fields[f"{VOTE}{part.key}"] = forms.ChoiceField(
                label=part.name, required=False, choices=[(each, label_of(each)) for each in said],
                widget=forms.Select(CELL),
            )  # fmt: skip

    def said(self) -> dict[str, str]:
        """What each would do, by part. Of a valid form."""
        return {part.key: self.cleaned_data[f"{VOTE}{part.key}"] for part in self.stage.parts}

    def rows(self) -> list[tuple[Part, Any]]:
        return [(part, self[f"{VOTE}{part.key}"]) for part in self.stage.parts]
