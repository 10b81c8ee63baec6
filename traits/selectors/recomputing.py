"""What an assessment finds: the whole, or after events only what they touch, with the other verdicts as last read.

The basis of an assessment is what the next one needs to build upon it:

- `until`: the first moment at which time alone may move one of its verdicts, at the latest the day's end (UTC);
- `here`, `people`: how far the alliance's log, and that of people and organisations, went before anything was read;
- `under`: by what program, with which keys and in which language it was read;
- `strict`: the indicators that hold in the strict reading.

The places in the logs are taken before the facts are: what is committed in between is read twice, never left out.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from alliance.models import Alliance
from alliance.sealing import key_ids
from audit.models import SYSTEM, Event, Stream
from traits.earliest import earliest_charter
from traits.evidence import Evidence
from traits.facts import EARLIEST, INDICATORS, LAPSES, Facts, changed_by, rows_reading
from traits.freshness import in_order, kept, lapses_of, read_back
from traits.gate import Judged, Reading, indicator_document, read
from traits.indicators.registry import REGISTRY
from traits.mending import steps_of
from traits.models import Assessment
from traits.partial import NotDeclared, joined, names_all, only
from traits.selectors.reading import evidence_of

READING = ("accounts", "alliance", "governance", "traits")
"""The apps whose rules, schemas and selectors have a part in a verdict."""


@dataclass(frozen=True, slots=True)
class Found:
    """One reading as it is stored. `anew` are the verdicts that were read now: all of them, but after events.

    `basis` is what the next assessment needs to build upon this one; empty where it cannot.
    """

    evidence: Evidence
    anew: Reading
    reading: Reading
    indicators: list[dict[str, Any]]
    earliest_on: date | None
    earliest_because: list[str]
    lapses: list[list[Any]]
    basis: dict[str, Any]
    upon: str = ""
    """The digest of the assessment that it builds upon."""


def whole(alliance: Alliance, *, at: datetime) -> Found:
    """Everything, gathered and read anew."""
    places = _places(alliance)
    evidence = evidence_of(alliance, at=at)
    reading = read(evidence)
    earliest_on, because = _earliest(evidence)
    return Found(
        evidence=evidence,
        anew=reading,
        reading=reading,
        indicators=[_stored(each, evidence, reading.profile) for each in reading.judged],
        earliest_on=earliest_on,
        earliest_because=because,
        lapses=kept(lapses_of(evidence)),
        basis=_basis(reading, evidence.holds_until, places),
    )


def after_events(alliance: Alliance, last: Assessment, *, at: datetime) -> Found | None:
    """What the events since the last assessment touch, read anew; all else as it was last read.

    None where only the whole will do: there is nothing to build upon, a new day has begun or a moment has come at
    which time alone moves a verdict, the profile is another, or an event may have changed any fact.
    """
    if not _can_build_upon(last, alliance, at):
        return None
    places = _places(alliance)
    changed = changed_by(_verbs_since(last))
    if changed is None:
        return None
    try:
        return _touched(alliance, last, changed, at, places)
    except NotDeclared:
        return None


def is_untouched(last: Assessment) -> bool:
    """Has nothing been told since, here or of people and organisations, that changes a fact?"""
    return bool(last.basis) and changed_by(_verbs_since(last)) == frozenset()


def _can_build_upon(last: Assessment, alliance: Alliance, at: datetime) -> bool:
    if not last.basis or last.profile != alliance.profile or not names_all(last.indicators):
        return False
    return last.basis["under"] == _under() and last.at <= at < datetime.fromisoformat(last.basis["until"])


def _verbs_since(last: Assessment) -> set[str]:
    """What has happened here, and to people and organisations, since then. One statement."""
    here = Q(stream=last.alliance_id, seq__gt=last.basis["here"])
    there = Q(stream=SYSTEM, seq__gt=last.basis["people"])
    return set(Event.objects.filter(here | there).values_list("verb", flat=True).distinct())


def _places(alliance: Alliance) -> dict[str, int]:
    """How far both logs go: what is done later has not been read."""
    found = dict(Stream.objects.filter(pk__in=[alliance.pk, SYSTEM]).values_list("pk", "seq"))
    return {"here": found.get(alliance.pk, 0), "people": found.get(SYSTEM, 0)}


def _under() -> str:
    """What a verdict depends on beside the record and the time: the program, the keys of worksheets, the language."""
    parts = [_program(), *key_ids(), get_language() or ""]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _program() -> str:
    """The program as it runs: another release judges otherwise, so nothing builds upon what an earlier one read."""
    home = settings.BASE_DIR
    sources = sorted(path for app in READING for path in (home / app).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _touched(alliance: Alliance, last: Assessment, changed: Facts, at: datetime, places: dict[str, int]) -> Found:
    keys, kinds = rows_reading(INDICATORS, changed), rows_reading(LAPSES, changed)
    waits = bool(EARLIEST & changed)
    rows = [*(INDICATORS[key] for key in keys), *(LAPSES[kind] for kind in kinds), *([EARLIEST] if waits else [])]
    facts: Facts = frozenset().union(*rows)
    evidence = only(evidence_of(alliance, at=at, facts=facts), facts)
    anew = read(evidence, last.profile, [REGISTRY[key] for key in keys])
    reading = joined(anew, last.indicators, last.basis["strict"], evidence)
    earliest_on, because = _earliest(evidence) if waits else (last.earliest_on, last.earliest_because)
    lapses = [each for each in read_back(last.lapses) if each.kind not in kinds] + lapses_of(evidence, kinds)
    until = min(evidence.holds_until, datetime.fromisoformat(last.basis["until"]))
    return Found(
        evidence=evidence,
        anew=anew,
        reading=reading,
        indicators=_with_stored(reading, set(keys), last, evidence),
        earliest_on=earliest_on,
        earliest_because=because,
        lapses=kept(in_order(lapses)),
        basis=_basis(reading, until, places),
        upon=last.digest,
    )


def _with_stored(reading: Reading, anew: set[str], last: Assessment, evidence: Evidence) -> list[dict[str, Any]]:
    before = {each["id"]: each for each in last.indicators}
    return [
        _stored(each, evidence, reading.profile)
        if each.indicator.id in anew
        else {**before[each.indicator.id], "acknowledged": each.acknowledged}
        for each in reading.judged
    ]


def _stored(judged: Judged, evidence: Evidence, profile: str) -> dict[str, Any]:
    """A verdict as it is kept: as it is printed, and what mends it."""
    return {**indicator_document(judged), "mending": [list(step) for step in steps_of(judged, evidence, profile)]}


def _earliest(evidence: Evidence) -> tuple[date | None, list[str]]:
    found = earliest_charter(evidence)
    return (found.on, [wait.because for wait in found.waits]) if found else (None, [])


def _basis(reading: Reading, until: datetime, places: dict[str, int]) -> dict[str, Any]:
    return {"until": until.isoformat(), **places, "under": _under(), "strict": sorted(reading.strict_holding)}
