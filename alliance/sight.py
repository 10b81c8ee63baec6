"""Who else may see an alliance: apps above add their people (seat holders, say) in `ready()`."""

from collections.abc import Callable
from typing import Any

Sight = Callable[[Any], Any]
_sights: list[Sight] = []


def add_sight(sight: Sight) -> None:
    """Have the alliances whose ids `sight(person)` yields (a queryset of ids) be visible to that person."""
    if sight not in _sights:
        _sights.append(sight)


def sights() -> list[Sight]:
    """All that were added."""
    return list(_sights)
