"""Sealed worksheets: one JSON document a worksheet, encrypted, its plaintext bound to member and version.

`WORKSHEET_KEYS` are Fernet keys, the newest first; a worksheet is read by whichever key sealed it. What was
sealed for one row cannot be read in another's place.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from alliance import schemas


class SealBroken(Exception):
    """The figures cannot be read: no key of this installation sealed them, or they were moved from another row."""


@dataclass(frozen=True, slots=True)
class Range:
    """Low, base and high case, in minor units."""

    low: int
    base: int
    high: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a member expects: benefit, cost, and what it would have without the alliance, in minor units.

    `alone` is what it would cost the member to reach the same alone (base case), where it said so. It has no part in
    the net: it tells what the alliance saves, not whether the member gains.
    """

    currency: str
    benefit: Range
    cost: Range
    fall_back: Range
    basis: str
    alone: int | None = None

    def net(self) -> Range:
        """Benefit − cost − fall-back; the low case takes the low benefit and the high costs, the high one not."""
        return Range(
            self.benefit.low - self.cost.high - self.fall_back.high,
            self.benefit.base - self.cost.base - self.fall_back.base,
            self.benefit.high - self.cost.low - self.fall_back.low,
        )


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a member says for itself alone: what it would do without the alliance, and why it is better off in it."""

    without_it: str = ""
    better_off: str = ""


def figures_of(record: schemas.Figures) -> Figures:
    """A document's figures as those that are sealed."""
    ranges = {
        name: Range(each.low, each.base, each.high)
        for name in ("benefit", "cost", "fall_back")
        for each in (getattr(record, name),)
    }
    return Figures(currency=record.currency, basis=record.basis, alone=record.alone, **ranges)


def current_key_id() -> str:
    """A short name of the newest key, kept beside what it sealed."""
    return key_ids()[0]


def key_ids() -> list[str]:
    """A short name of each key that opens worksheets here, the newest first."""
    return [hashlib.sha256(key.encode()).hexdigest()[:16] for key in settings.WORKSHEET_KEYS]


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.WORKSHEET_KEYS])


PROMISE, ACTUAL = "promise", "actual"
"""What sealed figures say: what a member expects, or what has come of it. One never opens as the other."""


def seal(figures: Figures, *, member: UUID, version: int, kind: str = PROMISE) -> str:
    """Encrypt a member's figures for this version of what they say."""
    document = {
        "kind": kind,
        "member": str(member),
        "version": version,
        "currency": figures.currency,
        "basis": figures.basis,
        "alone": figures.alone,
        **{name: _as_list(getattr(figures, name)) for name in ("benefit", "cost", "fall_back")},
    }
    return _box().encrypt(json.dumps(document).encode()).decode()


def _as_list(range_: Range) -> list[int]:
    return [range_.low, range_.base, range_.high]


def resealed(ciphertext: str) -> str:
    """The same figures under the newest key. Raises SealBroken when no key of this installation opens them."""
    try:
        return _box().rotate(ciphertext.encode()).decode()
    except InvalidToken as error:
        raise SealBroken("sealed by a key that this installation does not hold") from error


def _opened(ciphertext: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(_box().decrypt(ciphertext.encode()))
    except (InvalidToken, ValueError) as error:
        raise SealBroken("sealed by a key that this installation does not hold") from error
    return document


def unseal(ciphertext: str, *, member: UUID, version: int, kind: str = PROMISE) -> Figures:
    """The figures of this member, version and kind; raises SealBroken for a wrong key or a row swapped in.

    What was sealed before members could say what it would cost them alone opens as not said.
    """
    document = _opened(ciphertext)
    bound = document.get("member"), document.get("version"), document.get("kind", PROMISE)
    if bound != (str(member), version, kind):
        raise SealBroken("sealed for another member or version")
    return Figures(
        currency=document["currency"],
        benefit=Range(*document["benefit"]),
        cost=Range(*document["cost"]),
        fall_back=Range(*document["fall_back"]),
        basis=document["basis"],
        alone=document.get("alone"),
    )


def seal_words(words: OwnWords, *, member: UUID) -> str:
    """Encrypt a member's own words, bound to it."""
    return _box().encrypt(json.dumps({"member": str(member), "words": asdict(words)}).encode()).decode()


def unseal_words(ciphertext: str, *, member: UUID) -> OwnWords:
    """This member's own words; raises SealBroken for a wrong key or a row swapped in."""
    document = _opened(ciphertext)
    if document.get("member") != str(member) or "words" not in document:
        raise SealBroken("sealed for another member")
    return OwnWords(**document["words"])
