"""What the sample pages name: data.json, and the forms and times that JSON cannot hold."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator

NOW = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)
TIMES = {"at", "closes_at", "opens_at"}
HOW_LONG = [
    ("t", "For a fixed term\nEnds by itself; what it built goes on"),
    ("p", "Permanent\nFrom one problem on to the next"),
]


class RowForm(forms.Form):
    """One of each control."""

    topic = forms.ChoiceField(label="Topic", choices=[("a", "24-month adoption"), ("b", "Flat fee")])
    matters = forms.DecimalField(label="How much it matters", help_text="To your member, from 0 to 1", max_value=1)
    reason = forms.CharField(label="Reason", widget=forms.Textarea, help_text="The others will read it.")
    starts_on = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    how_long = forms.ChoiceField(label="How long", widget=forms.RadioSelect, choices=HOW_LONG)
    domains = forms.MultipleChoiceField(
        label="Domains",
        widget=forms.CheckboxSelectMultiple,
        choices=[("s", "Standards"), ("d", "Data")],
        required=False,
    )
    agreed = forms.BooleanField(
        label="Every member may read this", help_text="Prices and customers do not belong here."
    )


class FilterForm(forms.Form):
    """What narrows a list."""

    q = forms.CharField(label="Words", required=False)
    state = forms.ChoiceField(label="State", choices=[("", "Any"), ("open", "Open")], required=False)


class Message:
    """A message as Django's framework gives it."""

    level_tag = "success"

    def __str__(self) -> str:
        return "Independence statement signed."


def with_times(found: dict[str, Any]) -> dict[str, Any]:
    """Read the times among a JSON object's values."""
    return {key: datetime.fromisoformat(value) if key in TIMES and value else value for key, value in found.items()}


def context() -> dict[str, Any]:
    """Everything the sample pages name."""
    text = Path(__file__).with_name("data.json").read_text(encoding="utf-8")
    return json.loads(text, object_hook=with_times) | {
        "now": NOW,
        "user": SimpleNamespace(is_authenticated=True, get_full_name="Ruth Adeyemi"),
        "messages": [Message()],
        "form": RowForm({"topic": "a", "matters": "6", "reason": ""}),
        "fresh": RowForm(auto_id="fresh_%s"),
        "filter_form": FilterForm(auto_id="filter_%s"),
        "page": Paginator(range(90), 30).page(2),
    }
