"""What apps above do with a visitor's session once an alliance has been founded in it: they register in `ready()`."""

from collections.abc import Callable, MutableMapping
from typing import Any

from accounts.models import Person
from alliance.models import Alliance

Session = MutableMapping[str, Any]
Afterwards = Callable[[Session, Person, Alliance], None]
Note = Callable[[Session], str]
_acts: list[Afterwards] = []
_notes: list[Note] = []


def after_founding(act: Afterwards) -> None:
    """Have `act(session, person, alliance)` called after a founding in a browser. It must not fail it."""
    if act not in _acts:
        _acts.append(act)


def follow(session: Session, person: Person, alliance: Alliance) -> None:
    """Call them all."""
    for act in _acts:
        act(session, person, alliance)


def note_before(note: Note) -> None:
    """Have `note(session)` say, on the steps of founding, what will be done with what the session holds; or nothing."""
    if note not in _notes:
        _notes.append(note)


def notes_of(session: Session) -> list[str]:
    """What there is to say."""
    return [text for note in _notes if (text := note(session))]
