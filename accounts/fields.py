"""A text as every door takes it: what nobody can see in it is left out, so that no name is blank or turned around."""

from typing import Any

from django import forms
from rest_framework import serializers

from accounts.rules import unturned, visible


class TextField(forms.CharField):
    """A text on a form."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return visible(text or "") or self.empty_value if self.strip else unturned(text or "")


class TextIn(serializers.CharField):
    """A text that the API is told."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        cleaned = visible if self.trim_whitespace else unturned
        return super().run_validation(cleaned(data) if isinstance(data, str) else data)
