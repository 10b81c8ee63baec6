"""The hash chain, pure: how an event becomes text, and how a chain of them is checked.

`body` is canonical JSON (RFC 8785) kept as text; `hash = SHA-256(body)`; each body names the hash before it.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rfc8785

GENESIS = "0" * 64
SAFE_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class Link:
    """One row of a chain as it is stored."""

    seq: int
    prev: str
    hash: str
    body: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a chain does not hold, and why."""

    seq: int
    reason: str


def canonical(value: Any) -> str:
    """Canonical JSON (RFC 8785) of a value; integers beyond 2^53 travel as strings."""
    return rfc8785.dumps(_portable(value)).decode()


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(salt: str, *parts: str) -> str:
    """SHA-256 of a salt and what it hides; parts are joined canonically, so none can pass for another."""
    return digest(canonical([salt, *parts]))


def _portable(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return value if abs(value) < SAFE_INTEGER else str(value)
    if isinstance(value, dict):
        return {str(key): _portable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_portable(item) for item in value]
    return str(value)


def first_fault(links: Iterable[Link]) -> Fault | None:
    """Check a whole chain from its first link; None when it holds."""
    prev, expected = GENESIS, 1
    for link in links:
        reason = _fault_of(link, prev, expected)
        if reason:
            return Fault(expected, reason)
        prev, expected = link.hash, expected + 1
    return None


def _fault_of(link: Link, prev: str, expected: int) -> str | None:
    if link.seq != expected:
        return f"expected event {expected}, found {link.seq}"
    if digest(link.body) != link.hash:
        return "its text does not match its hash"
    if link.prev != prev:
        return "it does not follow the event before it"
    body = json.loads(link.body)
    if body.get("seq") != link.seq or body.get("prev") != link.prev:
        return "its text names another place in the chain"
    return None
