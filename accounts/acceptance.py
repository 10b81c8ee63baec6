"""What accepting an invitation means beyond having an account: apps above say so in `ready()`."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import Invitation, Person

Effect = Callable[[Invitation, Person, datetime], None]
_effects: list[Effect] = []


def on_accepted(effect: Effect) -> None:
    """Have `effect(invitation, person, at)` run in the transaction in which an invitation is accepted."""
    if effect not in _effects:
        _effects.append(effect)


def run_effects(invitation: Invitation, person: Person, at: datetime) -> None:
    """Run them all, in the order in which they were added."""
    for effect in _effects:
        effect(invitation, person, at)
