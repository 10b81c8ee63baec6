"""What an adopted decision does: apps above add theirs in `ready()`. An unknown effect is refused when drafted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alliance.models import Alliance
from alliance.states import BEFORE_CHARTER, State
from audit.errors import DomainError
from governance.models import Decision

Data = dict[str, Any]
AMENDMENT = "amendment"
"""The class that amendments are decided by."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One kind of effect.

    `validate(alliance, data)` gives the data in their stored form, or raises DomainError; `describe(alliance, data)`
    says them in a sentence; `run(decision, at)` carries them out, in the closing's or `take_effect`'s transaction.
    `least_days(alliance, data)` is how long after the close it must wait, whatever the class says. With `is_founding`
    only the members decide it, by the founding rules, before the charter; what `cures` is decided while the alliance is
    suspended, and then alone; what `amends` is decided under a charter, by the class for amendments alone. `note` says
    what it is for, `data` what programs send with it.
    """

    label: Any
    validate: Callable[[Alliance, Data], Data]
    describe: Callable[[Alliance, Data], str]
    run: Callable[[Decision, datetime], None]
    is_founding: bool = False
    cures: bool = False
    amends: bool = False
    note: Any = ""
    least_days: Callable[[Alliance, Data], int] = lambda alliance, data: 0
    data: Mapping[str, str] = field(default_factory=dict)


_effects: dict[str, Effect] = {}


def register(key: str, effect: Effect) -> None:
    """Make an effect known under its key."""
    _effects[key] = effect


def find(key: str) -> Effect:
    """The effect of that key; raises DomainError for an unknown one."""
    if key not in _effects:
        raise DomainError("effect_unknown", _("Choose one of the listed effects."), field="effect")
    return _effects[key]


def offered(alliance: Alliance) -> dict[str, Effect]:
    """The effects that can be proposed now, by key."""
    before_charter, suspended = alliance.state in BEFORE_CHARTER, alliance.state == State.SUSPENDED
    found = {
        key: effect
        for key, effect in _effects.items()
        if (before_charter or not effect.is_founding) and not (before_charter and effect.amends)
    }
    return {key: effect for key, effect in found.items() if suspended or not effect.cures}
