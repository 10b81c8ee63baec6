"""Writing to the log: the one way in."""

import json
import logging
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from audit import chain
from audit.models import SYSTEM, Event, Stream

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request under way, recorded with each event that it causes."""

Consumer = Callable[[UUID], None]
_consumers: list[Consumer] = []

log = logging.getLogger(__name__)


def on_recorded(consumer: Consumer) -> None:
    """Have `consumer(stream)` called after each commit that recorded an event (upper apps do so when they start)."""
    if consumer not in _consumers:
        _consumers.append(consumer)


def record(
    verb: str,
    *,
    subject: UUID,
    at: datetime,
    actor: UUID | None = None,
    stream: UUID = SYSTEM,
    data: dict[str, Any] | None = None,
) -> Event:
    """Append one event to a stream. The last lock of a transaction; raises RuntimeError outside one.

    `data` holds identifiers, hashes, numbers and words of our own only: never a name, free text, or a choice
    whose vote is still open. The event's time is never before the one that stands last in its stream.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of the change it tells of.")
    head = _locked_head(stream)
    at = max(at, head.at) if head.at else at
    body = chain.canonical(
        {
            "seq": head.seq + 1,
            "prev": head.hash,
            "verb": verb,
            "actor": str(actor) if actor else None,
            "at": at.isoformat(),
            "subject": str(subject),
            "data": data or {},
            "request": request_id.get(),
            "stream": str(stream),
        }
    )
    event = Event.objects.create(
        stream=stream,
        seq=head.seq + 1,
        prev=head.hash,
        hash=chain.digest(body),
        body=body,
        verb=verb,
        actor=actor,
        subject=subject,
        at=at,
    )
    head.seq, head.hash, head.at = event.seq, event.hash, at
    head.save(update_fields=["seq", "hash", "at"])
    transaction.on_commit(lambda: _tell_consumers(stream), robust=True)
    return event


def _tell_consumers(stream: UUID) -> None:
    """What was committed stands, whatever a consumer does; a sweep finds what one of them missed."""
    for consumer in _consumers:
        try:
            consumer(stream)
        except Exception:
            log.exception("a consumer of the log failed")


def _locked_head(stream: UUID) -> Stream:
    heads = Stream.objects.select_for_update(no_key=True)
    head = heads.filter(pk=stream).first()
    if head is None:
        Stream.objects.bulk_create([Stream(id=stream, hash=chain.GENESIS)], ignore_conflicts=True)
        head = heads.get(pk=stream)
    return head


def data_of(event: Event) -> dict[str, Any]:
    """What an event's body says beside who, what and when."""
    data: dict[str, Any] = json.loads(event.body)["data"]
    return data
