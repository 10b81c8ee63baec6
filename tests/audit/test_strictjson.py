"""Strict JSON names the place and what was expected, on one line."""

import io
import sys
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from audit.strictjson import BadDocument, parse, pointer, read, shown, validate


def refusal(raw, **limits):
    with pytest.raises(BadDocument) as caught:
        parse(raw, **limits)
    assert "\n" not in str(caught.value)
    return caught.value


def test_numbers_are_read_exactly_as_written():
    assert parse(b'{"a": [1, -2, 0.7, 1e2, true, null]}') == {"a": [1, -2, Decimal("0.7"), Decimal("1e2"), True, None]}


@pytest.mark.parametrize(
    ("raw", "place", "words"),
    [
        (b"", "", "Not JSON: line 1, column 1"),
        (b'{"a": 1,}', "", "Not JSON: line 1"),
        (b"\xff", "", "Not UTF-8: byte 0"),
        (b"\xef\xbb\xbf{}", "", "Not JSON"),
        (b'{"a": {"b": 1, "b": 1}}', "/a/b", "stands twice"),
        (b"[1, NaN]", "/1", "NaN is none"),
        (b'{"x": -Infinity}', "/x", "-Infinity is none"),
        (b'{"x": "a\\u0000"}', "/x", "NUL"),
        (b'{"a\\u0000": 1}', "/a\\u0000", "NUL"),
        (b'["\\ud800"]', "/0", "surrogate"),
        (b'{"\\udc00": 1}', "/\\udc00", "surrogate"),
        (b"[" + b"9" * 41 + b"]", "/0", "at most 40 digits"),
        (b"[" + b"9" * 5000 + b"]", "/0", "at most 40 digits"),
        (b"[1e999999999]", "/0", "exponent of at most 30"),
        (b"[1e-31]", "/0", "exponent of at most 30"),
        (b"[" * 21 + b"]" * 21, "/0" * 20, "deeper than 20"),
        (b"[" * 100_000, "", ""),
    ],
)
def test_what_two_readers_could_read_differently_is_refused(raw, place, words):
    error = refusal(raw)
    assert error.pointer == place
    assert words in error.sentence


def test_twenty_levels_are_not_too_deep():
    assert parse("[" * 20 + "]" * 20) is not None


def test_a_whole_surrogate_pair_is_a_character():
    assert parse('["\\ud83d\\ude00"]') == ["\U0001f600"]


def test_the_size_is_limited():
    assert refusal(b"[1, 2]", max_bytes=5).sentence == "Larger than 5 bytes."


def test_pointers_are_escaped_and_stay_on_one_line():
    assert pointer(["a/b", "c~d", 3, "e\nf"]) == "/a~1b/c~0d/3/e\\u000af"


def test_long_values_are_shortened():
    assert len(shown("x" * 1000)) == 40


def test_a_file_that_cannot_be_read_says_why(tmp_path):
    with pytest.raises(BadDocument, match="cannot be read: No such file or directory"):
        read(str(tmp_path / "missing.json"))
    with pytest.raises(BadDocument, match="cannot be read: Is a directory"):
        read(str(tmp_path))


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"a": 1}')))
    assert read("-") == {"a": 1}


class Point(BaseModel):
    model_config = ConfigDict(extra="forbid")
    x: int
    label: str = Field("", pattern="^[a-z]{0,3}$")


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "/points/x: this key is missing."),
        ({"x": 1, "y": 2}, "/points/y: no such key is known here."),
        ({"x": Decimal("1.0")}, "/points/x: expected a whole number; found 1.0."),
        ({"x": True}, "/points/x: expected a whole number; found true."),
        ({"x": "1"}, '/points/x: expected a whole number; found "1".'),
        ({"x": 1, "label": "A"}, '/points/label: expected a text of the form ^[a-z]{0,3}$; found "A".'),
        ([], "/points: expected an object; found []."),
    ],
)
def test_a_model_is_met_strictly(document, message):
    with pytest.raises(BadDocument) as caught:
        validate(Point, document, at=("points",))
    assert str(caught.value) == message


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_on_one_line(raw):
    assert "\n" not in outcome_of(raw)


def outcome_of(raw):
    try:
        return type(parse(raw)).__name__
    except BadDocument as error:
        return str(error)
