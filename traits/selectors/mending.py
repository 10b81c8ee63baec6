"""What stands between an alliance and its charter, as a page shows it: acts, who may take them, who was asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models import Alliance
from traits.indicators.registry import REGISTRY
from traits.mending import ACTS, Remedy, Step, in_the_way, remedies
from traits.models import Ask, Assessment
from traits.selectors.directory import Directory, is_chartered
from traits.states import Who

_FIXED = _("The charter fixes this: only an amendment changes it.")
AGAIN = timedelta(days=1)
"""Nobody is asked for the same thing twice within so long."""


def words_of(step: Step, alliance: Alliance) -> str:
    """What can be done now, in words."""
    return step.words_in(chartered=is_chartered(alliance))


def href_of(step: Step, alliance: Alliance) -> str:
    """The page where the step is taken, preset with what it is about."""
    act = step.act_in(chartered=is_chartered(alliance))
    path = reverse(act.view, args=[alliance.slug, *([step.ref] if step.ref and act is ACTS[step.act] else [])])
    return f"{path}?{act.query % {'of': step.of}}" if act.query else path


@dataclass(frozen=True, slots=True)
class Asked:
    """That somebody was asked to take a step, and whether it is done."""

    key: str
    indicator: str
    indicator_name: str
    words: str
    person: Person
    asked_by: Person
    at: datetime
    done: bool


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """One act: the indicators that it clears by itself or is a part of, where, who may, and who was asked for it."""

    key: str
    words: str
    advice: str
    href: str
    indicator: str
    clears: list[str]
    helps: list[str]
    who: str
    people: list[Person]
    may: bool
    asked: list[Asked]
    askable: list[Person]
    """Those who may, and were not asked for this within the last day."""


def open_steps(assessment: Assessment | None) -> dict[str, set[str]]:
    """Indicator in the way → the keys of the steps that mend it, as last assessed."""
    kept = assessment.indicators if assessment else []
    return {each["id"]: {Step(*step).key for step in each.get("mending", ())} for each in kept if in_the_way(each)}


def key_of(ask: Ask) -> str:
    return Step(ask.act, ask.ref, ask.name, ask.of).key


def asks_of(alliance: Alliance, latest: Assessment | None, most: int = 50) -> list[Asked]:
    """Who was asked for what, newest first, and whether the newest assessment still misses it: one statement."""
    open_ones = open_steps(latest)
    found = Ask.objects.filter(alliance=alliance).select_related("person", "asked_by").order_by("-asked_at", "-pk")
    return [
        Asked(
            key=key_of(ask),
            indicator=ask.indicator,
            indicator_name=str(REGISTRY[ask.indicator].name),
            words=Step(ask.act, ask.ref, ask.name, ask.of).words,
            person=ask.person,
            asked_by=ask.asked_by,
            at=ask.asked_at,
            done=key_of(ask) not in open_ones.get(ask.indicator, set()),
        )
        for ask in found[:most]
    ]


def remedy_rows(
    assessment: Assessment, directory: Directory, person: Person, at: datetime, asked: Sequence[Asked] = ()
) -> list[RemedyRow]:
    """The acts that mend what stands in the way, what mends most first."""
    advice = {each["id"]: each["advice"] for each in assessment.indicators}
    rows = remedies(assessment.indicators)
    return [_row(each, advice[each.indicators[0]], directory, person, at, asked) for each in rows]


def _row(
    remedy: Remedy, advice: str, directory: Directory, person: Person, at: datetime, asked: Iterable[Asked]
) -> RemedyRow:
    step = remedy.step
    act = step.act_in(chartered=is_chartered(directory.alliance))
    people = directory.people(step)
    mine = [each for each in asked if each.key == step.key and not each.done]
    recent = {each.person.pk for each in mine if at - each.at < AGAIN} | {person.pk}
    return RemedyRow(
        key=step.key,
        words=words_of(step, directory.alliance),
        advice=advice if act is ACTS[step.act] else f"{advice} {_FIXED}".strip(),
        href=href_of(step, directory.alliance),
        indicator=remedy.indicators[0],
        clears=[_named(each) for each in remedy.clears],
        helps=[_named(each) for each in remedy.helps],
        who=", ".join(str(Who(each).label) for each in sorted(act.who)),
        people=people,
        may=any(each.pk == person.pk for each in people),
        asked=mine,
        askable=[each for each in people if each.pk not in recent],
    )


def _named(indicator: str) -> str:
    return f"{REGISTRY[indicator].name} ({indicator})"
