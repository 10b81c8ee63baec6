"""What apps above put on an alliance's pages: they add panels in `ready()`."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import Person
from alliance.models import Alliance

OVERVIEW_ACTS = "overview.acts"
"""Buttons at the head of the overview: the next step on the alliance's way."""
OVERVIEW_LEAD = "overview.lead"
"""The overview's answer: what blocks the charter, open decisions. Each panel is a section of its own."""
OVERVIEW_SIDE = "overview.side"
"""Beside the answer: the five traits. Each panel is a card."""
INTERESTS_FOOT = "interests.foot"
"""Rows under the heat map: a panel without a template whose context holds `findings` (components/heat.html) and the
`alignment` for the page's head."""
INTERESTS = "interests"
"""Under the heat map: shared ground, tension, possible trades. Each panel is a section of its own."""
VALUE = "value"
"""Under the value streams."""
CONTROL = "control"
"""Under the grid of shared control."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A template, and what it shows: the template finds it as `panel` beside `alliance` and `now`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[Alliance, Person, datetime], Panel | None]
_makers: dict[str, list[Maker]] = defaultdict(list)


def add_panel(place: str, maker: Maker, *, first: bool = False) -> None:
    """Have `maker(alliance, person, at)` asked for a panel whenever the page with this place is shown."""
    if maker not in _makers[place]:
        _makers[place].insert(0 if first else len(_makers[place]), maker)


def panels_at(place: str, alliance: Alliance, person: Person, at: datetime) -> list[Panel]:
    """The panels of a place, in the order in which they were added; a maker may give none."""
    made = (maker(alliance, person, at) for maker in _makers[place])
    return [panel for panel in made if panel is not None]
