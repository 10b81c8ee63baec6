"""What readiness puts on an alliance's pages: the five traits, what blocks, and findings about interests."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import combinations
from math import isnan
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.panels import Card, finish_cards
from alliance.models import Alliance, Position
from alliance.panels import INTERESTS, INTERESTS_FOOT, OVERVIEW_LEAD, OVERVIEW_SIDE, Panel, add_panel
from alliance.rules import is_anonymous
from alliance.sentences import add_sentences
from alliance.states import BEFORE_CHARTER
from traits.analysis import (
    FULL_SALIENCE,
    Interests,
    TopicFigures,
    Trade,
    alliance_alignment,
    best_trades,
    clusters,
    interests_of,
    pair_alignments,
    topic_figures,
)
from traits.analysis.topics import FULL_TENSION, TENSE
from traits.earliest import still
from traits.models import Assessment
from traits.selectors.chartered import open_notices
from traits.selectors.coverage import coverage_of
from traits.selectors.directory import directory_of
from traits.selectors.mending import remedy_rows
from traits.selectors.pages import missing_in_words, trait_rows, verdict_in_words
from traits.states import SHORT, Level, Trait

HUNDREDTH = Decimal("0.01")
MOST_TRADES_SHOWN = 3
MOST_CLUSTERED = 200
MOST_REMEDIES = 6


SENTENCES = {
    "traits.alliance.assessed": gettext_lazy(
        "Readiness assessed: %(passing)s of %(blocking)s blocking indicators pass"
    ),
    "traits.check.told": gettext_lazy("Fifteen answers of the founders were kept"),
    "traits.warning.acknowledged": gettext_lazy("A warning of %(indicator)s was accepted"),
    "traits.mending.asked": gettext_lazy("Somebody was asked to mend %(indicator)s"),
    "traits.drop.noticed": gettext_lazy("Dropped below what the charter asks: %(indicators)s. 30 days to cure it"),
    "traits.drop.cured": gettext_lazy("Cured: %(indicators)s"),
    "traits.pulse.opened": gettext_lazy("Members were asked what they think"),
    "traits.pulse.answered": gettext_lazy("A member said what it thinks"),
    "traits.lapse.announced": gettext_lazy("Announced: something lapses soon; days left, at most: %(days)s"),
    "traits.saving.published": gettext_lazy(
        "Published: what members save against paying alone, rounded, summed over %(contributors)s groups"
    ),
}
"""What this app's events mean, for the feed (alliance/sentences.py)."""


def register() -> None:
    """Add the panels to their places; called once, when the app is ready."""
    add_sentences(SENTENCES)
    finish_cards(add_levels)
    add_panel(OVERVIEW_SIDE, five_traits)
    add_panel(OVERVIEW_LEAD, what_blocks, first=True)
    add_panel(OVERVIEW_LEAD, drop_notices, first=True)
    add_panel(INTERESTS_FOOT, topic_findings)
    add_panel(INTERESTS, interest_cards)


def add_levels(cards: Sequence[Card], person: Person, at: datetime) -> None:
    """Five strands on each of the home page's cards, from the newest assessments: one statement."""
    newest = Assessment.objects.filter(alliance=OuterRef("alliance")).newest_first().values("pk")[:1]
    found = Assessment.objects.filter(alliance__in=[card.id for card in cards], pk=Subquery(newest))
    latest = {each.alliance_id: each for each in found}
    for card in cards:
        assessment = latest.get(card.id)
        if assessment:
            card.levels = " ".join(assessment.levels[trait] for trait in Trait)
            in_place = sum(level == Level.IN_PLACE for level in assessment.levels.values())
            card.traits_word = _("%(count)s of 5 traits in place") % {"count": in_place}


def five_traits(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """The radar with its table, from the newest assessment."""
    latest = Assessment.objects.latest_of(alliance)
    if latest is None:
        return None
    rows = [replace(row, name=str(SHORT[Trait(row.key)])) for row in trait_rows(latest, alliance)]
    says = verdict_in_words(latest)
    return Panel("traits/_five_traits.html", {"traits": rows, "says": says, "assessment": latest})


def what_blocks(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """What stands between the alliance and its charter, as acts: what mends most first."""
    if alliance.state not in BEFORE_CHARTER:
        return None
    latest = Assessment.objects.latest_of(alliance)
    if latest is None:
        return None
    rows = remedy_rows(latest, directory_of(alliance), person, at) if latest.missing else []
    earliest_on = still(latest.earliest_on, at.date())
    said = missing_in_words(latest)
    shown = {"rows": rows[:MOST_REMEDIES], "said": said, "more": max(len(rows) - MOST_REMEDIES, 0)}
    return Panel("traits/_what_blocks.html", {**shown, "assessment": latest, "earliest_on": earliest_on})


def drop_notices(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """After chartering: what dropped, and how long there is to cure it."""
    if alliance.state in BEFORE_CHARTER:
        return None
    notices = open_notices(alliance, at)
    return Panel("traits/_drop_notices.html", {"notices": notices}) if notices else None


@dataclass(frozen=True, slots=True)
class _Tables:
    """Positions of admitted members by name: `open` ones, which findings may name, `told` ones, which sums count."""

    open: Interests
    told: Interests


def _tables(alliance: Alliance) -> _Tables:
    topics = list(alliance.topics.order_by("created_at", "pk").values_list("pk", "name"))
    members = dict(
        alliance.members.admitted().order_by("organisation__name", "pk").values_list("pk", "organisation__name")
    )
    stated = Position.objects.on_its_words().filter(alliance=alliance, member__in=members)
    positions = list(stated.order_by("pk"))
    hidden: dict[object, list[int]] = {}
    for each in positions:
        if each.is_confidential:
            hidden.setdefault(each.topic_id, []).append(each.salience)
    counted = {topic for topic, weights in hidden.items() if is_anonymous(weights)}
    return _Tables(
        open=_table(topics, members, positions, frozenset()),
        told=_table(topics, members, positions, counted),
    )


def _table(
    topics: list[tuple[Any, str]], members: dict[Any, str], positions: list[Position], counted: Collection[object]
) -> Interests:
    """One row a member, named once; of confidential positions only those on `counted` topics."""
    rows: dict[object, dict[object, tuple[int, int]]] = {member: {} for member in members}
    for each in positions:
        if not each.is_confidential or each.topic_id in counted:
            rows[each.member_id][each.topic_id] = (each.stance, each.salience)
    readings = {members[member]: [row.get(pk) for pk, _name in topics] for member, row in rows.items()}
    return interests_of([name for _pk, name in topics], readings)


def topic_findings(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """Rows under the heat map: shared ground or tension, and their figures, topic by topic."""
    tables = _tables(alliance)
    if not tables.open.topics or not tables.open.members:
        return None
    figures = _figures(tables)
    findings = [
        {"title": _("Finding"), "meaning": "", "cells": [_mark(each) for each in figures]},
        _line(_("Support"), "support", [each.support for each in figures]),
        _line(_("Polarisation"), "polarisation", [each.polarisation for each in figures]),
        _line(_("Tension"), "tension", [None if each.support is None else each.tension for each in figures]),
    ]
    return Panel("", {"findings": findings, "alignment": _number(alliance_alignment(tables.told))})


def _figures(tables: _Tables) -> list[TopicFigures]:
    """Sums over what may be told; tension, which rests on two members, over what is open."""
    return [
        replace(told, tension=said.tension, flagged=said.flagged)
        for told, said in zip(topic_figures(tables.told), topic_figures(tables.open), strict=True)
    ]


def _mark(figures: TopicFigures) -> dict[str, Any]:
    if figures.shared:
        return {"word": _("Shared"), "look": "in_place"}
    return {"word": _("Tension"), "look": "warn"} if figures.flagged else {"word": ""}


def _line(title: str, meaning: str, figures: Iterable[float | None]) -> dict[str, Any]:
    return {"title": title, "meaning": meaning, "cells": [{"word": _number(each)} for each in figures]}


def _number(figure: float | None) -> str:
    """To hundredths, half to even: 0.525 is 0.52."""
    if figure is None:
        return _("n/a")
    return number_format(Decimal(f"{figure:.9f}").quantize(HUNDREDTH, ROUND_HALF_EVEN), 2)


def interest_cards(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """Shared ground, tension, possible trades and like-minded members, in sentences; who would be harmed is named."""
    tables = _tables(alliance)
    table = tables.open
    if not table.topics or not table.members:
        return None
    figures = _figures(tables)
    return Panel(
        "traits/_interest_cards.html",
        {
            "shared": [_shared(table, index, each) for index, each in enumerate(figures) if each.shared],
            "tensions": [_tension(table, index, each) for index, each in enumerate(figures) if each.flagged],
            "trades": [_trade(each) for each in best_trades(table, MOST_TRADES_SHOWN)],
            "clusters": _clusters(table),
            "coverage": coverage_of(alliance, person),
        },
    )


def _clusters(table: Interests) -> list[dict[str, str]]:
    """Like-minded members, where there are not too many to compare while somebody waits."""
    if len(table.members) > MOST_CLUSTERED:
        return []
    likeness = pair_alignments(table)
    return [_cluster(table, group, likeness) for group in clusters(table)]


def _cluster(table: Interests, group: tuple[int, ...], likeness: Any) -> dict[str, str]:
    pairs = [float(likeness[pair]) for pair in combinations(group, 2)]
    known = [each for each in pairs if not isnan(each)]
    wanted = (table.stance[list(group)] * table.salience[list(group)]).sum(axis=0)
    most = table.topics[int(wanted.argmax())]
    names = ", ".join(table.members[place] for place in group)
    return {
        "title": names,
        "text": _("They want much the same, most of all “%(topic)s”.") % {"topic": most}
        if wanted.max() > 0
        else _("They turn down much the same."),
        "figures": _("Alignment %(alignment)s on average") % {"alignment": _number(sum(known) / len(known))},
    }


def _shared(table: Interests, topic: int, figures: TopicFigures) -> dict[str, str]:
    wanting = [name for index, name in enumerate(table.members) if table.stance[index, topic] > 0]
    return {
        "title": table.topics[topic],
        "text": _("%(count)s of %(all)s members want it: %(names)s.")
        % {"count": len(wanting), "all": len(table.members), "names": ", ".join(wanting)},
        "figures": _("Support %(support)s · polarisation %(polarisation)s")
        % {"support": _number(figures.support), "polarisation": _number(figures.polarisation)},
    }


def _tension(table: Interests, topic: int, figures: TopicFigures) -> dict[str, str]:
    """The pair that pulls hardest: who is for, who is against."""
    stance, weight = table.stance[:, topic], table.salience[:, topic]
    pairs = (
        (min(int(weight[one]), int(weight[other])) * abs(int(stance[one]) - int(stance[other])), one, other)
        for one, other in combinations(range(len(table.members)), 2)
        if stance[one] * stance[other] < 0
    )
    _strength, one, other = max(pairs)
    for_it, against = (one, other) if stance[one] > 0 else (other, one)
    return {
        "title": table.topics[topic],
        "text": _("%(first)s is for it, %(second)s against, and it matters to both.")
        % {"first": table.members[for_it], "second": table.members[against]},
        "figures": _("Tension %(tension)s · flagged from %(threshold)s")
        % {"tension": _number(figures.tension), "threshold": _number(TENSE / FULL_TENSION)},
    }


def _trade(trade: Trade) -> dict[str, str]:
    text = _("%(first)s would get “%(gets)s”, %(second)s “%(gives)s”; each values what it gets above what it gives.")
    said = {"first": trade.first, "gets": trade.first_gets, "second": trade.second, "gives": trade.second_gets}
    gains = [_number(each / FULL_SALIENCE) for each in trade.gains]
    return {
        "title": f"{trade.first} · {trade.second}",
        "text": text % said,
        "figures": _("Gains %(first)s and %(second)s") % {"first": gains[0], "second": gains[1]},
        "harmed": ", ".join(trade.harmed),
    }
