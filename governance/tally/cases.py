"""The words of a case: its rule, its seats, its ballots."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Method(StrEnum):
    VOTE = "vote"
    CONSENT = "consent"
    WRITTEN_CONSENT = "written_consent"


class Base(StrEnum):
    """What the yes-weight of a vote is measured against."""

    CAST = "cast"
    PRESENT = "present"
    ALL = "all"
    ALL_LESS_ABSTAIN = "all_less_abstain"
    AUTHORISED = "authorised"


class Recusal(StrEnum):
    """Whether recused seats leave the pool, lower the quorum, or count towards it."""

    EXCLUDE = "exclude"
    REDUCE = "reduce"
    COUNT = "count"


class Forum(StrEnum):
    ELECTRONIC = "electronic"
    MEETING = "meeting"


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    AGREE = "agree"
    OBJECT = "object"


class Result(StrEnum):
    ADOPTED = "adopted"
    REJECTED = "rejected"
    RETURNED = "returned"
    NO_QUORUM = "no_quorum"
    NO_COMPETENT_BODY = "no_competent_body"


CHOICES: Mapping[Method, frozenset[Choice]] = {
    Method.VOTE: frozenset({Choice.YES, Choice.NO, Choice.ABSTAIN}),
    Method.CONSENT: frozenset({Choice.AGREE, Choice.OBJECT, Choice.ABSTAIN}),
    Method.WRITTEN_CONSENT: frozenset({Choice.YES, Choice.NO}),
}
"""The choices that each method knows."""


@dataclass(frozen=True, slots=True)
class Quorum:
    """More than `fraction` of the pool where strict, at least `fraction` of it where not."""

    fraction: Fraction
    strict: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision class, as far as it decides. `threshold` lies in (0, 1]."""

    method: Method
    base: Base
    threshold: Fraction
    strict: bool
    quorum: Quorum
    recusal: Recusal
    forum: Forum
    min_yes_quorum: bool = False
    max_no: Fraction | None = None
    max_objections: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Seat:
    """An occupied seat. `present` is the secretary's mark and matters in meetings only."""

    id: str
    weight: int = 1
    recused: bool = False
    suspended: bool = False
    present: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One decision. Without `authorised_weight` no seat is vacant: the listed seats are all there are."""

    rule: Rule
    seats: tuple[Seat, ...]
    ballots: Mapping[str, Choice]
    authorised_weight: int | None = None
