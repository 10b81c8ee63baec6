"""What was sent: a person's inbox, who was told of an event, and whether the relay keeps up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Invitation, Person
from audit import clock
from audit.models import Stream
from notifications.models import Cursor, Delivery, Notice
from notifications.registry import PERSON, Recipient
from notifications.states import RELAY, DeliveryState

LATE = timedelta(seconds=60)


def notices_of(person: Person) -> "QuerySet[Notice]":
    """A person's inbox, newest first."""
    return Notice.objects.filter(person=person).order_by("-created_at", "-pk")


def count_unread(person: Person) -> int:
    """How many messages the person has not read: one statement."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


@dataclass(frozen=True, slots=True)
class Told:
    """One delivery as its sender sees it."""

    event: UUID
    kind: str
    name: str
    channel: str
    channel_word: str
    state: str
    state_word: str
    at: datetime


def deliveries_of(events: Iterable[UUID]) -> list[Told]:
    """Who was told of these events, by what, and whether it went: at most three statements, whatever the number."""
    rows = list(Delivery.objects.filter(event__in=list(events)).order_by("created_at", "recipient", "channel", "pk"))
    by_kind: dict[str, set[UUID]] = {}
    for row in rows:
        recipient = Recipient.read(row.recipient)
        by_kind.setdefault(recipient.kind, set()).add(recipient.id)
    names: dict[UUID, str] = dict(Person.objects.filter(pk__in=by_kind.get(PERSON, ())).values_list("pk", "name"))
    names |= dict(Invitation.objects.filter(pk__in=by_kind.get("invite", ())).values_list("pk", "email"))
    return [
        Told(
            event=row.event,
            kind=row.kind,
            name=names.get(Recipient.read(row.recipient).id, ""),
            channel=row.channel,
            channel_word=row.get_channel_display(),
            state=row.state,
            state_word=row.get_state_display(),
            at=row.done_at or row.created_at,
        )
        for row in rows
    ]


def relay_fault() -> str:
    """For the sign of life: what is wrong with the relay, or nothing."""
    before = clock.read() - LATE
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=before)
    if Delivery.objects.filter(free, state=DeliveryState.WAITING, due_at__lt=before).exists():
        return "messages wait for more than a minute"
    cursors = Cursor.objects.filter(consumer=RELAY, stream=OuterRef("pk")).values("seq")
    unread = Stream.objects.annotate(done=Coalesce(Subquery(cursors), 0)).filter(seq__gt=F("done"), at__lt=before)
    return "events wait for more than a minute" if unread.exists() else ""
