"""What a person's own pages show of the apps above, which add it in `ready()`: their alliances, and counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from accounts.models import Person


@dataclass(frozen=True, slots=True)
class Place:
    """One of the person's alliances, as the navigation names it."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str


@dataclass(slots=True)
class Card:
    """One of the person's alliances, as the home page shows it; `levels` are the codes of the five traits' levels."""

    id: UUID
    name: str
    url: str
    state: str
    state_word: str
    levels: str = "absent absent absent absent absent"
    traits_word: str = ""
    facts: Sequence[Fact] = ()


T = TypeVar("T")
Sample = Callable[[], Place | None]
Places = Callable[[Person], Iterable[Place]]
Cards = Callable[[Person, datetime], Iterable[Card]]
Finish = Callable[[Sequence[Card], Person, datetime], None]
Count = Callable[[Person], int]

_places: list[Places] = []
_cards: list[Cards] = []
_finishes: list[Finish] = []
_unread: list[Count] = []
_samples: list[Sample] = []


def add_places(source: Places) -> None:
    """Have `source(person)` name places in the navigation, in one statement."""
    _add(_places, source)


def add_cards(source: Cards) -> None:
    """Have `source(person, at)` give the cards of the home page, in a fixed number of statements."""
    _add(_cards, source)


def finish_cards(finish: Finish) -> None:
    """Have `finish(cards, person, at)` fill in what an app further up knows: levels, words, facts."""
    _add(_finishes, finish)


def count_unread(count: Count) -> None:
    """Have `count(person)` say how many messages were not read yet."""
    _add(_unread, count)


def offer_sample(source: Sample) -> None:
    """Have `source()` name the alliance that anybody may look at, for the front page."""
    _add(_samples, source)


def _add(known: list[T], new: T) -> None:
    if new not in known:
        known.append(new)


def places_of(person: Person) -> list[Place]:
    """What the navigation lists."""
    return [place for source in _places for place in source(person)]


def cards_of(person: Person, at: datetime) -> list[Card]:
    """What the home page lists."""
    cards = [card for source in _cards for card in source(person, at)]
    for finish in _finishes if cards else ():
        finish(cards, person, at)
    return cards


def unread_of(person: Person) -> int:
    """How many messages wait to be read."""
    return sum(count(person) for count in _unread)


def sample() -> Place | None:
    """What the front page invites to walk through, if the operator shows one."""
    return next((place for source in _samples if (place := source())), None)
