"""What was told, as pages show it: the five traits with their points, and the biggest gaps."""

from collections.abc import Mapping
from dataclasses import dataclass

from traits.models import Assessment, ToldCheck
from traits.selfcheck import EACH, MOST, Question, biggest_gaps, told_traits
from traits.states import SHORT, Level


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A trait for the radar and its table: `passed` points of `total`."""

    key: str
    name: str
    passed: int
    total: int
    level: str
    level_word: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    traits: list[ToldRow]
    gaps: list[Question]


def told_of(answers: Mapping[str, str]) -> Told:
    """No statement: the answers are given."""
    rows = [
        ToldRow(each.trait, str(SHORT[each.trait]), each.points, EACH * MOST, each.level, str(each.level.label))
        for each in told_traits(answers)
    ]
    return Told(rows, biggest_gaps(answers))


@dataclass(frozen=True, slots=True)
class ToldAndFound:
    """A trait as it was told at the beginning, and what evidence says."""

    name: str
    told: Level
    found: Level


def told_and_found(told: ToldCheck, assessment: Assessment) -> list[ToldAndFound]:
    """Five lines."""
    return [
        ToldAndFound(str(each.trait.label), each.level, Level(assessment.levels[each.trait]))
        for each in told_traits(told.answers)
    ]
