"""What lapses next, pure: evidence that holds for a time, the day from which it no longer does, and who renews it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from alliance.schemas import Exhibit
from governance import rules
from traits.evidence import Evidence
from traits.indicators.governance import has_attested
from traits.indicators.self_interest import FRESH_DAYS, STRONG
from traits.indicators.surrender import REVIEW_DAYS
from traits.mending import Step

WARN_DAYS = (30, 7)
"""It is announced so many days before it lapses."""
KINDS: dict[str, Any] = {
    "interests": _("Interests of %(name)s"),
    "attestation": _("Independence statement of %(name)s"),
    "disclosure": _("Disclosure of %(name)s"),
    "review": _("Counsel’s review"),
    "term": _("Term of %(name)s"),
    "acting_chair": _("The acting chair’s 90 days"),
    "exhibit": _("Evidence “%(name)s”"),
}


class Lapse(NamedTuple):
    """One piece of evidence: its kind, the day from which it no longer counts (ISO), and the step that renews it."""

    kind: str
    on: str
    step: Step

    @property
    def day(self) -> date:
        return date.fromisoformat(self.on)

    @property
    def words(self) -> str:
        return str(KINDS[self.kind]) % {"name": self.step.name}


def lapses_of(evidence: Evidence, kinds: Collection[str] = KINDS) -> list[Lapse]:
    """Everything current that will lapse, soonest first. What has lapsed already is a finding of the check.

    `kinds` names those to look at; the others are left out.
    """
    sources = [find for find, found in _SOURCES.items() if found & set(kinds)]
    return in_order(lapse for find in sources for lapse in find(evidence) if lapse.kind in kinds)


def in_order(lapses: Iterable[Lapse]) -> list[Lapse]:
    """Soonest first."""
    return sorted(lapses, key=lambda each: (each.on, each.kind, each.step))


def _interests(evidence: Evidence) -> Iterator[Lapse]:
    """Each member's newest confirmation of a self-interest that matters to it (S1)."""
    for member, interests in evidence.self_interests.items():
        own = evidence.people_of(member, "representative")
        confirmed = [
            each.confirmed_at
            for each in interests
            if each.salience >= STRONG and each.confirmed_by in own and evidence.within(each.confirmed_at, FRESH_DAYS)
        ]
        if confirmed:
            name = evidence.name(member)
            yield _lapse("interests", max(confirmed), FRESH_DAYS, Step("state_positions", member, name, member))


def _statements(evidence: Evidence) -> Iterator[Lapse]:
    """Each holder's newest statement (G3) and disclosure (G5), and the end of the term."""
    for held in evidence.holders.values():
        if held is None:
            continue
        name = evidence.name(held.person)
        signed = [each.signed_at for each in evidence.counted(held.attestations)]
        if signed and has_attested(held, evidence):
            yield _lapse("attestation", max(signed), rules.STATEMENT_DAYS, Step("attest", "", name, held.person))
        made = [each.made_at for each in evidence.counted(held.disclosures)]
        if made and evidence.within(max(made), rules.STATEMENT_DAYS):
            yield _lapse("disclosure", max(made), rules.STATEMENT_DAYS, Step("disclose", "", name, held.person))
    for seat in evidence.governance.seats:
        held = evidence.holders[seat.id]
        if held is not None:
            step = Step("name_next", "", evidence.name(held.person), seat.member or "")
            yield Lapse("term", held.ends_on.isoformat(), step)


def _review(evidence: Evidence) -> Iterator[Lapse]:
    """Counsel's last review, while it clears the alliance (I5)."""
    reviews = sorted(evidence.counted(evidence.alliance.counsel_reviews), key=lambda each: each.reviewed_at)
    if reviews and reviews[-1].cleared and evidence.within(reviews[-1].reviewed_at, REVIEW_DAYS):
        yield _lapse("review", reviews[-1].reviewed_at, REVIEW_DAYS, Step("review"))


def _officers(evidence: Evidence) -> Iterator[Lapse]:
    """An acting chair's ninety days (G7)."""
    for each in evidence.counted(evidence.governance.officers):
        acts = each.office == "chair" and each.is_acting and each.ends_at is None
        if acts and evidence.within(each.starts_at, rules.ACTING_CHAIR_DAYS):
            yield _lapse("acting_chair", each.starts_at, rules.ACTING_CHAIR_DAYS, Step("elect_chair"))


def _exhibits(evidence: Evidence) -> Iterator[Lapse]:
    """Attached evidence that counts and says until when, unless newer evidence on the same record holds longer."""
    for each in evidence.exhibits:
        if each.valid_until and not any(_outlasts(other, each) for other in evidence.exhibits):
            step = Step("renew_evidence", each.id or "", each.title, each.added_by)
            yield Lapse("exhibit", (each.valid_until + timedelta(days=1)).isoformat(), step)


def _outlasts(newer: Exhibit, older: Exhibit) -> bool:
    same = (newer.kind, newer.record) == (older.kind, older.record)
    longer = newer.valid_until is None or (older.valid_until is not None and newer.valid_until > older.valid_until)
    return same and longer and newer.added_at > older.added_at


_SOURCES: dict[Callable[[Evidence], Iterator[Lapse]], frozenset[str]] = {
    _interests: frozenset({"interests"}),
    _statements: frozenset({"attestation", "disclosure", "term"}),
    _review: frozenset({"review"}),
    _officers: frozenset({"acting_chair"}),
    _exhibits: frozenset({"exhibit"}),
}
"""Who finds which kinds."""


def _lapse(kind: str, since: Any, days: int, step: Step) -> Lapse:
    return Lapse(kind, (since + timedelta(days=days)).date().isoformat(), step)


def kept(lapses: Iterable[Lapse]) -> list[list[Any]]:
    """As an assessment stores them."""
    return [[each.kind, each.on, list(each.step)] for each in lapses]


def read_back(stored: Iterable[Sequence[Any]]) -> list[Lapse]:
    """From an assessment."""
    return [Lapse(kind, on, Step(*step)) for kind, on, step in stored]


def step_due(lapse: Lapse, today: date) -> int | None:
    """Which announcement is due: 7 or 30 days before; the nearer where both are, none once it has lapsed."""
    left = (lapse.day - today).days
    if left < 0:
        return None
    due = [days for days in WARN_DAYS if left <= days]
    return min(due) if due else None
