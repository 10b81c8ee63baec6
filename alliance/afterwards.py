"""What apps above do with a visitor's session once an alliance has been founded in it: they register in `ready()`."""

from collections.abc import Callable, MutableMapping
from typing import Any

from accounts.models import Person
from alliance.models import Alliance

Session = MutableMapping[str, Any]
Afterwards = Callable[[Session, Person, Alliance], None]
_acts: list[Afterwards] = []


def after_founding(act: Afterwards) -> None:
    """Have `act(session, person, alliance)` called after a founding in a browser. It must not fail it."""
    if act not in _acts:
        _acts.append(act)


def follow(session: Session, person: Person, alliance: Alliance) -> None:
    """Call them all."""
    for act in _acts:
        act(session, person, alliance)
