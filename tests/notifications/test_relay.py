"""The relay's parts: each event once to each, claims that end, waits that grow, and what was never sent twice."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from audit.ids import uuid7
from audit.models import SYSTEM, Event
from audit.services import record
from notifications import registry
from notifications.models import Cursor, Delivery, Notice
from notifications.registry import PERSON, Due, Message, Recipient, Words
from notifications.selectors import told
from notifications.services import relay
from notifications.services.expansion import expand_events, make_reminders
from notifications.services.relay import AT_ONCE, ATTEMPTS, LEASE, LONGEST_WAIT, claim, mark, requeue, wait_before
from notifications.states import Channel, DeliveryState
from tests import factories

VERB = "tests.thing.happened"


class Told:
    """A message of the tests: told to `readers`, wanted while `wanted`, and it may be made to break."""

    def __init__(self) -> None:
        self.readers: list[Person] = []
        self.wanted = True
        self.breaks = False

    def recipients(self, event: Event) -> Iterator[Recipient]:
        if self.breaks:
            raise LookupError("no recipients")
        return (Recipient(PERSON, each.pk) for each in self.readers)

    def still_wanted(self, event: Event, to: Recipient) -> bool:
        return self.wanted

    def words(self, event: Event, to: Recipient) -> Words:
        return Words(subject="It happened", paragraphs=["First.", "Second."], path="/inbox/", act="Look")


@pytest.fixture
def message(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Told:
    """One message registered, and mails kept in the process."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    tests = Told()
    parts = {"recipients": tests.recipients, "still_wanted": tests.still_wanted, "words": tests.words}
    monkeypatch.setattr(registry, "_messages", {"tests.told": Message(kind="tests.told", verbs=(VERB,), **parts)})
    monkeypatch.setattr(registry, "_reminders", [])
    return tests


def happen(stream: UUID = SYSTEM, at: Any = None) -> Event:
    with transaction.atomic():
        return record(VERB, stream=stream, subject=uuid7(), at=at or _now())


def _now() -> Any:
    from audit import clock

    return clock.read()


@pytest.mark.django_db
def test_each_event_is_told_once_to_each_by_each_channel(message: Told) -> None:
    message.readers = [factories.person("Vera"), factories.person("Otto")]
    happen()
    assert expand_events() == 1
    assert expand_events() == 0
    assert Delivery.objects.count() == 4
    Cursor.objects.update(seq=0)  # a worker that died before it moved the cursor on
    expand_events()
    assert Delivery.objects.count() == 4


@pytest.mark.django_db
def test_cursors_count_each_stream_for_itself(message: Told) -> None:
    message.readers = [factories.person()]
    streams = [uuid7(), uuid7()]
    for stream in (streams[0], streams[1], streams[0]):
        happen(stream)
    assert expand_events() == 3
    assert dict(Cursor.objects.values_list("stream", "seq")) == {streams[0]: 2, streams[1]: 1}


@pytest.mark.django_db
def test_a_stream_that_breaks_holds_up_no_other_and_loses_nothing(message: Told) -> None:
    message.readers = [factories.person()]
    message.breaks = True
    happen(uuid7())
    expand_events()
    assert not Delivery.objects.exists()
    message.breaks = False
    expand_events()
    assert Delivery.objects.count() == 2


@pytest.mark.django_db
def test_a_sweep_sends_mail_and_writes_the_inbox(message: Told) -> None:
    vera = factories.person("Vera Lund")
    message.readers = [vera]
    event = happen()
    assert relay.run() == 2
    notice = Notice.objects.get()
    assert (notice.person, notice.subject, notice.text, notice.path, notice.stream) == (
        vera,
        "It happened",
        "First.\n\nSecond.",
        "/inbox/",
        SYSTEM,
    )
    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == ([vera.email], "It happened")
    assert "Dear Vera Lund,\n\nFirst.\n\nSecond.\n\nLook:\nhttp://localhost:8000/inbox/\n" in sent.body
    by_mail = Delivery.objects.get(channel=Channel.EMAIL)
    assert sent.extra_headers["Message-ID"] == f"<{by_mail.pk}@localhost>"
    assert by_mail.event == event.pk
    assert relay.run() == 0
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_what_is_no_longer_wanted_is_not_sent(message: Told) -> None:
    message.readers = [factories.person()]
    happen()
    expand_events()
    message.wanted = False
    relay.run()
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.UNWANTED}
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_who_may_no_longer_sign_in_hears_nothing(message: Told) -> None:
    gone = factories.person(is_active=False)
    message.readers = [gone]
    happen()
    relay.run()
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_nothing_is_written_or_locked_when_there_is_nothing_to_do(message: Told) -> None:
    with CaptureQueriesContext(connection) as seen:
        relay.run()
    statements = [query["sql"] for query in seen.captured_queries if "clock_timestamp" not in query["sql"]]
    assert len(statements) == 2  # which streams are behind; is anything due
    assert all(sql.startswith("SELECT") and "FOR " not in sql for sql in statements)


@pytest.mark.django_db
def test_a_claim_takes_twenty_under_a_lease_that_ends(message: Told, clock: Any) -> None:
    message.readers = [factories.person() for _number in range(AT_ONCE)]
    happen()
    expand_events()
    first = claim()
    second = claim()
    assert (len(first), len(second), claim()) == (AT_ONCE, AT_ONCE, [])
    assert {row.pk for row in first}.isdisjoint(row.pk for row in second)
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert len(claim()) == AT_ONCE


@pytest.mark.django_db
def test_a_late_worker_does_not_mark_what_another_has_claimed(message: Told, clock: Any) -> None:
    message.readers = [factories.person()]
    happen()
    expand_events()
    late = claim()[0]
    clock.move(seconds=LEASE.total_seconds() + 1)
    claim()
    assert not mark(late, DeliveryState.SENT)
    assert Delivery.objects.get(pk=late.pk).state == DeliveryState.WAITING


@pytest.mark.django_db
def test_a_refused_mail_is_tried_again_later_and_given_up_at_the_eighth_time(
    message: Told, clock: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.notifications.broken_mail.Broken"
    message.readers = [factories.person()]
    happen()
    relay.run()
    row = Delivery.objects.get(channel=Channel.EMAIL)
    assert (row.state, row.attempts, row.token) == (DeliveryState.WAITING, 1, None)
    assert row.last_error == "ConnectionRefusedError: no mail server"
    assert row.due_at > clock.read()
    for _attempt in range(ATTEMPTS):
        clock.move(seconds=LONGEST_WAIT.total_seconds())
        relay.run()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (DeliveryState.DEAD, ATTEMPTS)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert requeue([row.pk]) == 1
    relay.run()
    assert Delivery.objects.get(pk=row.pk).state == DeliveryState.SENT
    assert Notice.objects.count() == 1


@pytest.mark.django_db
def test_what_kills_its_worker_each_time_is_given_up(message: Told, clock: Any) -> None:
    message.readers = [factories.person()]
    happen()
    expand_events()
    for _death in range(ATTEMPTS):
        assert claim()
        clock.move(seconds=LEASE.total_seconds() + 1)
    assert claim() == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DEAD}


@pytest.mark.parametrize(("attempt", "longest"), [(2, 10), (3, 20), (5, 80), (12, 3600)])
def test_waits_double_up_to_an_hour_with_chance(attempt: int, longest: int) -> None:
    waits = [wait_before(attempt) for _number in range(200)]
    assert all(timedelta(seconds=longest / 2) <= wait <= timedelta(seconds=longest) for wait in waits)
    assert len(set(waits)) > 100


@pytest.mark.django_db
def test_a_reminder_is_sent_once_however_often_it_is_due(message: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = factories.person()
    event = happen()
    expand_events()
    due = [Due("tests.told", event.pk, [Recipient(PERSON, reader.pk)])]
    monkeypatch.setattr(registry, "_reminders", [lambda at: due])
    assert (make_reminders(_now()), make_reminders(_now())) == (1, 0)
    relay.run()
    relay.run()
    assert (len(mail.outbox), Notice.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_the_sender_sees_who_was_told_in_a_fixed_number_of_statements(
    message: Told, django_assert_num_queries: Callable[..., Any]
) -> None:
    message.readers = [factories.person("Vera"), factories.person("Otto")]
    event = happen()
    relay.run()
    with django_assert_num_queries(2):
        found = told.deliveries_of([event.pk])
    assert sorted((each.name, each.channel, each.state) for each in found) == [
        ("Otto", "email", "sent"),
        ("Otto", "inbox", "sent"),
        ("Vera", "email", "sent"),
        ("Vera", "inbox", "sent"),
    ]


@pytest.mark.django_db
def test_the_sign_of_life_says_when_messages_wait(message: Told, clock: Any) -> None:
    message.readers = [factories.person()]
    happen()
    assert told.relay_fault() == ""
    clock.move(seconds=61)
    assert told.relay_fault() == "events wait for more than a minute"
    expand_events()
    assert told.relay_fault() == "messages wait for more than a minute"
    relay.run()
    assert told.relay_fault() == ""


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_send_each_message_once(message: Told, race: Callable[..., list[Any]]) -> None:
    message.readers = [factories.person() for _number in range(10)]
    for _number in range(3):
        happen()
    results = race(*[relay.run] * 6)
    assert [each for each in results if isinstance(each, Exception)] == []
    relay.run()
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
    assert Notice.objects.count() == 30
    ids = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert (len(ids), len(set(ids))) == (30, 30)


@pytest.mark.django_db
def test_no_event_body_says_who_was_told(message: Told) -> None:
    vera = factories.person("Vera Lund")
    message.readers = [vera]
    event = happen()
    relay.run()
    assert json.loads(event.body)["data"] == {}
    assert "Vera" not in event.body
