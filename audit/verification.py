"""Does the log hold? Checks a stream's chain, its head, and the columns that repeat its bodies."""

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from audit import chain
from audit.models import Event, Stream


def verify_stream(stream: UUID) -> chain.Fault | None:
    """The first fault of a stream, or None. Reads the whole chain once, in order, in little memory."""
    fault = chain.first_fault(_links(stream))
    return fault or _column_fault(stream) or _head_fault(stream)


def _links(stream: UUID) -> Iterator[chain.Link]:
    rows = Event.objects.filter(stream=stream).order_by("seq").values_list("seq", "prev", "hash", "body")
    return (chain.Link(*row) for row in rows.iterator(chunk_size=2000))


def _column_fault(stream: UUID) -> chain.Fault | None:
    for event in Event.objects.filter(stream=stream).order_by("seq").iterator(chunk_size=2000):
        body = json.loads(event.body)
        actor = str(event.actor) if event.actor else None
        told = (body["verb"], body["actor"], body["subject"], datetime.fromisoformat(body["at"]), body["stream"])
        if told != (event.verb, actor, str(event.subject), event.at, str(event.stream)):
            return chain.Fault(event.seq, "its columns differ from its text")
    return None


def _head_fault(stream: UUID) -> chain.Fault | None:
    head = Stream.objects.filter(pk=stream).first()
    last = Event.objects.filter(stream=stream).order_by("-seq").first()
    told = (head.seq, head.hash) if head else (0, chain.GENESIS)
    found = (last.seq, last.hash) if last else (0, chain.GENESIS)
    if told != found:
        return chain.Fault(last.seq if last else 0, "the head of the chain names another event")
    return None
