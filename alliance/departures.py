"""What follows when a member leaves: apps above add what ends with it in `ready()`."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import Person
from alliance.models import Member

Ending = Callable[[Member, Person, datetime], None]
_endings: list[Ending] = []


def add_ending(ending: Ending) -> None:
    """Have `ending(member, actor, at)` called when a member leaves, in the same transaction and under its lock."""
    if ending not in _endings:
        _endings.append(ending)


def end_all(member: Member, actor: Person, at: datetime) -> None:
    """Call all that were added."""
    for ending in _endings:
        ending(member, actor, at)
