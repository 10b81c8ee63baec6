"""What needs a person, across alliances: apps above add their sources in `ready()`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Affiliation, Person


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


def colleagues_of(person: Person, at: datetime) -> Iterator[Todo]:
    """Of whom an alliance says that they work with the person: one statement."""
    for each in Affiliation.objects.to_vouch_for(person):
        what = _("Does %(name)s work with you?") % {"name": each.person}
        yield Todo(what, str(each.organisation), reverse("accounts:settings") + "#colleagues", _("Answer"))


def todos_of(person: Person, at: datetime) -> list[Todo]:
    """Everything that waits for a person, soonest first, what has no date last."""
    found = [todo for source in _sources for todo in source(person, at)]
    return sorted(found, key=lambda todo: (todo.due_at is None, todo.due_at or at, todo.where, todo.what))
