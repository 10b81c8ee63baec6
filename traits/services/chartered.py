"""After chartering, by the clock: notices of drops, and what lapses announced before it does."""

from datetime import datetime

from django.db import transaction

from alliance.models import Alliance
from alliance.services.locking import lock
from alliance.states import LIVING, State
from audit.services import record
from traits.drops import changes, cure_by, drops_of
from traits.evidence import Evidence
from traits.freshness import Lapse, read_back, step_due
from traits.gate import Reading
from traits.models import Announcement, Assessment, DropNotice

CHARTERED = frozenset({State.ACTIVE, State.SUSPENDED})


def settle_notices(alliance: Alliance, assessment: Assessment, evidence: Evidence, reading: Reading) -> None:
    """Open a notice for each new substantive drop and close those that are cured, in the assessment's transaction.

    One event tells of all that opened, one of all that closed. Before the charter nothing is noticed. Where `reading`
    holds only some indicators, the notices of the others stay as they are.
    """
    if alliance.state not in CHARTERED:
        return
    at = assessment.at
    read = [each.indicator.id for each in reading.judged]
    standing = DropNotice.objects.filter(alliance=alliance, closed_at__isnull=True, indicator__in=read)
    open_ones = {each.indicator: each for each in standing}
    dropped, cured = changes(sorted(open_ones), drops_of(evidence, reading))
    if cured:
        found = [open_ones[each].pk for each in cured]
        DropNotice.objects.filter(pk__in=found).update(closed_at=at, closed_by=assessment)
        _tell("cured", alliance, assessment, cured, at)
    if dropped:
        DropNotice.objects.bulk_create(
            DropNotice(alliance=alliance, indicator=each, opened_by=assessment, opened_at=at, cure_by=cure_by(at))
            for each in dropped
        )
        _tell("noticed", alliance, assessment, dropped, at)


def _tell(what: str, alliance: Alliance, assessment: Assessment, indicators: list[str], at: datetime) -> None:
    data = {"indicators": indicators}
    record(f"traits.drop.{what}", stream=alliance.pk, subject=assessment.pk, at=at, data=data)


@transaction.atomic
def announce_lapses(*, alliance: Alliance) -> int:
    """Announce what lapses within 30 and within 7 days, each once; says how many were new. The clock's own act."""
    alliance, at = lock(alliance)
    latest = Assessment.objects.latest_of(alliance)
    if latest is None or alliance.state not in LIVING:
        return 0
    return sum(_announce(alliance, each, at) for each in read_back(latest.lapses))


def _announce(alliance: Alliance, lapse: Lapse, at: datetime) -> bool:
    days = step_due(lapse, at.date())
    if days is None:
        return False
    step = lapse.step
    announced, is_new = Announcement.objects.get_or_create(
        alliance=alliance,
        kind=lapse.kind,
        of=step.of,
        name=step.name,
        lapses_on=lapse.day,
        days=days,
        defaults={"announced_at": at},
    )
    if is_new:
        data = {"kind": lapse.kind, "days": days, "on": lapse.on}
        record("traits.lapse.announced", stream=alliance.pk, subject=announced.pk, at=at, data=data)
    return is_new
