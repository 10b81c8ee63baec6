"""Pure rules of an alliance: the profile's floor, forbidden subjects, the ladder."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

from babel.numbers import list_currencies

CURRENCIES = frozenset(list_currencies()) - {"XXX", "XTS"}
"""Currencies by their three letters (ISO 4217), past ones among them; neither "none" nor "for tests"."""
FLOOR_STANDARD_GROUPS = 7
FLOOR_STRICT_GROUPS = 12
FLOOR_MONTHS = 24
FLOOR_STANDARD_POOLED = 100_000_00
"""100 k in minor units."""
FLOOR_STRICT_POOLED = 1_000_000_00
"""1 M in minor units."""
TOP = 5
MAX_STEP = 2
"""Levels of the ladder that one round may climb."""
ANONYMOUS_FROM = 5
LARGEST_PART = 4
FOR = 1
FIRM_SALIENCE = 60
"""A self-interest: a position of at least 1 that matters at least so much, in hundredths."""
CONFIRMED_FOR = timedelta(days=180)
"""How long a member's own confirmation of its interests is current."""
SEALED_FOR = timedelta(days=30)
"""How long a sealed worksheet stands, where the custodian does not let it be corrected."""
HOLD_DAYS_MOST = 14
"""How long counsel or the auditor may stop something, in days; at least one."""
ORDER = ("essential", "standard", "strict")


def floor_profile(
    *, groups: int, term_months: int | None, pooled: int, pools_patents: bool, pools_personal_data: bool
) -> str:
    """The lowest profile that the record allows (TRAITS.md, Profiles). `pooled` in minor units, no term = permanent."""
    if groups > FLOOR_STRICT_GROUPS or pools_patents or pools_personal_data or pooled > FLOOR_STRICT_POOLED:
        return "strict"
    is_long = term_months is None or term_months > FLOOR_MONTHS
    if groups >= FLOOR_STANDARD_GROUPS or is_long or pooled > FLOOR_STANDARD_POOLED:
        return "standard"
    return "essential"


def higher_profile(one: str, other: str) -> str:
    """The deeper of two profiles."""
    return max(one, other, key=ORDER.index)


@dataclass(frozen=True, slots=True)
class Hit:
    """A forbidden subject that a text touches: which, and the words that did."""

    subject: str
    words: str


FORBIDDEN: dict[str, tuple[str, ...]] = {
    "prices": (r"pric(?:e|es|ing)", r"tariffs?", r"rebates?", r"discounts?", r"margins?", r"surcharges?"),
    "customers": (
        r"customer (?:allocation|lists?|sharing)",
        r"(?:allocat|divid|shar|split)\w* (?:up )?(?:the |our |all )?(?:customers?|markets?|territor\w+)",
        r"(?:half|thirds?|quarters?|part|share) of the (?:customers|markets?|territor\w+)",
    ),
    "output": (
        r"(?:production|output) (?:quotas?|limits?|caps?|levels?)",
        r"(?:limit|cap|restrict)\w* (?:the )?(?:output|production|capacity)",
    ),
    "bids": (
        r"bid[- ]?rigging",
        r"(?:coordinat|agree|rig|rotat)\w* (?:on )?(?:the |our )?(?:bids?|tenders?)",
        r"cover bids?",
    ),
    "wages": (r"wages?", r"salar(?:y|ies)", r"no[- ]poach\w*", r"(?:staff|employee) pay"),
}
_ANY = re.compile(rf"\b(?:{'|'.join(word for words in FORBIDDEN.values() for word in words)})\b")
"""Any of them, in small letters."""
_SCANS = {subject: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for subject, words in FORBIDDEN.items()}


SCANNED: dict[str, tuple[str, ...]] = {
    "topics": ("name", "measure"),
    "positions": ("statement",),
    "streams": ("title", "description"),
    "contributions": ("description",),
    "reserved_powers": ("text",),
    "exhibits": ("title",),
}
"""The texts that the scan reads beside those of the alliance itself, by kind of record."""
SCANNED_OF_ALLIANCE = ("purpose", "statement", "next_problem")


def scan(texts: Iterable[str]) -> list[Hit]:
    """Forbidden subjects (prices, customers, output, bids, wages) that texts touch, each subject and wording once.

    A hit is a warning to the writer and a question to counsel, not a verdict.
    """
    found = {
        (subject, match.group(0).lower())
        for text in touching(texts)
        for subject, pattern in _SCANS.items()
        for match in pattern.finditer(text)
    }
    return [Hit(*hit) for hit in sorted(found)]


def fingerprints(texts: Iterable[str]) -> list[str]:
    """SHA-256 of each text, spelled plainly, in which the scan finds something: what a review of counsel covers."""
    return sorted({sha256(text.encode()).hexdigest() for text in touching(texts) if scan([text])})


def touching(texts: Iterable[str]) -> list[str]:
    """The texts, spelled plainly, without most of those in which the scan finds nothing: one quick look at each."""
    plain = (_plainly(text) for text in texts)
    return [text for text in plain if _ANY.search(_in_small(text))]


def _in_small(text: str) -> str:
    """As a search that ignores capitals reads it: İ and ı are an i to it."""
    return text.replace("İ", "i").replace("ı", "i").lower()


def _plainly(text: str) -> str:
    """However its letters are written: full-width ones are the plain ones too."""
    return unicodedata.normalize("NFKC", text)


def is_undescribed(participation: str, statutory_limit: str, public_benefit: str) -> bool:
    """Of a public participant: is it not on record what it cannot cede, and what it gains?"""
    return participation == "public" and not (statutory_limit.strip() and public_benefit.strip())


def is_anonymous(weights: Sequence[int]) -> bool:
    """May a sum over what these gave be shown? At least five gave, and none of them more than a quarter."""
    return len(weights) >= ANONYMOUS_FROM and LARGEST_PART * max(weights) <= sum(weights)


def stands_until(signed_at: datetime, reopened_at: datetime | None) -> datetime:
    """Until when sealed figures stand: 30 days, or until the custodian lets them be corrected.

    Whether figures are in proportion depends on everybody's: who could seal anew at will would find out the others' by
    trying.
    """
    return reopened_at or signed_at + SEALED_FOR


class Outlook(StrEnum):
    """What a member's own figures say of being in the alliance."""

    ALONE = "alone"
    AT_RISK = "at_risk"
    BETTER = "better"


def outlook(*, low: int, base: int) -> Outlook:
    """What remains, in the low and the base case: none in the base case is alone, a loss in the low one at risk."""
    return Outlook.ALONE if base <= 0 else Outlook.AT_RISK if low < 0 else Outlook.BETTER


def step_is_allowed(from_level: int, to_level: int) -> bool:
    """A step climbs at least one and at most two levels, within 0…5."""
    return 0 <= from_level < to_level <= TOP and to_level - from_level <= MAX_STEP


def next_levels(standing: Mapping[str, int], core: Mapping[str, int]) -> dict[str, int]:
    """The steps that bring one member nearest to what the alliance asks: domain → level, at most two levels up.

    `standing` maps domain to the level signed for, `core` each core domain to its required level. Who has reached
    all of them takes one more level where that is still possible: a round moves every member.
    """
    short = {domain: level for domain, level in core.items() if standing.get(domain, 0) < level}
    if short:
        return {domain: min(standing.get(domain, 0) + MAX_STEP, level) for domain, level in short.items()}
    higher = [domain for domain in core if standing.get(domain, 0) < TOP]
    return {domain: standing.get(domain, 0) + 1 for domain in higher[:1]}


def hold_stands(*, placed_at: datetime, until: datetime, lifted_at: datetime | None, at: datetime) -> bool:
    """Does a hold stop its thing at this time? In the half-open window [placed_at, until), unless it was lifted."""
    return placed_at <= at < min(until, lifted_at or until)


def reciprocity(moves: Iterable[int]) -> Fraction | None:
    """Lowest ÷ highest of what members have ceded, in levels; None where nobody has, or there is nobody."""
    each = sorted(moves)
    return Fraction(each[0], each[-1]) if any(each) else None
