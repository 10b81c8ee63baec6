"""Pure rules of the committee: how old a statement may be, what a class must say, and what quota it amounts to."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any, Protocol

INDEPENDENCE_VERSION = "1"
"""The independence text now in use; an older one must be signed again."""
STATEMENT_DAYS = 365
"""How long a statement of independence or a disclosure of conflicts is current."""
ACTING_CHAIR_DAYS = 90
SPECIFICATION = "specification"
"""The class by which an alliance adopts its standards."""
LEAST_SEATS = 3
LEAST_ELECTORATE = 2
"""Fewer electors are no body: nobody decides alone."""
LATE_SWING = timedelta(hours=24)
"""Quorum first reached so late extends the window, once, by as much."""
TERMS_OF_ALL = ("quorum", "quorum_strict", "recusal", "abstention", "tie", "forum", "notice_days", "open_days")
TERMS_OF_A_VOTE = ("base", "threshold", "strict")
"""What a class must say before a decision is opened under it."""


def quota_of(
    total: int,
    *,
    threshold: Fraction,
    strict: bool,
    quorum: Fraction,
    quorum_strict: bool,
    min_yes: bool,
    max_no: Fraction | None,
) -> int:
    """The least yes-weight that adopts when all of `total` vote yes or no: what voting power is measured on.

    Threshold and, where yes votes must reach it, quorum; where no votes are capped, what the cap leaves.
    """
    needed = floor(threshold * total) + 1 if strict else ceil(threshold * total)
    if min_yes:
        needed = max(needed, floor(quorum * total) + 1 if quorum_strict else ceil(quorum * total))
    if max_no is not None:
        needed = max(needed, total - floor(max_no * total))
    return min(max(needed, 1), total)


class ClassTerms(Protocol):
    """What a class says of its majority: a row's or a document's."""

    @property
    def method(self) -> str: ...
    @property
    def threshold(self) -> str | None: ...
    @property
    def strict(self) -> bool | None: ...
    @property
    def quorum(self) -> str | None: ...
    @property
    def quorum_strict(self) -> bool | None: ...
    @property
    def min_yes_quorum(self) -> bool: ...
    @property
    def max_no(self) -> str | None: ...


def class_quota(terms: ClassTerms, total: int) -> int:
    """The least yes-weight that a class needs of `total` when all vote; consent, or a vote left unsaid, needs all."""
    if terms.method != "vote" or not terms.threshold or not terms.quorum:
        return total
    return quota_of(
        total,
        threshold=Fraction(terms.threshold),
        strict=bool(terms.strict),
        quorum=Fraction(terms.quorum),
        quorum_strict=bool(terms.quorum_strict),
        min_yes=terms.min_yes_quorum,
        max_no=Fraction(terms.max_no) if terms.max_no else None,
    )


def statement_is_current(stated_at: datetime, *, at: datetime, job_changed_on: date | None = None) -> bool:
    """Is a statement at most 365 days old, and made on or after the last change of employer?"""
    if not timedelta() <= at - stated_at <= timedelta(days=STATEMENT_DAYS):
        return False
    return job_changed_on is None or stated_at.date() >= job_changed_on


def missing_terms(terms: Mapping[str, Any]) -> tuple[str, ...]:
    """Which terms a class leaves unsaid, by field; `terms` maps field to value, nothing said is None or empty."""
    wanted = TERMS_OF_ALL + (TERMS_OF_A_VOTE if terms["method"] == "vote" else ())
    return tuple(name for name in wanted if terms[name] is None or terms[name] == "")


def abstention_fits(base: str, abstention: str) -> bool:
    """Does what a class says of abstentions agree with its base? Of votes cast, and of all less abstentions, an
    abstention is not counted; of every other base it counts like a No."""
    expected = "not_counted" if base in {"cast", "all_less_abstain"} else "counts_against"
    return abstention == expected


def is_fraction(text: str) -> bool:
    """Is it "n/d" with 0 < n ≤ d?"""
    parts = text.split("/")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    return 0 < int(parts[0]) <= int(parts[1])


def is_late_swing(*, was_met: bool, is_met: bool, at: datetime, closes_at: datetime) -> bool:
    """Was quorum first reached within the last 24 hours of the window?"""
    return not was_met and is_met and closes_at - at <= LATE_SWING


def notice_before_opening(*, notice_days: int, open_days: int) -> int:
    """Days of notice that must have run before an electronic vote opens.

    The window itself is the notice where it is as long as the notice that a class asks for; a longer notice runs first.
    """
    return notice_days if notice_days > open_days else 0


def votes_in_secret(secret_from: int | None, weights: Sequence[int]) -> bool:
    """Would these electors vote in secret? From so many on, and where all weigh the same: then no ballot stands out."""
    return bool(secret_from) and len(weights) >= (secret_from or 0) and len(set(weights)) == 1
