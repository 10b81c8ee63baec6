"""What follows when a member leaves: apps above add what ends with it in `ready()`."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import Person
from alliance.models import ControlClaim, Member

Ending = Callable[[Member, Person | None, datetime], None]
_endings: list[Ending] = []


def add_ending(ending: Ending) -> None:
    """Have `ending(member, actor, at)` called when a member leaves, in the same transaction and under its lock.

    `actor` is None where a charter comes into force without its signature.
    """
    if ending not in _endings:
        _endings.append(ending)


def end_all(member: Member, actor: Person | None, at: datetime) -> None:
    """Its claim of who controls it waits no more; then all that were added are called."""
    ControlClaim.objects.filter(member=member).delete()
    for ending in _endings:
        ending(member, actor, at)
