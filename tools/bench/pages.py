"""Workloads over the whole stack but the network: pages and ballots, by Django's own client."""

import random
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import Organisation, Person
from alliance.models import Alliance, Category, Member, Position, Role, Topic
from alliance.states import Membership, RoleKind
from audit import chain, clock
from audit.ids import uuid7
from audit.services import record
from config.urls import urlpatterns as real
from governance.models import Decision, Elector
from governance.services.opening import open_voting
from governance.states import DecisionState
from tools.bench.measure import Workload
from traits.selectors.recomputing import after_events, whole
from traits.services.assessments import assess_alliance

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MEMBERS, DECISIONS = 200, 1000
TOPICS = 50
"""Of an alliance that is read again in part, at ×1."""


def empty(request: HttpRequest) -> HttpResponse:
    """The least that Django can answer, behind the same middleware."""
    return HttpResponse("")


urlpatterns = [*real, path("bench/empty/", empty)]


def client_of(person: Person) -> Client:
    """A signed-in browser with a fresh proof of sign-in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": datetime.now(UTC).timestamp()}]
    session.save()
    return client


def grow(alliance: Alliance) -> None:
    """200 members and 1,000 decisions more."""
    at = clock.read()
    kind = Category.objects.get_or_create(alliance=alliance, name="bench")[0]
    organisations = Organisation.objects.bulk_create([Organisation(name=f"Bench {n}") for n in range(MEMBERS)])
    Member.objects.bulk_create(
        [
            Member(
                alliance=alliance,
                organisation=each,
                category=kind,
                state=Membership.ADMITTED,
                invited_at=at,
                admitted_at=at,
            )
            for each in organisations
        ]
    )
    model = alliance.decisions.order_by("number").last()
    assert model is not None
    Decision.objects.bulk_create(
        [
            Decision(
                alliance=alliance,
                number=model.number + n,
                title=f"Decision {n}",
                motion="As before.",
                decision_class=model.decision_class,
                proposer=model.proposer,
                created_at=at,
                state=DecisionState.WITHDRAWN,
            )
            for n in range(1, DECISIONS + 1)
        ]
    )


TOUCHING = {
    "a seat's statement": ("governance.attestation.signed", "falling with growth"),
    "a reading": ("alliance.reading.recorded", "below 1"),
}
"""Events with what is expected: the first touches no topic, the second does (forbidden subjects are sought in all)."""


def recomputation(alliance: Alliance, what: str, scale: int) -> Workload:
    """What one event touches, read in part, against the whole alliance, grown to so many topics.

    It is to be measured before the next is made: that one records an event of its own.
    """
    verb, goal = TOUCHING[what]
    members = list(alliance.members.filter(state=Membership.ADMITTED))
    _grow_topics(alliance, members, TOPICS * scale)
    with transaction.atomic():
        last = assess_alliance(alliance=alliance, at=clock.read(), why="asked")
        record(verb, stream=alliance.pk, subject=alliance.pk, at=last.at)

    def part() -> None:
        assert after_events(alliance, last, at=last.at) is not None

    name = f"after {what}, {TOPICS * scale} topics (×{scale})"
    return Workload(name, part, {"the whole": lambda: whole(alliance, at=last.at)}, goal)


def _grow_topics(alliance: Alliance, members: list[Member], count: int) -> None:
    at = clock.read()
    already = alliance.topics.filter(measure="bench").count()
    topics = [
        Topic(alliance=alliance, name=f"Bench {n}", measure="bench", created_at=at) for n in range(already, count)
    ]
    Topic.objects.bulk_create(topics)
    speaker = Role.objects.filter(alliance=alliance, kind=RoleKind.REPRESENTATIVE)[0].person
    said = {"confirmed_at": at, "stance": 1, "salience": 10, "confirmed_by": speaker}
    Position.objects.bulk_create(
        Position(alliance=alliance, topic=topic, member=each, **said) for topic in topics for each in members
    )


def page(alliance: Alliance, rest: str, name: str) -> Workload:
    """One page of an alliance against an empty view behind the same middleware."""
    person = Role.objects.filter(alliance=alliance, kind=RoleKind.ORGANISER)[0].person
    client = client_of(person)

    def product() -> None:
        answer = client.get(f"/a/{alliance.slug}/{rest}")
        assert answer.status_code == 200, answer.status_code

    return Workload(name, product, {"empty view": lambda: client.get("/bench/empty/")}, "≤ 4 × view and SQL", times=3)


def ballots(alliance: Alliance) -> Workload:
    """A ballot over the API, changed again and again, against an empty view with the same transaction in plain SQL."""
    decision = _open(alliance)
    elector = Elector.objects.select_related("person").filter(decision=decision, person__isnull=False)[0]
    assert elector.person is not None
    client = client_of(elector.person)
    to = f"/api/v1/alliances/{alliance.slug}/decisions/{decision.number}/ballot/"

    def product() -> None:
        body = {"choice": random.choice(["yes", "no"]), "declared": True}
        answer = client.post(to, body, content_type="application/json", headers={"Idempotency-Key": str(uuid7())})
        assert answer.status_code in {200, 201}, answer.content

    def limit() -> None:
        client.get("/bench/empty/")
        _plain(alliance, decision, elector)

    return Workload("a ballot, end to end", product, {"view + plain SQL": limit}, "≤ 3.5 ×", times=5)


def _open(alliance: Alliance) -> Decision:
    opened = alliance.decisions.filter(state=DecisionState.OPEN).first()
    if opened:
        return opened
    draft = alliance.decisions.get(state=DecisionState.DRAFT)
    return open_voting(actor=draft.proposer, decision=draft)


_COPY = """CREATE TABLE IF NOT EXISTS bench_{0} (LIKE {0} INCLUDING DEFAULTS INCLUDING INDEXES)"""


def prepare_plain() -> None:
    """Tables like the real ones, for the plain transaction: what it writes shall not stand in anybody's log."""
    with connection.cursor() as cursor:
        for table in ("governance_ballotversion", "audit_event", "accounts_idempotencykey"):
            cursor.execute(_COPY.format(table))


def _plain(alliance: Alliance, decision: Decision, elector: Elector) -> None:
    """The same rows locked, read and written as by a ballot that is changed, in ten statements."""
    key, ballot = str(uuid7()), str(elector.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        run: Any = cursor.execute
        run(
            "INSERT INTO bench_accounts_idempotencykey (id, person_id, key, fingerprint, answer, created_at)"
            " VALUES ((random()*2e9)::bigint, %s, %s, '', '', now()) ON CONFLICT DO NOTHING",
            [str(elector.person_id), key],
        )
        run("SELECT 1 FROM governance_decision WHERE id = %s FOR NO KEY UPDATE", [str(decision.pk)])
        run("SELECT clock_timestamp()")
        run("SELECT * FROM governance_decision WHERE id = %s", [str(decision.pk)])
        run("SELECT * FROM governance_elector WHERE decision_id = %s", [str(decision.pk)])
        run("SELECT id FROM governance_ballot WHERE elector_id = %s", [str(elector.pk)])
        run(
            "INSERT INTO bench_governance_ballotversion (id, ballot_id, number, choice, reason, proposed_change, salt,"
            " commitment, declared, cast_by_id, cast_at) VALUES (%s, %s, (random()*2e9)::int, 'yes', '', '', %s, %s,"
            " true, %s, now())",
            [str(uuid7()), ballot, key, chain.digest(key), str(elector.person_id)],
        )
        run("SELECT seq, hash FROM audit_stream WHERE id = %s FOR NO KEY UPDATE", [str(alliance.pk)])
        run(
            "INSERT INTO bench_audit_event (id, stream, seq, prev, hash, body, verb, subject, at)"
            " VALUES (%s, %s, (random()*2e9)::bigint, '', '', %s, 'bench', %s, now())",
            [str(uuid7()), str(alliance.pk), chain.canonical({"seat": elector.key}), str(decision.pk)],
        )
        run("UPDATE audit_stream SET at = at WHERE id = %s", [str(alliance.pk)])
