"""Readiness over time: the assessments, page by page, and what changed between any two of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.models import Alliance
from alliance.selectors.events import Told, tell
from audit.models import Event
from traits.comparing import LevelChange, VerdictChange, level_changes, verdict_changes
from traits.indicators.registry import REGISTRY
from traits.models import Assessment
from traits.states import SHORT, Level, Trait, Verdict

A_PAGE = 25
MOST_EVENTS = 100
MOST_TIMES = 800
"""How many assessments the picture reaches back: two years of nights."""
ITSELF = "traits.alliance.assessed"
WHY = {
    "asked": gettext_lazy("Somebody asked"),
    "changed": gettext_lazy("Something changed"),
    "nightly": gettext_lazy("Nightly"),
    "acknowledged": gettext_lazy("A warning was accepted"),
    "imported": gettext_lazy("Taken in from a file"),
    "to_ready": gettext_lazy("To become ready"),
    "recheck": gettext_lazy("Still ready?"),
    "to_ratifying": gettext_lazy("To open the signing"),
    "to_active": gettext_lazy("To bring the charter into force"),
    "to_suspend": gettext_lazy("To suspend"),
    "to_return": gettext_lazy("To return from suspension"),
}
"""The act that asked for an assessment, in words."""


@dataclass(frozen=True, slots=True)
class LevelMark:
    level: str
    word: str
    trait: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One assessment: its five levels, and how many indicators read otherwise than in the one before."""

    assessment: Assessment
    why: str
    levels: list[LevelMark]
    changed: int | None
    before: UUID | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The five levels over time: for each trait its level at each time, oldest first, holding until `until`."""

    times: list[datetime]
    until: datetime
    lanes: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class History:
    page: Page[Any]
    rows: list[HistoryRow]
    traits: list[str]
    timeline: Timeline | None


def history_of(alliance: Alliance, at: datetime, number: Any = 1) -> History:
    """A page of assessments, newest first, each compared with the one before it, and the levels over time.

    Four statements.
    """
    page = Paginator(Assessment.objects.filter(alliance=alliance).newest_first(), A_PAGE).get_page(number)
    shown = list(page.object_list)
    oldest = shown[-1].seq if shown else 0
    earlier = Assessment.objects.filter(alliance=alliance, seq__lt=oldest).newest_first().first()
    rows = [_row(each, before) for each, before in zip(shown, [*shown[1:], earlier], strict=True)] if shown else []
    return History(page, rows, [str(SHORT[trait]) for trait in Trait], timeline_of(alliance, at))


def timeline_of(alliance: Alliance, until: datetime) -> Timeline | None:
    """The levels of the newest assessments, oldest first; None while there are fewer than two. One statement."""
    newest = Assessment.objects.filter(alliance=alliance).newest_first().values_list("at", "levels")
    found = list(newest[:MOST_TIMES])[::-1]
    if len(found) < 2:
        return None
    lanes = [(str(SHORT[trait]), [levels.get(trait, "") for _at, levels in found]) for trait in Trait]
    return Timeline([at for at, _levels in found], until, lanes)


def _row(each: Assessment, before: Assessment | None) -> HistoryRow:
    return HistoryRow(
        assessment=each,
        why=str(WHY.get(each.why, each.why)),
        levels=[_mark(trait, each.levels.get(trait, "")) for trait in Trait],
        changed=len(verdict_changes(before.indicators, each.indicators)) if before else None,
        before=before.pk if before else None,
    )


def _mark(trait: str, level: str) -> LevelMark:
    word = str(Level(level).label) if level in Level.values else "–"
    return LevelMark(level, word, str(SHORT[Trait(trait)]))


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """An indicator that reads otherwise, in words."""

    id: str
    name: str
    before: str
    before_word: str
    before_figure: str
    after: str
    after_word: str
    after_figure: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two assessments, the earlier first: what reads otherwise, and the events between them, newest first."""

    before: Assessment
    after: Assessment
    levels: list[tuple[str, LevelMark, LevelMark]]
    indicators: list[IndicatorChange]
    events: list[Told]
    more_events: int


def chosen(alliance: Alliance, before: UUID | None, after: UUID | None) -> tuple[Assessment, Assessment] | None:
    """These two assessments of the alliance; the newest, and the one before it, for what is not named.

    The only one is compared with itself. None where there is none, or the alliance has none of that name.
    """
    found = Assessment.objects.filter(alliance=alliance).select_related("alliance").newest_first()
    second = found.filter(pk=after).first() if after else found.first()
    if second is None:
        return None
    if not before:
        return found.filter(seq__lt=second.seq).first() or second, second
    first = found.filter(pk=before).first()
    return (first, second) if first else None


def compare(before: Assessment, after: Assessment) -> Comparison:
    """Any two of one alliance, in either order; the events in between say through what it changed."""
    if before.seq > after.seq:
        before, after = after, before
    found = Event.objects.filter(stream=after.alliance_id, seq__gt=before.seq, seq__lte=after.seq).exclude(verb=ITSELF)
    events = list(found.order_by("-seq")[: MOST_EVENTS + 1])
    return Comparison(
        before=before,
        after=after,
        levels=[_level(each) for each in level_changes(before.levels, after.levels)],
        indicators=[_change(each) for each in verdict_changes(before.indicators, after.indicators)],
        events=tell(after.alliance, events[:MOST_EVENTS]),
        more_events=found.count() - MOST_EVENTS if len(events) > MOST_EVENTS else 0,
    )


def _level(each: LevelChange) -> tuple[str, LevelMark, LevelMark]:
    return str(Trait(each.trait).label), _mark(each.trait, each.before), _mark(each.trait, each.after)


def _change(each: VerdictChange) -> IndicatorChange:
    return IndicatorChange(
        each.indicator,
        str(REGISTRY[each.indicator].name) if each.indicator in REGISTRY else each.indicator,
        *_said(each.before),
        *_said(each.after),
        notes=_notes(each),
    )


def _said(kept: Any) -> tuple[str, str, str]:
    if kept is None:
        return "", "–", ""
    return kept["verdict"], str(Verdict(kept["verdict"]).label), capfirst(kept["figure"])


def _notes(each: VerdictChange) -> list[str]:
    before, after = each.before or {}, each.after or {}
    notes = []
    if each.named_since:
        notes.append(_("Named since: %(names)s") % {"names": ", ".join(each.named_since)})
    if each.named_no_more:
        notes.append(_("Named no more: %(names)s") % {"names": ", ".join(each.named_no_more)})
    if before.get("acknowledged") != after.get("acknowledged"):
        notes.append(_("Accepted by the chair") if after.get("acknowledged") else _("No longer accepted"))
    if before.get("threshold") != after.get("threshold"):
        notes.append(_("The threshold is another: %(threshold)s") % {"threshold": after.get("threshold", "–")})
    return notes
