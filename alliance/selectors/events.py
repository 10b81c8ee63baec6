"""An alliance's events, in words and with names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import Person
from alliance.models import AffectedParty, Alliance, Contribution, Hold, Member, Topic, ValueStream
from alliance.sentences import names_of, sentence_of
from audit.models import Event
from audit.services import data_of


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a page shows it."""

    seq: int
    verb: str
    text: str
    at: datetime
    by: str
    hash: str
    subject: UUID


def latest_events(alliance: Alliance, count: int) -> list[Told]:
    """The newest events of an alliance, newest first."""
    return tell(alliance, Event.objects.filter(stream=alliance.pk).order_by("-seq")[:count])


def tell(alliance: Alliance, events: Iterable[Event]) -> list[Told]:
    """These events in words, in their order; people and things are looked up in as many statements as namers."""
    rows = [(event, data_of(event)) for event in events]
    names = names_of(alliance.pk, {found for event, data in rows for found in _ids(event, data)})
    actors = dict(Person.objects.filter(pk__in={event.actor for event, _data in rows}).values_list("pk", "name"))
    return [
        Told(
            seq=event.seq,
            verb=event.verb,
            text=sentence_of(event.verb, data, event.subject, names),
            at=event.at,
            by=actors.get(event.actor, "") if event.actor else "",
            hash=event.hash,
            subject=event.subject,
        )
        for event, data in rows
    ]


def _ids(event: Event, data: Mapping[str, Any]) -> set[UUID]:
    found = {event.subject}
    for value in data.values():
        try:
            found.add(UUID(value))
        except (TypeError, ValueError, AttributeError):
            continue
    return found


def name_ours(alliance: UUID, ids: set[UUID]) -> dict[UUID, str]:
    """Names of this app's members, topics, streams, parties, contributions (by member) and holds, in one statement."""
    members = _pairs(Member, alliance, ids, "organisation__name")
    topics = _pairs(Topic, alliance, ids, "name")
    streams = _pairs(ValueStream, alliance, ids, "title")
    parties = _pairs(AffectedParty, alliance, ids, "name")
    contributions = _pairs(Contribution, alliance, ids, "member__organisation__name")
    holds = _pairs(Hold, alliance, ids, "title")
    return dict(members.union(topics, streams, parties, contributions, holds, all=True))


def _pairs(model: Any, alliance: UUID, ids: set[UUID], name: str) -> Any:
    return model.objects.filter(alliance=alliance, pk__in=ids).order_by().values_list("pk", name)
