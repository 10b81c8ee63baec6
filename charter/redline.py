"""What another version says otherwise: section by section, line by line, word by word."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from charter.states import Section

_EMPHASIS, _BULLET = re.compile(r"\*\*|__"), re.compile(r"^\s*[-*] ")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Kind(StrEnum):
    """What a run of words is: in both, in the earlier alone, in the later alone; or lines left out that are in both."""

    SAME = "same"
    OUT = "out"
    IN = "in"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A section that reads otherwise: its number and title, and its runs in reading order."""

    key: str
    number: int
    title: str
    runs: tuple[Run, ...]


def redline(before: str, after: str) -> list[Changed]:
    """The sections of two composed documents that differ, in the charter's order; empty where they read the same."""
    old, new = _texts(before), _texts(after)
    return [
        Changed(key, number, str(key.label), tuple(_runs(old.get(key, ""), new.get(key, ""))))
        for number, key in enumerate(Section, start=1)
        if old.get(key, "") != new.get(key, "")
    ]


def _texts(document: str) -> dict[str, str]:
    return {each["key"]: _plain(each["text"]) for each in json.loads(document)["sections"]} if document else {}


def _plain(text: str) -> str:
    """As it reads: without Markdown's emphasis and blank lines, a list's items behind a bullet."""
    lines = (_BULLET.sub("• ", _EMPHASIS.sub("", line)) for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line.strip())


def _runs(old: str, new: str) -> Iterator[Run]:
    """Lines that are in both are left out; in those that differ, the words that do are marked."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, left, until_left, right, until_right in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            yield Run(Kind.GAP, "")
        else:
            yield from _words("".join(before[left:until_left]), "".join(after[right:until_right]))


def _words(old: str, new: str) -> Iterator[Run]:
    """What goes stands before what comes; blanks between words that all change change with them."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    out, into = "", ""
    for kind, left, until_left, right, until_right in SequenceMatcher(None, before, after, False).get_opcodes():
        gone, come = "".join(before[left:until_left]), "".join(after[right:until_right])
        if kind == "equal" and (gone.strip() or not (out and into)):
            yield from _changed(out, into)
            yield Run(Kind.SAME, gone)
            out, into = "", ""
        else:
            out, into = out + gone, into + come
    yield from _changed(out, into)


def _changed(out: str, into: str) -> Iterator[Run]:
    if out:
        yield Run(Kind.OUT, out)
    if into:
        yield Run(Kind.IN, into)
