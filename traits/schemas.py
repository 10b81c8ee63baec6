"""What `manage.py analyse` and `manage.py split` read."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, field_validator

from alliance.schemas import Document, Moment, Ref, Text
from audit.strictjson import BadDocument, pointer, shown, validate
from traits.analysis import FULL_SALIENCE, Interests, Reading, interests_of
from traits.selfcheck import is_whole
from traits.split import MAX_PLAYERS, Game

STRONGEST = 2
MAX_CELLS = 1_000_000
MAX_WORTH = 10**15

Name = Annotated[str, Field(min_length=1, max_length=200)]


class Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _reading(value: object) -> Reading | None:
    match value:
        case [None, None]:
            return None
        case [None, salience]:
            _hundredths(salience)
            return None
        case [stance, salience] if isinstance(stance, int) and not isinstance(stance, bool):
            if abs(stance) <= STRONGEST:
                return stance, _hundredths(salience)
    raise ValueError("a pair of a stance (null or a whole number from -2 to 2) and a salience")


def _hundredths(salience: object) -> int:
    hundredths = FULL_SALIENCE * _number(salience)
    if not 0 <= hundredths <= FULL_SALIENCE or hundredths.denominator != 1:
        raise ValueError("a salience from 0 to 1 with at most two decimals")
    return int(hundredths)


def _worth(value: object) -> Fraction:
    worth = _number(value)
    if abs(worth) > MAX_WORTH:
        raise ValueError(f"a number of at most {MAX_WORTH}")
    return worth


def _number(value: object) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("a number")
    return Fraction(value)


class InterestsForm(Form):
    topics: list[Name]
    members: dict[Name, list[Annotated[Reading | None, PlainValidator(_reading)]]]


class GameForm(Form):
    players: Annotated[list[Name], Field(min_length=1, max_length=MAX_PLAYERS)]
    worth: dict[str, Annotated[Fraction, PlainValidator(_worth)]]
    costs: bool = False


def interests_in(document: object) -> Interests:
    """The table of interests in `document`. Raises BadDocument naming the place."""
    form = validate(InterestsForm, document)
    _check_different("topics", form.topics)
    for member, readings in form.members.items():
        if len(readings) != len(form.topics):
            sentence = f"expected {len(form.topics)} pairs, one a topic; found {len(readings)}."
            raise BadDocument(pointer(("members", member)), sentence)
    if len(form.members) * len(form.topics) > MAX_CELLS:
        raise BadDocument("/members", f"expected at most {MAX_CELLS} readings.")
    return interests_of(form.topics, form.members)


def game_in(document: object) -> Game:
    """The game in `document`. Raises BadDocument naming the place."""
    form = validate(GameForm, document)
    _check_different("players", form.players)
    for number, player in enumerate(form.players):
        if "," in player or player != player.strip():
            sentence = f"expected a name without commas or spaces around it; found {shown(player)}."
            raise BadDocument(pointer(("players", number)), sentence)
    index = {player: at for at, player in enumerate(form.players)}
    worth: dict[frozenset[int], Fraction] = {}
    for names, value in form.worth.items():
        coalition = _coalition(names, index)
        if coalition in worth:
            raise BadDocument(pointer(("worth", names)), "this coalition is listed twice.")
        if value and not coalition:
            raise BadDocument(pointer(("worth", names)), "a coalition of nobody is worth 0.")
        worth[coalition] = value
    return Game(tuple(form.players), worth, form.costs)


def _coalition(names: str, index: dict[str, int]) -> frozenset[int]:
    listed = [name.strip() for name in names.split(",")] if names.strip() else []
    for name in listed:
        if name not in index:
            raise BadDocument(pointer(("worth", names)), f"no player is called {shown(name)}.")
    if len(set(listed)) != len(listed):
        raise BadDocument(pointer(("worth", names)), "a player is named twice.")
    return frozenset(index[name] for name in listed)


def _check_different(key: str, names: list[str]) -> None:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            raise BadDocument(pointer((key, number)), f"{shown(name)} is listed twice.")
        seen.add(name)


class Acknowledgement(Document):
    """The dossier's part: a warning that the chair has acknowledged, while the indicator names the same subjects."""

    indicator: str
    subjects: list[str] = []
    reason: Text
    acknowledged_by: Ref
    acknowledged_at: Moment
    witnessed: bool = False


class ToldCheck(Document):
    """The dossier's part: the fifteen answers with which the alliance was founded. They count for nothing."""

    answers: dict[str, str]
    told_by: Ref
    told_at: Moment

    @field_validator("answers")
    @classmethod
    def _are_whole(cls, answers: dict[str, str]) -> dict[str, str]:
        if not is_whole(answers):
            raise ValueError("an answer (yes, partly, no, unsure) to each of the fifteen questions, and no other")
        return answers
