"""Merge fields in a charter's text, pure: `{{ alliance.name }}` stands for a value of the record."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"\{\{\s*([a-z][a-z_.]*)\s*\}\}")


class UnknownField(ValueError):
    """A text names a field that the record does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


MARK = re.compile(r"\{\{(.*?)(?:\}\}|$)", re.MULTILINE)


def fields_in(text: str) -> set[str]:
    """The names of the fields that a text uses; of a malformed one, what stands between its braces."""
    return set(FIELD.findall(text)) | {inner.strip() for inner in MARK.findall(FIELD.sub("", text))}


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each field replaced by its value, once (a value is not read again). Raises UnknownField."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise UnknownField(match[1])
        return values[match[1]]

    return FIELD.sub(value, text)
