"""Reminders of what is open for a time: at half of it, and so long before its close, to those still missing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from audit.models import Event
from notifications.registry import Due, Recipient


class Open(Protocol):
    """What has a time: a vote, a round of the survey."""

    pk: UUID

    @property
    def opened_at(self) -> datetime | None:
        """Since when."""

    @property
    def closes_at(self) -> datetime | None:
        """Until when."""


T = TypeVar("T", bound=Open)


@dataclass(frozen=True)
class ClosingReminders(Generic[T]):
    """A source of reminders, in a fixed number of statements however much is open.

    Each open thing gives the newest mark that it has reached; earlier ones that were missed are not made up for.
    """

    kind: str
    """The messages' kind, before the mark's name."""
    opened: str
    """The verb of the event that the reminder belongs to: the newest one about the thing."""
    marks: Mapping[str, timedelta | None]
    """How long before the close, by name; None for half of the time."""
    open_at: Callable[[datetime], Iterable[T]]
    missing: Callable[[Sequence[T]], Mapping[UUID, Sequence[Recipient]]]
    """Who is still missing, by the thing's id: of all at once."""

    def __call__(self, at: datetime) -> list[Due]:
        reached = [(thing, mark) for thing in self.open_at(at) if (mark := self._newest(thing, at))]
        if not reached:
            return []
        things = [thing for thing, _mark in reached]
        events = Event.objects.filter(verb=self.opened, subject__in=[thing.pk for thing in things]).order_by("seq")
        opening = dict(events.values_list("subject", "pk"))
        missing = self.missing(things)
        return [
            Due(kind=f"{self.kind}.{mark}", event=opening[thing.pk], recipients=missing.get(thing.pk, []))
            for thing, mark in reached
            if thing.pk in opening
        ]

    def _newest(self, thing: T, at: datetime) -> str | None:
        if thing.opened_at is None or thing.closes_at is None:
            return None
        half = (thing.closes_at - thing.opened_at) / 2
        whens = {mark: thing.closes_at - (before or half) for mark, before in self.marks.items()}
        reached = [(when, mark) for mark, when in whens.items() if thing.opened_at < when <= at]
        return max(reached)[1] if reached else None
