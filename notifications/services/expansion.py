"""From events and due reminders to deliveries: gapless by a cursor a stream, once by a unique constraint."""

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from audit.models import Event, Stream
from notifications.models import Cursor, Delivery
from notifications.registry import INVITE, Message, Recipient, message_of, messages_for, reminders_at
from notifications.states import RELAY, Channel

AT_ONCE = 200
log = logging.getLogger(__name__)


def expand_events() -> int:
    """Make the deliveries of every event that was not read yet; says how many events were.

    A stream whose messages cannot be made stays where it is, is logged, and does not hold up the others.
    """
    read = 0
    for stream in _behind():
        try:
            while found := _expand(stream):
                read += found
        except Exception:
            log.exception("stream %s cannot be expanded", stream)
    return read


def _behind() -> list[UUID]:
    """The streams with events after their cursor."""
    cursors = Cursor.objects.filter(consumer=RELAY, stream=OuterRef("pk")).values("seq")
    streams = Stream.objects.annotate(done=Coalesce(Subquery(cursors), 0)).filter(seq__gt=F("done"))
    return list(streams.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _expand(stream: UUID) -> int:
    Cursor.objects.bulk_create([Cursor(consumer=RELAY, stream=stream)], ignore_conflicts=True)
    cursor = Cursor.objects.select_for_update(no_key=True).get(consumer=RELAY, stream=stream)
    events = list(Event.objects.filter(stream=stream, seq__gt=cursor.seq).order_by("seq")[:AT_ONCE])
    if not events:
        return 0
    for event in events:
        for message in messages_for(event.verb):
            _deliver(message, event.pk, message.recipients(event), event.at)
    cursor.seq = events[-1].seq
    cursor.save(update_fields=["seq"])
    return len(events)


def _deliver(message: Message, event: UUID, recipients: Iterable[Recipient], at: datetime) -> None:
    deliveries = [
        Delivery(event=event, kind=message.kind, channel=channel, recipient=str(to), due_at=at, created_at=at)
        for to in dict.fromkeys(recipients)
        for channel in message.channels
        if not (to.kind == INVITE and channel == Channel.INBOX)
    ]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def make_reminders(at: datetime) -> int:
    """Make the deliveries of reminders that are due at this time; says how many reminders were new."""
    due = [each for each in reminders_at(at) if each.recipients]
    if not due:
        return 0
    same = Q()
    for each in due:
        same |= Q(kind=each.kind, event=each.event)
    known = set(Delivery.objects.filter(same).values_list("kind", "event").distinct())
    new = [each for each in due if (each.kind, each.event) not in known]
    for each in new:
        message = message_of(each.kind)
        if message:
            with transaction.atomic():
                _deliver(message, each.event, each.recipients, at)
    return len(new)
