"""What needs a person, across alliances: apps above add their sources in `ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits for a person. `verb` stands on the button, `due_at` decides the order."""

    what: str
    where: str
    url: str
    verb: str
    due_at: datetime | None = None
    note: str = ""

    @property
    def line(self) -> str:
        """What stands under it: the note, and where."""
        return " · ".join(part for part in (self.note, self.where) if part)


Source = Callable[[Person, datetime], Iterable[Todo]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """Have `source(person, at)` asked whenever somebody's list is made."""
    if source not in _sources:
        _sources.append(source)


def todos_of(person: Person, at: datetime) -> list[Todo]:
    """Everything that waits for a person, soonest first, what has no date last."""
    found = [todo for source in _sources for todo in source(person, at)]
    return sorted(found, key=lambda todo: (todo.due_at is None, todo.due_at or at, todo.where, todo.what))
