"""The earliest day on which the charter can come into force, if everybody acts today. Pure.

Most of what an alliance lacks can be mended in a day; these waits cannot be shortened, because the rules impose them:
the members' votes stay open for so many days, and rounds of shared control lie so many days apart (I3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.states import BEFORE_CHARTER
from traits.evidence import Evidence
from traits.indicators.registry import ESSENTIAL
from traits.indicators.surrender import (
    APART_DAYS,
    APART_DAYS_ESSENTIAL,
    DOMAINS,
    DOMAINS_ESSENTIAL,
    ROUNDS,
    completed_rounds,
)

FOUNDING_DAYS = 5
"""How long a vote by the founding rules stays open (DECISIONS.md), where its class says nothing else."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What must run before the charter, and until when at the earliest."""

    until: date
    because: str


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest day, and the waits that set it, the longest first; without waits it is today."""

    on: date
    waits: tuple[Wait, ...]


def earliest_charter(evidence: Evidence, profile: str = "") -> Earliest | None:
    """None where there is a charter already, or the alliance was given up."""
    head = evidence.alliance.alliance
    if head.state not in BEFORE_CHARTER:
        return None
    waits = sorted(_waits(evidence, profile or head.profile), key=lambda wait: wait.until, reverse=True)
    return Earliest(max([evidence.today, *(wait.until for wait in waits)]), tuple(waits))


def _waits(evidence: Evidence, profile: str) -> Iterator[Wait]:
    is_essential = profile == ESSENTIAL
    if len(evidence.core_domains) < (DOMAINS_ESSENTIAL if is_essential else DOMAINS):
        yield _vote(evidence, "set_core_domains", _("The members’ vote on the core domains"))
    if not any(each.office == "chair" and each.ends_at is None for each in evidence.governance.officers):
        yield _vote(evidence, "elect_chair", _("The vote that elects the chair"))
    apart = APART_DAYS_ESSENTIAL if is_essential else APART_DAYS
    times = [each.completed_at.date() for each in completed_rounds(evidence) if each.completed_at]
    if len(times) < ROUNDS or times[-1] - times[0] < timedelta(days=apart):
        until = max((times[0] if times else evidence.today) + timedelta(days=apart), evidence.today)
        because = ngettext(
            "The first and the last round of shared control lie one day apart.",
            "The first and the last round of shared control lie %(days)s days apart.",
            apart,
        )
        yield Wait(until, because % {"days": apart})


def _vote(evidence: Evidence, effect: str, name: str) -> Wait:
    """Until an open vote with this effect closes; or, where none is open, for as long as one begun today stays open."""
    closes = [
        each.closes_at.date()
        for each in evidence.governance.decisions
        if each.effect == effect and each.state == "open" and each.closes_at
    ]
    if closes:
        until = max(min(closes), evidence.today)
        return Wait(until, _("%(vote)s is open until %(day)s.") % {"vote": name, "day": date_format(until, "j F Y")})
    founding = next((each for each in evidence.governance.classes if each.is_founding), None)
    days = (founding.open_days if founding else None) or FOUNDING_DAYS
    until = evidence.today + timedelta(days=days)
    open_for = ngettext("%(vote)s stays open %(days)s day.", "%(vote)s stays open %(days)s days.", days)
    return Wait(until, open_for % {"vote": name, "days": days})


def still(earliest_on: date | None, today: date) -> date | None:
    """The earliest day as it may be said today: what was reckoned on an earlier day never lies in the past."""
    return max(earliest_on, today) if earliest_on else None
