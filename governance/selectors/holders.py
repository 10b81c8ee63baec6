"""Who sits where, and whose statements are current."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import Person
from alliance.models import Alliance
from governance import rules
from governance.models import Attestation, Disclosure, Holding


@dataclass(frozen=True, slots=True)
class Holder:
    """A seat's holder at a time, as far as it decides whether they may vote."""

    holding: Holding
    attestation: Attestation | None
    """The current statement of independence."""
    disclosure: Disclosure | None
    """The current disclosure of conflicts."""
    in_term: bool

    @property
    def may_vote(self) -> bool:
        """Accepted, within the term, not suspended, and both statements current."""
        held = self.holding
        free = self.attestation is not None and self.disclosure is not None
        return held.accepted_at is not None and held.suspended_at is None and self.in_term and free


def holders_of(alliance: Alliance, at: datetime) -> list[Holder]:
    """The present holders (and nominees) of the standing seats, in the order of the seats."""
    found = _with_statements(Holding.objects.current().filter(alliance=alliance, seat__abolished_at__isnull=True))
    return [_holder(each, at) for each in found.order_by("seat__created_at", "seat__pk")]


def holder_of(holding: Holding, at: datetime) -> Holder:
    """One holder, read anew."""
    return _holder(_with_statements(Holding.objects.filter(pk=holding.pk)).get(), at)


def accepted_in(alliance: Alliance) -> Any:
    """Who holds the standing seats, having accepted them."""
    found = Holding.objects.current().accepted().filter(alliance=alliance, seat__abolished_at__isnull=True)
    return found.select_related("seat", "person", "alliance")


def seat_of(person: Person, alliance: Alliance) -> Holding | None:
    """The seat that a person holds or is named for in an alliance."""
    found = Holding.objects.current().filter(alliance=alliance, person=person)
    return found.select_related("seat", "person", "alliance").first()


def _with_statements(holdings: Any) -> Any:
    joined = holdings.select_related("seat", "seat__member__organisation", "person", "appointed_by__organisation")
    return joined.prefetch_related("attestations", "disclosures", "person__affiliations")


def _holder(holding: Holding, at: datetime) -> Holder:
    changed_on = job_changed_on(holding.person, at.date())
    statements = [
        each
        for each in holding.attestations.all()
        if each.witnessed
        and each.text_version == rules.INDEPENDENCE_VERSION
        and rules.statement_is_current(each.signed_at, at=at, job_changed_on=changed_on)
    ]
    disclosures = [
        each for each in holding.disclosures.all() if each.witnessed and rules.statement_is_current(each.made_at, at=at)
    ]
    return Holder(
        holding=holding,
        attestation=max(statements, key=lambda each: (each.signed_at, each.pk), default=None),
        disclosure=max(disclosures, key=lambda each: (each.made_at, each.pk), default=None),
        in_term=holding.witnessed and holding.starts_on <= at.date() < holding.ends_on,
    )


def job_changed_on(person: Person, today: date) -> date | None:
    """The last day on which a person began or ended work for an organisation."""
    days = [day for each in person.affiliations.all() for day in (each.starts_on, each.ends_on) if day and day <= today]
    return max(days, default=None)


def alliances_seen_by(person: Person) -> Any:
    """The alliances that a person sees because they hold a seat, or are named for one."""
    return Holding.objects.current().filter(person=person).order_by().values("alliance")


def holders_held_by(person: Person, at: datetime) -> list[Holder]:
    """The seats that a person holds or is named for, in all alliances."""
    found = _with_statements(Holding.objects.current().filter(person=person, seat__abolished_at__isnull=True))
    return [_holder(each, at) for each in found.select_related("alliance").order_by("appointed_at", "pk")]
