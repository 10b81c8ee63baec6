"""Merge fields in a charter's text, pure: `{{ alliance.name }}` stands for a value of the record."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"\{\{\s*([a-z][a-z_.]*)\s*\}\}")
MARK = re.compile(r"\{\{.*?(?:\}\}|$)", re.MULTILINE)
"""Anything between two braces, closed or not: what is no field is a slip of the pen."""


class UnknownField(ValueError):
    """A text names a field that the record does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def fields_in(text: str) -> set[str]:
    """The names of the fields that a text uses; a malformed one as it stands, braces and all."""
    return set(FIELD.findall(text)) | set(MARK.findall(FIELD.sub("", text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each field replaced by its value, once (a value is not read again). Raises UnknownField."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise UnknownField(match[1])
        return values[match[1]]

    return FIELD.sub(value, text)
