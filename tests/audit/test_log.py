"""The log: gapless chains that never change, times that never go back, and a verifier that finds every change."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import checks, clock, triggers
from audit.ids import uuid7
from audit.models import SYSTEM, Event, Stream
from audit.services import data_of, on_recorded, record, request_id
from audit.triggers import declared_in, lifted
from audit.verification import verify_stream

STREAM = UUID("0197a0b0-0000-7000-8000-000000000001")


def happen(number: int = 1, *, stream: UUID = STREAM, **parts: Any) -> Event:
    """One event; what it is about does not matter."""
    with transaction.atomic():
        given = {"subject": uuid7(), "at": clock.read(), "data": {"number": number}, **parts}
        return record("tests.thing.happened", stream=stream, **given)


def meddle(sql: str, *values: Any) -> None:
    """Change the log as somebody could who owns the database."""
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def five(db: None) -> list[Event]:
    return [happen(number) for number in range(1, 6)]


# -- Recording ------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(RuntimeError, match="in the transaction"):
        record("tests.thing.happened", subject=uuid7(), at=clock.read())
    assert not Event.objects.exists()


def test_each_event_names_the_one_before(five: list[Event]) -> None:
    assert [event.seq for event in five] == [1, 2, 3, 4, 5]
    assert [event.prev for event in five] == ["0" * 64, *[event.hash for event in five[:-1]]]
    head = Stream.objects.get(pk=STREAM)
    assert (head.seq, head.hash) == (5, five[-1].hash)


@pytest.mark.django_db
def test_the_body_says_everything_and_its_columns_repeat_it() -> None:
    token = request_id.set("request-1")
    actor, subject = uuid7(), uuid7()
    event = happen(7, actor=actor, subject=subject)
    request_id.reset(token)
    assert json.loads(event.body) == {
        "seq": 1,
        "prev": "0" * 64,
        "verb": "tests.thing.happened",
        "actor": str(actor),
        "at": event.at.isoformat(),
        "subject": str(subject),
        "data": {"number": 7},
        "request": "request-1",
        "stream": str(STREAM),
    }
    assert (event.actor, event.subject, data_of(event)) == (actor, subject, {"number": 7})


@pytest.mark.django_db
def test_what_json_readers_differ_on_travels_as_text() -> None:
    body = happen(data={"big": 2**53, "safe": 2**53 - 1, "id": STREAM, "truth": True, "none": None}).body
    assert json.loads(body)["data"] == {
        "big": "9007199254740992",
        "safe": 9007199254740991,
        "id": str(STREAM),
        "truth": True,
        "none": None,
    }


@pytest.mark.django_db
def test_times_never_go_back() -> None:
    first = happen()
    second = happen(at=first.at - timedelta(hours=1))
    assert second.at == first.at
    assert verify_stream(STREAM) is None


@pytest.mark.django_db
def test_streams_count_for_themselves() -> None:
    assert [happen().seq, happen(stream=SYSTEM).seq, happen().seq] == [1, 1, 2]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_happened() -> None:
    happen()
    with transaction.atomic():
        record("tests.thing.happened", stream=STREAM, subject=uuid7(), at=clock.read())
        transaction.set_rollback(True)
    assert happen().seq == 2
    assert verify_stream(STREAM) is None


@pytest.mark.django_db(transaction=True)
def test_sixteen_threads_leave_no_gap_and_no_double(race: Callable[..., list[Any]]) -> None:
    def write_five() -> list[int]:
        return [happen(number).seq for number in range(5)]

    results = race(*[write_five] * 16)
    assert sorted(seq for seqs in results for seq in seqs) == list(range(1, 81))
    assert verify_stream(STREAM) is None


@pytest.mark.django_db(transaction=True)
def test_who_listens_hears_after_the_commit_and_cannot_break_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[UUID, int]] = []

    def listen(stream: UUID) -> None:
        heard.append((stream, Event.objects.count()))
        raise ValueError("a listener that breaks")

    monkeypatch.setattr("audit.services._consumers", [])
    on_recorded(listen)
    with transaction.atomic():
        record("tests.thing.happened", stream=STREAM, subject=uuid7(), at=clock.read())
        assert heard == []
    assert heard == [(STREAM, 1)]


# -- Rows never change ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET verb = 'x'",
        "UPDATE audit_event SET verb = 'x' WHERE seq = 2",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE seq = 5",
    ],
)
def test_a_row_cannot_be_changed_or_removed(five: list[Event], sql: str) -> None:
    refused_by_the_database(sql)
    assert [event.verb for event in Event.objects.order_by("seq")] == ["tests.thing.happened"] * 5


def refused_by_the_database(sql: str, *values: Any, match: str = "never changed or removed") -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_row_cannot_be_replaced(five: list[Event]) -> None:
    if connection.vendor == "postgresql":
        sql = (
            "INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 2 ON CONFLICT (stream, seq) "
            "DO UPDATE SET verb = 'x'"
        )
    else:
        sql = "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 2"
    refused_by_the_database(sql)
    assert Event.objects.get(seq=2).verb == "tests.thing.happened"


def test_every_append_only_table_is_guarded(db: None) -> None:
    tables = declared_in(connection)
    assert {"audit_event", "charter_signature", "governance_outcome", "governance_ballotversion"} <= set(tables)
    assert triggers.missing(connection) == []
    for table in tables if connection.vendor == "postgresql" else ():
        refused_by_the_database(f"TRUNCATE {table} CASCADE")


def test_a_lost_guard_is_found_at_the_start(db: None) -> None:
    assert checks.append_only_tables_are_guarded(["default"]) == []
    names = (
        ["append_only_row ON audit_event"]
        if connection.vendor == "postgresql"
        else ["append_only_audit_event_update", "append_only_audit_event_delete"]
    )
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}")
    found = checks.append_only_tables_are_guarded(["default"])
    assert [error.msg for error in found] == ["audit_event has lost its append-only triggers."]
    triggers.install(connection)
    triggers.install(connection)
    assert checks.append_only_tables_are_guarded(["default"]) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET verb = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "ALTER TABLE audit_event DISABLE TRIGGER append_only_row",
        "DROP TRIGGER append_only_row ON audit_event",
        "DROP TABLE audit_event",
        "SET session_replication_role = replica",
    ],
)
def test_the_applications_role_may_only_read_and_add(beside: dict[str, str], sql: str) -> None:
    happen()
    with psycopg.connect(beside["DATABASE_URL"], autocommit=True) as app:
        with pytest.raises(psycopg.Error, match=r"permission denied|must be owner"):
            app.execute(sql)
        added = app.execute(
            "INSERT INTO audit_event (id, stream, seq, prev, hash, body, verb, actor, subject, at) "
            "SELECT gen_random_uuid(), stream, seq + 1, hash, hash, body, verb, actor, subject, at FROM audit_event"
        )
        assert added.rowcount == 1
    assert Event.objects.filter(stream=STREAM).count() == 2


@pytest.mark.postgres
@pytest.mark.django_db
def test_guards_hold_for_replicated_rows_too(five: list[Event]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'audit_event'::regclass AND NOT tgisinternal"
        )
        assert dict(cursor.fetchall()) == {"append_only_row": "A", "append_only_table": "A"}
    refused_by_the_database("TRUNCATE audit_event")


# -- Verifying ------------------------------------------------------------------------------------------------------
def test_a_whole_chain_holds(five: list[Event]) -> None:
    assert verify_stream(STREAM) is None
    said = StringIO()
    call_command("verify_log", stdout=said)
    assert said.getvalue() == "1 chains hold, 5 events.\n"


ATTACKS: dict[str, tuple[list[str], int, str]] = {
    "an altered text": (
        ["UPDATE audit_event SET body = replace(body, '\"number\":3', '\"number\":9') WHERE seq = 3"],
        3,
        "text does not match",
    ),
    "an altered column": (["UPDATE audit_event SET verb = 'x' WHERE seq = 4"], 4, "columns differ"),
    "a removed event": (["DELETE FROM audit_event WHERE seq = 2"], 2, "expected event 2, found 3"),
    "two swapped events": (
        [
            "UPDATE audit_event SET seq = 99 WHERE seq = 2",
            "UPDATE audit_event SET seq = 2 WHERE seq = 3",
            "UPDATE audit_event SET seq = 3 WHERE seq = 99",
        ],
        2,
        "does not follow",
    ),
    "a cut tail": (["DELETE FROM audit_event WHERE seq > 3"], 3, "head of the chain"),
    "a lost head": (["DELETE FROM audit_stream"], 5, "head of the chain"),
    "a changed hash": ([f"UPDATE audit_event SET hash = '{'a' * 64}' WHERE seq = 1"], 1, "text does not match"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_verifier_finds(five: list[Event], name: str) -> None:
    statements, place, reason = ATTACKS[name]
    for sql in statements:
        meddle(sql)
    fault = verify_stream(STREAM)
    assert fault is not None
    assert fault.seq == place
    assert reason in fault.reason
    complaint = StringIO()
    with pytest.raises(CommandError, match=r"1 of 1 chains do not hold") as refused:
        call_command("verify_log", stderr=complaint)
    assert refused.value.returncode == 1
    assert f"{STREAM}: event {place}:" in complaint.getvalue()


def test_one_stream_is_verified_by_its_id_and_an_unknown_one_is_said(five: list[Event]) -> None:
    said = StringIO()
    call_command("verify_log", str(five[0].stream).upper(), stdout=said)
    assert said.getvalue() == "1 chains hold, 5 events.\n"
    with pytest.raises(CommandError, match="no stream “nope” here") as refused:
        call_command("verify_log", "nope")
    assert refused.value.returncode == 2


def test_an_inserted_event_is_found_even_with_its_own_hash_right(five: list[Event]) -> None:
    from audit.chain import canonical, digest

    body = json.loads(five[2].body) | {"data": {"number": 33}}
    forged = canonical(body)
    meddle("UPDATE audit_event SET body = %s, hash = %s WHERE seq = 3", forged, digest(forged))
    fault = verify_stream(STREAM)
    assert fault is not None
    assert (fault.seq, fault.reason) == (4, "it does not follow the event before it")
