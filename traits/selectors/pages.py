"""What the readiness pages show, from the newest stored assessment: a fixed, small number of queries."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from alliance.models import Alliance
from alliance.selectors.claims import claimed
from alliance.states import Profile
from traits.freshness import Lapse
from traits.indicators.registry import REGISTRY
from traits.mending import Step, in_the_way
from traits.models import Acknowledgement, Assessment, ToldCheck
from traits.selectors.attached import attached_counts, attached_to
from traits.selectors.chartered import NoticeRow, next_lapses, open_notices
from traits.selectors.directory import directory_of
from traits.selectors.mending import Asked, RemedyRow, asks_of, href_of, remedy_rows, words_of
from traits.selectors.told import ToldAndFound, told_and_found
from traits.states import HOLDS, MEANING, Level, Trait, Verdict

MOST_BEFORE = 6


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator as a page shows it; `steps` are words and address of what mends it."""

    id: str
    name: str
    verdict: str
    verdict_word: str
    blocks: bool
    acknowledged: bool
    figure: str
    threshold: str
    advice: str
    subjects: list[str]
    steps: list[tuple[str, str]]
    evidence: str
    evidence_href: str
    at: datetime | None
    attached: tuple[int, str] = (0, "")
    """How many pieces of evidence are attached to what it reads, and where they are listed."""

    @property
    def stands_in_the_way(self) -> bool:
        if self.verdict == Verdict.WARN:
            return not self.acknowledged
        return self.blocks and self.verdict not in HOLDS


@dataclass(frozen=True, slots=True)
class TraitRow:
    """One trait as a page shows it: how many of its blocking indicators pass, its level, its indicators."""

    key: str
    name: str
    text: str
    level: str
    level_word: str
    passed: int
    total: int
    href: str
    indicators: list[IndicatorRow]


Able = Callable[[Step], bool]


def trait_rows(
    assessment: Assessment,
    alliance: Alliance,
    able: Able = lambda step: False,
    attached: Mapping[str, int] = MappingProxyType({}),
) -> list[TraitRow]:
    """The five traits of an assessment, each with its indicators, what stands in the way first.

    `able` says which steps the viewer may take: those alone are links. `attached` counts the viewer's attached evidence
    by kind of record.
    """
    found = [_indicator(each, alliance, able) for each in assessment.indicators]
    rows = [replace(row, attached=attached_to(row.id, attached, alliance)) for row in found]
    page = reverse("traits:readiness", args=[alliance.slug])
    return [
        _trait(trait, assessment, [row for row in rows if REGISTRY[row.id].trait == trait], page) for trait in Trait
    ]


def _trait(trait: Trait, assessment: Assessment, rows: list[IndicatorRow], page: str) -> TraitRow:
    level = Level(assessment.levels[trait])
    blocking = [row for row in rows if row.blocks]
    return TraitRow(
        key=trait,
        name=str(trait.label),
        text=str(MEANING[trait]),
        level=level,
        level_word=str(level.label),
        passed=sum(row.verdict in HOLDS for row in blocking),
        total=len(blocking),
        href=f"{page}#{trait}",
        indicators=sorted(rows, key=_order),
    )


_ORDER = [Verdict.FAIL, Verdict.NO_DATA, Verdict.WARN, Verdict.PASS, Verdict.DOES_NOT_APPLY]


def _order(row: IndicatorRow) -> tuple[bool, int, str]:
    return not row.stands_in_the_way, _ORDER.index(Verdict(row.verdict)), row.id


def _indicator(kept: dict[str, Any], alliance: Alliance, able: Able) -> IndicatorRow:
    known = REGISTRY[kept["id"]]
    verdict = Verdict(kept["verdict"])
    is_open = verdict not in {Verdict.PASS, Verdict.DOES_NOT_APPLY}
    return IndicatorRow(
        id=known.id,
        name=str(known.name),
        verdict=verdict,
        verdict_word=str(verdict.label),
        blocks=kept["blocks"],
        acknowledged=kept["acknowledged"],
        figure=capfirst(kept["figure"]) or str(verdict.label),
        threshold=kept["threshold"],
        advice=kept["advice"],
        subjects=kept["subjects"],
        steps=_steps(kept, alliance, able) if is_open else [],
        evidence=kept["by"] or (_page_name(known.page) if kept["figure"] else ""),
        evidence_href=reverse(known.page, args=[alliance.slug]),
        at=parse_datetime(kept["at"]) if kept["at"] else None,
    )


def _steps(kept: dict[str, Any], alliance: Alliance, able: Able) -> list[tuple[str, str]]:
    """(words, address) of what mends it and the viewer may do; else where to see who may."""
    steps = [Step(*each) for each in kept.get("mending", ())]
    found = [(words_of(step, alliance), href_of(step, alliance)) for step in steps if able(step)]
    return found or ([(_("See who may mend it"), "#in-the-way")] if steps and in_the_way(kept) else [])


def _page_name(page: str) -> str:
    return {
        "alliance:members": _("Members"),
        "alliance:interests": _("Interests"),
        "alliance:value": _("Value"),
        "alliance:control": _("Shared control"),
        "governance:committee": _("Committee"),
    }[page]


def verdict_in_words(assessment: Assessment) -> str:
    """ "Ready. 16 of 16 indicators hold under Essential; 21 of 30 under Strict.": the profile stands beside it."""
    word = _("Ready") if assessment.gate else _("Not ready")
    said = _("%(verdict)s. %(passing)s of %(blocking)s indicators hold under %(profile)s")
    if assessment.profile != Profile.STRICT:
        said += _("; %(strict)s of %(of)s under Strict")
    return f"{said}." % {
        "verdict": word,
        "profile": assessment.get_profile_display(),
        "passing": assessment.passing,
        "blocking": assessment.blocking,
        "strict": assessment.strict_passing,
        "of": assessment.strict_blocking,
    }


def missing_in_words(assessment: Assessment) -> str:
    """ "10 indicators to mend and 7 warnings to accept": what stands in the way, each counted as what it is."""
    verdicts = {each["id"]: each["verdict"] for each in assessment.indicators}
    warnings = sum(verdicts[each] == Verdict.WARN for each in assessment.missing)
    failing = len(assessment.missing) - warnings
    mend = ngettext("%(n)s indicator to mend", "%(n)s indicators to mend", failing) % {"n": failing}
    accept = ngettext("%(n)s warning to accept", "%(n)s warnings to accept", warnings) % {"n": warnings}
    return _(" and ").join(word for word, number in ((mend, failing), (accept, warnings)) if number)


def obstacles(rows: Iterable[TraitRow]) -> list[IndicatorRow]:
    """What stands between the alliance and its charter, trait by trait."""
    return [row for trait in rows for row in trait.indicators if row.stands_in_the_way]


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """The readiness page. `assessment` is None where nothing has been assessed yet."""

    assessment: Assessment | None
    traits: list[TraitRow]
    says: str
    history: list[Assessment]
    acknowledgements: list[Acknowledgement]
    told: list[ToldAndFound]
    """What the founders told at the beginning, beside what evidence says; empty where they told nothing."""
    remedies: list[RemedyRow]
    asked: list[Asked]
    lapses: list[Lapse]
    is_organiser: bool
    is_chair: bool
    notices: list[NoticeRow]
    has_claims: bool
    """Does anything on record come from a file alone?"""


def readiness_page(alliance: Alliance, person: Person, at: datetime) -> ReadinessPage:
    """The newest assessment with its traits and what mends it, those before it, warnings accepted, notices.

    Eleven statements: assessments, warnings accepted, what was told, who was asked, attached evidence, open notices,
    and the directory.
    """
    before = Assessment.objects.filter(alliance=alliance).newest_first()
    history = list(before.annotate(has_claims=claimed("alliance"))[: MOST_BEFORE + 1])
    accepted = Acknowledgement.objects.filter(alliance=alliance).select_related("acknowledged_by")
    latest = history[0] if history else None
    asked = asks_of(alliance, latest)
    directory = directory_of(alliance)
    told = ToldCheck.objects.filter(alliance=alliance).first()
    return ReadinessPage(
        assessment=latest,
        traits=(
            trait_rows(
                latest, alliance, lambda step: directory.may(person, step), attached_counts(alliance, person, at)
            )
            if latest
            else []
        ),
        says=verdict_in_words(latest) if latest else "",
        history=history[1:],
        acknowledgements=list(accepted.order_by("-acknowledged_at", "-pk")),
        told=told_and_found(told, latest) if told and latest else [],
        remedies=remedy_rows(latest, directory, person, at, asked) if latest else [],
        asked=asked,
        lapses=next_lapses(latest, at) if latest else [],
        is_organiser=directory.is_organiser(person),
        is_chair=any(each.pk == person.pk for each in directory.chairs),
        notices=open_notices(alliance, at),
        has_claims=bool(getattr(latest, "has_claims", False)),
    )
