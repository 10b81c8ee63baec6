"""The relay: claim a few deliveries under a lease, ask whether each is still wanted, send, mark by the claim's token.

A worker that dies keeps nothing: its lease ends and another claims what was left. In the inbox a message stands
exactly once; by e-mail it may come twice with the same Message-ID, and is never lost.
"""

import logging
import random
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from audit import clock
from audit.ids import uuid_random
from audit.models import Event
from notifications.models import Delivery
from notifications.registry import Words, message_of
from notifications.services.channels import Mailer, put_in_inbox
from notifications.services.expansion import expand_events, make_reminders
from notifications.services.recipients import Reader, reader_of
from notifications.states import Channel, DeliveryState

AT_ONCE = 20
LEASE = timedelta(seconds=60)
"""How long one message may take; longer than the mail server's time limit."""
ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
BATCHES = 50
"""How much one sweep does before it makes room for the next."""
log = logging.getLogger(__name__)


def run() -> int:
    """One sweep: expand events, make reminders, send what is due. Says how many deliveries were handled.

    Looks first without a lock, so that an idle sweep never writes.
    """
    expand_events()
    at = clock.read()
    make_reminders(at)
    handled = 0
    if not Delivery.objects.filter(_claimable(at)).exists():
        return handled
    for _batch in range(BATCHES):
        claimed = claim()
        if not claimed:
            break
        handled += _deliver_all(claimed)
    return handled


def _claimable(at: datetime) -> Q:
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
    return free & Q(state=DeliveryState.WAITING, due_at__lte=at)


def claim() -> list[Delivery]:
    """Up to 20 due deliveries, leased to the caller under a token of its own."""
    at = clock.read()
    token = uuid_random()
    with transaction.atomic():
        due = Delivery.objects.filter(_claimable(at)).order_by("due_at", "pk")
        skips = connection.features.has_select_for_update_skip_locked
        rows = list(due.select_for_update(skip_locked=skips)[:AT_ONCE])
        for row in rows:
            row.token, row.lease_until, row.attempts = token, at + LEASE, row.attempts + 1
            if row.attempts > ATTEMPTS:  # its worker died each time
                row.state, row.done_at, row.last_error = DeliveryState.DEAD, at, row.last_error or "worker died"
        Delivery.objects.bulk_update(rows, ["token", "lease_until", "attempts", "state", "done_at", "last_error"])
    return [row for row in rows if row.state == DeliveryState.WAITING]


def _deliver_all(claimed: list[Delivery]) -> int:
    events = Event.objects.in_bulk({row.event for row in claimed})
    with Mailer() as mailer:
        for row in claimed:
            if _renew(row):
                _deliver(row, events.get(row.event), mailer)
    return len(claimed)


def _renew(row: Delivery) -> bool:
    """Hold the claim for one more message; False where another worker has taken it over."""
    return _still_ours(row).update(lease_until=clock.read() + LEASE) == 1


def _still_ours(row: Delivery) -> "QuerySet[Delivery]":
    return Delivery.objects.filter(pk=row.pk, token=row.token, state=DeliveryState.WAITING)


def _deliver(row: Delivery, event: Event | None, mailer: Mailer) -> None:
    try:
        reader = reader_of(row.recipient)
        message = message_of(row.kind)
        if event is None or message is None or reader is None or not message.still_wanted(event, reader.recipient):
            mark(row, DeliveryState.UNWANTED)
            return
        with reader.sees():
            words = message.words(event, reader.recipient)
            if row.channel == Channel.INBOX:
                _show(row, event, reader, words)
            else:
                mailer.send(row.pk, reader, words)
                mark(row, DeliveryState.SENT)
    except Exception as error:
        log.warning("delivery %s failed: %s", row.pk, type(error).__name__)
        put_off(row, error)


@transaction.atomic
def _show(row: Delivery, event: Event, reader: Reader, words: Words) -> None:
    if mark(row, DeliveryState.SENT):
        put_in_inbox(row, event.stream, reader, words, at=clock.read())


def mark(row: Delivery, state: DeliveryState) -> bool:
    """End a delivery, where the claim's token still matches."""
    done = {"state": state, "done_at": clock.read(), "token": None, "lease_until": None, "last_error": ""}
    return _still_ours(row).update(**done) == 1


def put_off(row: Delivery, error: Exception) -> None:
    """Try again later, each time after a longer wait; after 8 attempts give up."""
    at = clock.read()
    said = f"{type(error).__name__}: {error}"[:300]
    if row.attempts >= ATTEMPTS:
        _still_ours(row).update(state=DeliveryState.DEAD, done_at=at, token=None, lease_until=None, last_error=said)
        return
    wait = wait_before(row.attempts + 1)
    _still_ours(row).update(due_at=at + wait, token=None, lease_until=None, last_error=said)


def wait_before(attempt: int) -> timedelta:
    """How long to wait before an attempt: doubling from 10 s to 1 h, and by chance up to half of that less."""
    doublings: int = 2 ** max(attempt - 2, 0)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT) * random.uniform(0.5, 1)  # noqa: S311 - spreads load, guards nothing


def requeue(delivery_ids: list[UUID]) -> int:
    """Give deliveries that were given up another eight attempts; says how many."""
    dead = Delivery.objects.filter(pk__in=delivery_ids, state=DeliveryState.DEAD)
    return dead.update(state=DeliveryState.WAITING, attempts=0, due_at=clock.read(), done_at=None)
