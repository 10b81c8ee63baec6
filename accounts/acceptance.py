"""What an invitation is for, and what accepting it means beyond having an account: apps above say so in `ready()`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Invitation, Person


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation is to, in words, and where a person finds it after accepting."""

    to: str
    purpose: str
    roles: Sequence[str]
    url: str


Effect = Callable[[Invitation, Person, datetime], None]
Describer = Callable[[Invitation], Offer | None]
_effects: list[Effect] = []
_describers: list[Describer] = []


def on_accepted(effect: Effect) -> None:
    """Have `effect(invitation, person, at)` run in the transaction in which an invitation is accepted."""
    if effect not in _effects:
        _effects.append(effect)


def run_effects(invitation: Invitation, person: Person, at: datetime) -> None:
    """Run them all, in the order in which they were added."""
    for effect in _effects:
        effect(invitation, person, at)


def describe_by(describer: Describer) -> None:
    """Have `describer(invitation)` say what an invitation is to, where it knows."""
    if describer not in _describers:
        _describers.append(describer)


def offer_of(invitation: Invitation) -> Offer | None:
    """What an invitation is to, by the first app that knows."""
    offers = (describer(invitation) for describer in _describers)
    return next((offer for offer in offers if offer), None)
