"""What members think, beside the gate and never inside it: nine statements, a five-point scale, what may be shown.

Pure. Means and spreads are exact; only a page rounds them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from alliance.states import Reason
from traits.states import Level, Trait

FROM = 5
"""Answers from which on all are shown together; fewer would say too much about each."""
REST = timedelta(days=28)
"""Between the close of a round and the next: two rounds close together would show who joined, left or changed."""
SHORTEST, LONGEST, USUAL = 3, 60, 14
"""Days a round is open."""
SCALE = (
    (1, _("Disagree strongly")),
    (2, _("Disagree")),
    (3, _("Neither")),
    (4, _("Agree")),
    (5, _("Agree strongly")),
)
STATEMENTS: Mapping[str, Any] = {
    Trait.MULTIPLE_INTERESTS.value: _("We bring different interests to the table, and each is heard."),
    Trait.SELF_INTEREST.value: _("My organisation gains more from this alliance than it puts in."),
    Trait.SURRENDER.value: _("All of us give up control at the same pace, and nobody holds back."),
    Trait.GOVERNANCE.value: _("The committee decides by its own judgement, not by instruction from anybody."),
    Trait.CONTINUING_VALUE.value: _("What we build here will go on being useful after the alliance ends."),
    Reason.PERSPECTIVES.value: _("Working together shows us things that we would not have seen alone."),
    Reason.TRUST.value: _("The other members do what they have said they will do."),
    Reason.INVESTMENT.value: _("Sharing the cost serves us better than paying alone, or than quarrelling."),
    Reason.SPEED.value: _("Together we get to results sooner than we would on our own."),
}
"""One for each trait and each reason for value."""
AGREE, UNSURE = Fraction(7, 2), Fraction(5, 2)
"""Means from which on members agree on the whole, or are in two minds."""
CLOSE, APART = Fraction(1, 2), Fraction(3, 2)
"""Variances up to which answers lie close together, and from which on they lie far apart."""


def is_whole(scores: Mapping[str, Any]) -> bool:
    """Every statement answered by a whole number from 1 to 5, and nothing else."""
    known = {value for value, _word in SCALE}
    return set(scores) == set(STATEMENTS) and all(type(each) is int and each in known for each in scores.values())


def heard(voices: Collection[tuple[Any, Any]]) -> int:
    """How many independent answers there are, of (control group, person) of each: either is one voice."""
    return min(len({group for group, _person in voices}), len({person for _group, person in voices}))


def may_show_all(voices: Collection[tuple[Any, Any]]) -> bool:
    """Five answers that are independent of each other: who gave four of five could work out the fifth."""
    return heard(voices) >= FROM


@dataclass(frozen=True, slots=True)
class Opinion:
    """Of one statement: the mean from 1 to 5 and the variance about it (over all answers, not a sample)."""

    key: str
    mean: Fraction
    variance: Fraction

    @property
    def level(self) -> Level:
        """What members take it for, in the words of the check."""
        if self.mean >= AGREE:
            return Level.IN_PLACE
        return Level.EMERGING if self.mean >= UNSURE else Level.ABSENT

    @property
    def is_close(self) -> bool:
        return self.variance <= CLOSE

    @property
    def is_apart(self) -> bool:
        return self.variance >= APART


def opinions(answers: Sequence[Mapping[str, int]]) -> list[Opinion]:
    """One for each statement, in their order; none where nobody answered."""
    return [_opinion(key, [each[key] for each in answers]) for key in STATEMENTS] if answers else []


def _opinion(key: str, scores: Sequence[int]) -> Opinion:
    mean = Fraction(sum(scores), len(scores))
    return Opinion(key, mean, _mean((score - mean) ** 2 for score in scores))


def _mean(figures: Iterable[Fraction]) -> Fraction:
    found = list(figures)
    return sum(found, Fraction(0)) / len(found)


_RANK = (Level.ABSENT, Level.EMERGING, Level.IN_PLACE)


def differs(opinion: Opinion, evidence: Level | None) -> int:
    """1 where members think better of it than the evidence, −1 where worse, 0 where they agree or there is none."""
    if evidence is None:
        return 0
    people, record = _RANK.index(opinion.level), _RANK.index(evidence)
    return (people > record) - (people < record)
