"""What waits for a person: votes, seats to accept, statements and disclosures, reports for the auditor."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.todo import Todo
from alliance.permissions import kept_apart_by
from alliance.states import LIVING, RoleKind
from governance import rules
from governance.models import Decision, Holding, InstructionReport
from governance.selectors.decisions import missing
from governance.selectors.holders import Holder, holders_held_by

SOON = timedelta(days=30)


def todos_of(person: Person, at: datetime) -> Iterable[Todo]:
    """In a fixed number of statements, whatever the number of alliances."""
    yield from _votes(person, at)
    for holder in holders_held_by(person, at):
        if holder.holding.alliance.state in LIVING:
            yield from _of_seat(holder, at)
    yield from _reports(person)


def _votes(person: Person, at: datetime) -> Iterable[Todo]:
    open_ones = Decision.objects.open_at(at).filter(Exists(missing(person))).select_related("alliance")
    for decision in open_ones.order_by("closes_at", "pk"):
        yield Todo(
            what=_("Vote: %(title)s") % {"title": decision.title},
            where=decision.alliance.name,
            url=reverse("governance:decision", args=[decision.alliance.slug, decision.number]),
            verb=_("Vote"),
            due_at=decision.closes_at,
        )


def _of_seat(holder: Holder, at: datetime) -> Iterable[Todo]:
    held = holder.holding
    if not held.accepted_at or not held.witnessed:
        yield _todo(held, _("Accept your seat: %(seat)s") % {"seat": held.seat}, "accept_seat", _("Accept"))
        return
    statement, disclosed = holder.attestation, holder.disclosure
    signed_until = statement.signed_at + timedelta(days=rules.STATEMENT_DAYS) if statement else None
    made_until = disclosed.made_at + timedelta(days=rules.STATEMENT_DAYS) if disclosed else None
    if signed_until is None or signed_until - at < SOON:
        yield _todo(held, _("Sign your independence statement"), "attest", _("Sign"), signed_until)
    if made_until is None or made_until - at < SOON:
        yield _todo(held, _("Disclose your interests"), "disclose", _("Disclose"), made_until)


def _todo(held: Holding, what: str, page: str, verb: str, due_at: datetime | None = None) -> Todo:
    url = reverse(f"governance:{page}", args=[held.alliance.slug])
    return Todo(what=what, where=held.alliance.name, url=url, verb=verb, due_at=due_at)


def _reports(person: Person) -> Iterable[Todo]:
    """Of where the person reads them (`reads_reports`): audits, is independent, and holds no seat."""
    audited = kept_apart_by(person, RoleKind.AUDITOR)
    waiting = InstructionReport.objects.filter(settled_at__isnull=True, alliance__in=audited)
    seated = Holding.objects.current().accepted().filter(alliance=OuterRef("alliance"), person=person)
    for report in waiting.exclude(Exists(seated)).select_related("alliance").order_by("reported_at", "pk"):
        yield Todo(
            what=_("Settle a report in confidence"),
            where=report.alliance.name,
            url=reverse("governance:reports", args=[report.alliance.slug]),
            verb=_("Read"),
            due_at=report.reported_at + SOON,
        )
