"""Fifteen plain questions about an alliance that does not exist yet, and what the answers say. Pure.

Three a trait, each after indicators of the real check. It is what somebody tells, not what is on record: it opens no
gate and is labelled so wherever it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from traits.states import Level, Trait

POINTS = {"yes": 2, "partly": 1, "no": 0, "unsure": 0}
"""What an answer is worth."""
MOST = 2
EACH = 3
"""Questions a trait."""
GAPS = 3
IN_PLACE, EMERGING = 5, 3
"""Points of six from which a trait sounds in place (with no plain no), or emerging."""
ANSWERS = (
    ("yes", _("Yes")),
    ("partly", _("Partly")),
    ("no", _("No")),
    ("unsure", _("Not sure")),
)


@dataclass(frozen=True, slots=True)
class Question:
    """`indicators` are those of the check that ask for the evidence; `advice` says what to do about a no."""

    key: str
    trait: Trait
    text: Any
    advice: Any
    indicators: tuple[str, ...]


M, S, I, G, V = Trait  # noqa: E741 - the letters by which the check names its traits
QUESTIONS = (
    Question(
        "independent", M, _("Are at least three organisations in, none of them controlled by another?"),
        _("Win a third organisation that none of the others controls."), ("M1",),
    ),
    Question(
        "kinds", M, _("Do they stand on different sides: some pay, some provide, some supply, some regulate?"),
        _("Invite somebody from another side of the problem."), ("M1", "M2", "M3"),
    ),
    Question(
        "common", M, _("Is there one outcome that most of them want?"),
        _("Find one outcome that most want, and say how one would see that it is reached."), ("M5",),
    ),
    Question(
        "wants", S, _("Has each said what it wants for itself, in its own words?"),
        _("Ask each member what it wants for itself; the alliance rests on it."), ("S1", "S6"),
    ),
    Question(
        "better", S, _("Would each be better off than without the alliance, costs included?"),
        _("Have each reckon what it gains, what it pays, and what it would have alone. Nobody else sees the figures."),
        ("S2", "S5"),
    ),
    Question(
        "brings", S, _("Has each promised what it brings: money, people, data, rights or facilities?"),
        _("Have somebody who may bind each member sign what it brings."), ("S4",),
    ),
    Question(
        "matters", I, _("Is it agreed which matters the members will decide together?"),
        _("Choose at least three matters in which control is shared, and how far."), ("I1", "I2"),
    ),
    Question(
        "steps", I, _("Have all taken a first small step at the same time, such as sharing data or a standard?"),
        _("Take two small steps that all sign together, some days apart."), ("I3", "I4"),
    ),
    Question(
        "exit", I, _("Is it clear what leaving costs, and does nobody keep a veto that undoes the rest?"),
        _("Say at what notice and cost a member may leave, and list what each keeps for itself."), ("I6",),
    ),
    Question(
        "people", G, _("Are there at least three people who will decide for the alliance?"),
        _("Name at least three people, each of whom accepts a seat."), ("G1",),
    ),
    Question(
        "free", G, _("May they decide without asking their employers first?"),
        _("Have the employers agree that nobody tells a seat how to vote, and each holder sign that."),
        ("G3", "G4", "G9"),
    ),
    Question(
        "balance", G, _("Is it impossible for one organisation to decide alone?"),
        _("Spread the seats so that no group decides alone."), ("G2", "M3"),
    ),
    Question(
        "keeper", V, _("Has somebody agreed to look after the main benefit?"),
        _("Name a steward for the main benefit, who accepts."), ("V1", "V2"),
    ),
    Question(
        "figure", V, _("Is there a figure that will show the benefit, and do you know where it stands today?"),
        _("Measure where the figure stands before you begin, and have a second member verify it."), ("V4",),
    ),
    Question(
        "lasting", V, _("Will the benefit outlast the alliance, with somebody to keep it?"),
        _("Find who keeps the benefit alive when the alliance has ended, and have them accept."), ("V3", "V5"),
    ),
)  # fmt: skip
BY_KEY = {question.key: question for question in QUESTIONS}


@dataclass(frozen=True, slots=True)
class ToldTrait:
    """A trait as it was told: points of six, and what that sounds like."""

    trait: Trait
    points: int
    level: Level


def told_traits(answers: Mapping[str, str]) -> list[ToldTrait]:
    """The five traits as the answers (question key → yes, partly, no, unsure) tell them. All fifteen are given."""
    return [_told(trait, [answers[each.key] for each in QUESTIONS if each.trait == trait]) for trait in Trait]


def _told(trait: Trait, answers: list[str]) -> ToldTrait:
    points = sum(POINTS[answer] for answer in answers)
    if points >= IN_PLACE and all(POINTS[answer] for answer in answers):
        return ToldTrait(trait, points, Level.IN_PLACE)
    return ToldTrait(trait, points, Level.EMERGING if points >= EMERGING else Level.ABSENT)


def biggest_gaps(answers: Mapping[str, str]) -> list[Question]:
    """The three questions that lost most, those of the weakest traits first, then in the order in which they stand."""
    points = {each.trait: each.points for each in told_traits(answers)}
    lost = [each for each in QUESTIONS if POINTS[answers[each.key]] < MOST]
    return sorted(lost, key=lambda each: (POINTS[answers[each.key]], points[each.trait]))[:GAPS]


def is_whole(answers: object) -> bool:
    """Are these answers to all fifteen questions, and to nothing else?"""
    return (
        isinstance(answers, Mapping)
        and answers.keys() == BY_KEY.keys()
        and all(isinstance(answer, str) and answer in POINTS for answer in answers.values())
    )
