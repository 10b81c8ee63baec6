"""Strict JSON: what enters as a document is read whole or refused with the place and what was expected.

Pure: no Django, no database. Numbers with a point or an exponent are read as `Decimal`, exactly as written.
"""

import json
import re
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

MAX_BYTES = 20_000_000
MAX_DEPTH = 20
MAX_DIGITS = 40
MAX_EXPONENT = 30
SHOWN_CHARACTERS = 40
SURROGATE = re.compile("[\ud800-\udfff]")
LINE_BREAKERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Model = TypeVar("Model", bound=BaseModel)


class BadDocument(ValueError):
    """A document that is refused: `pointer` (RFC 6901) names the place, `sentence` says what was expected."""

    def __init__(self, pointer: str, sentence: str) -> None:
        super().__init__(pointer, sentence)
        self.pointer = pointer
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.pointer}: {self.sentence}" if self.pointer else self.sentence


class _Refused(NamedTuple):
    """Stands in the parsed tree for a value that JSON allows and we do not, until its place is known."""

    sentence: str


def read(path: str, *, max_bytes: int = MAX_BYTES) -> Any:
    """The document in the file at `path`; `-` is standard input. Raises BadDocument, also when it cannot be read."""
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(path).open("rb") as file:
                raw = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise BadDocument("", f"The file {shown(path)} cannot be read: {reason}.") from error
    return parse(raw, max_bytes=max_bytes)


def parse(raw: bytes | str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """The document in `raw` (UTF-8). Raises BadDocument on anything that two readers could read differently."""
    text = _decoded(raw, max_bytes)
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=lambda name: _Refused(f"expected a number; {name} is none"),
        )
    except json.JSONDecodeError as error:
        raise BadDocument("", f"Not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except RecursionError as error:
        raise BadDocument("", f"Nested deeper than {max_depth} levels.") from error
    _inspect(tree, (), max_depth)
    return tree


def validate(model: type[Model], document: object, at: tuple[str | int, ...] = ()) -> Model:
    """`document` as a `model`, strictly; `at` is its place. Raises BadDocument for the first thing that is wrong."""
    try:
        return model.model_validate(document, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadDocument(pointer((*at, *first["loc"])), expected(first)) from error


def pointer(parts: Iterable[str | int]) -> str:
    """A JSON pointer on one line: RFC 6901 escapes, and control characters as in JSON."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "".join("/" + LINE_BREAKERS.sub(lambda match: f"\\u{ord(match[0]):04x}", part) for part in escaped)


def shown(value: object) -> str:
    """`value` as JSON on one line, shortened, for use in a sentence."""
    text = json.dumps(value, default=lambda other: float(other) if isinstance(other, Decimal) else str(other))
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def expected(error: ErrorDetails) -> str:
    """One of pydantic's errors as a sentence that says what was expected and what was found."""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "this key is missing."
        case "extra_forbidden":
            return "no such key is known here."
        case "literal_error":
            wanted = f"one of {context['expected']}"
        case "value_error":
            wanted = str(context["error"])
        case kind if kind in WANTED:
            wanted = WANTED[kind].format(**context)
        case _:
            wanted = error["msg"][:1].lower() + error["msg"][1:]
    return f"expected {wanted}; found {shown(error['input'])}."


WANTED = {
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "decimal_type": "a number",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of at most {le}",
    "string_too_short": "a text of at least {min_length} character(s)",
    "string_too_long": "a text of at most {max_length} character(s)",
    "string_pattern_mismatch": "a text of the form {pattern}",
    "too_short": "at least {min_length} item(s)",
    "too_long": "at most {max_length} item(s)",
}


def _decoded(raw: bytes | str, max_bytes: int) -> str:
    if len(raw) > max_bytes:
        raise BadDocument("", f"Larger than {max_bytes} bytes.")
    try:
        return raw.decode("utf-8") if isinstance(raw, bytes) else raw
    except UnicodeDecodeError as error:
        raise BadDocument("", f"Not UTF-8: byte {error.start} starts no character.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        members[key] = _Refused("this key stands twice in one object") if key in members else value
    return members


def _whole(digits: str) -> int | _Refused:
    if len(digits) > MAX_DIGITS:
        return _Refused(f"expected a number of at most {MAX_DIGITS} digits")
    return int(digits)


def _decimal(digits: str) -> Decimal | _Refused:
    exponent = re.split("[eE]", digits)[1:] or ["0"]
    if len(digits) > MAX_DIGITS or abs(int(exponent[0])) > MAX_EXPONENT:
        return _Refused(f"expected a number of at most {MAX_DIGITS} digits and an exponent of at most {MAX_EXPONENT}")
    return Decimal(digits)


def _inspect(node: object, path: tuple[str | int, ...], max_depth: int) -> None:
    if isinstance(node, _Refused):
        raise BadDocument(pointer(path), f"{node.sentence}.")
    if isinstance(node, str):
        _inspect_text(node, path)
    elif isinstance(node, dict | list):
        if len(path) >= max_depth:
            raise BadDocument(pointer(path), f"nested deeper than {max_depth} levels.")
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            if isinstance(key, str):
                _inspect_text(key, (*path, key))
            _inspect(child, (*path, key), max_depth)


def _inspect_text(text: str, path: tuple[str | int, ...]) -> None:
    if "\0" in text:
        raise BadDocument(pointer(path), "a text may not hold the character NUL.")
    if SURROGATE.search(text):
        raise BadDocument(pointer(path), "a text may not hold half of a surrogate pair.")
