"""Four reasons for value, expected against measured, and what an alliance brings: a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Person
from accounts.permissions import may
from alliance.models import Alliance, Contribution, Expectation, Member, Opportunity, Relation
from alliance.money import money
from alliance.panels import VALUE, Panel, add_panel
from alliance.selectors.course import Course, course_of
from alliance.selectors.reasons import Asking, asked_for, expected_by, opportunities_of
from alliance.selectors.value import StreamLine, measured, value_of
from alliance.states import LIVING, ContributionKind, Membership, Reason, RelationKind
from governance.models import Conformance, Decision, Suggestion
from governance.selectors.conformance import is_standard
from governance.states import DecisionState
from traits.models import Assessment
from traits.reasons import (
    HALF,
    MOSTLY,
    Share,
    amended_across,
    conformant,
    kept_on_time,
    may_be_summed,
    median_days,
    per_decision,
    share,
)
from traits.selectors.pulse import PulsePage, evidence_of_traits, newest_means, pulse_page
from traits.selectors.savings import saving_in_words
from traits.states import Level

NONE_PUBLISHED = gettext_lazy(
    "None published yet: it takes five groups whose sealed worksheets say what it would cost them alone, none above a "
    "quarter."
)
"""The same whatever is missing: what is would tell of sealed figures."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of a reason. `value` is empty where the record holds nothing for it; `why` says what is missing."""

    name: str
    value: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the record says of one reason: its figures, and a level where one can be read from them."""

    figures: list[Figure]
    level: Level | None = None

    @property
    def says(self) -> str:
        """In one line; empty where there are no data."""
        return "; ".join(f"{each.name}: {each.value}" for each in self.figures if each.value)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One reason: is it expected, what is measured, and the mean of what members think where it may be shown."""

    key: str
    name: str
    expected: bool
    figures: list[Figure]
    opinion: str


def measures_of(alliance: Alliance, at: datetime) -> dict[str, Measure]:
    """Each reason’s measure: four statements (commitments, decisions, disputes, what was published as saved)."""
    commitments = list(
        Contribution.objects.filter(alliance=alliance, signed_at__isnull=False)
        .select_related("member__organisation")
        .order_by("pk")
    )
    decided = _decided(alliance)
    disputes = Relation.objects.filter(alliance=alliance, kind=RelationKind.LITIGATES)
    between = disputes.exclude(first__state=Membership.WITHDRAWN).exclude(second__state=Membership.WITHDRAWN)
    return {
        Reason.PERSPECTIVES: _perspectives(decided),
        Reason.TRUST: _trust(commitments, decided, at.date()),
        Reason.INVESTMENT: _investment(commitments, between.count(), saving_in_words(alliance), at.date()),
        Reason.SPEED: _speed(decided),
    }


def _decided(alliance: Alliance) -> list[Any]:
    """What was decided, each with `kinds` (of members whose changes were taken), `is_reopened`, `conformers` and how
    many `members` there are. One statement."""
    taken = Suggestion.objects.filter(decision=OuterRef("pk"), is_taken=True, member__isnull=False).order_by()
    members = Member.objects.filter(alliance=OuterRef("alliance")).admitted().order_by()
    again = Decision.objects.filter(reopens=OuterRef("pk")).exclude(state=DecisionState.WITHDRAWN)
    said = Conformance.objects.current().filter(decision=OuterRef("pk"), member__state=Membership.ADMITTED).order_by()
    rows = Decision.objects.filter(alliance=alliance, closed_at__isnull=False).select_related("decision_class")
    return list(
        rows.annotate(
            is_reopened=Exists(again),
            kinds=_counted(taken, "decision", Count("member__category", distinct=True)),
            conformers=_counted(said, "decision", Count("pk")),
            members=_counted(members, "alliance", Count("pk")),
        ).order_by("number")
    )


def _counted(rows: QuerySet[Any], by: str, count: Count) -> Coalesce:
    return Coalesce(Subquery(rows.values(by).annotate(n=count).values("n")), 0)


def _perspectives(decided: Sequence[Any]) -> Measure:
    adopted = [decision.kinds for decision in decided if decision.effective_at]
    options = per_decision([1 + len(decision.options) for decision in decided])
    return Measure(
        [
            Figure(
                _("Adopted decisions amended by two kinds of members or more"),
                _of(amended_across(adopted)),
                _("Nothing was adopted yet."),
            ),
            Figure(_("Options per decision"), _mean(options), _("Nothing was decided yet.")),
        ]
    )


def _trust(commitments: Sequence[Contribution], decided: Sequence[Any], today: date) -> Measure:
    adopted = [decision.is_reopened for decision in decided if decision.effective_at]
    kept = kept_on_time(commitments, today)
    return Measure(
        [
            Figure(_("Commitments kept on time"), _of(kept), _("No signed commitment was due yet.")),
            Figure(
                _("Decisions reopened after they were adopted"),
                _of(share(sum(adopted), len(adopted))),
                _("Nothing was adopted yet."),
            ),
        ],
        _level(kept),
    )


def _level(kept: Share | None) -> Level | None:
    if kept is None:
        return None
    if kept.fraction >= MOSTLY:
        return Level.IN_PLACE
    return Level.EMERGING if kept.fraction >= HALF else Level.ABSENT


def _investment(commitments: Sequence[Contribution], disputes: int, saving: str, today: date) -> Measure:
    due = [each for each in commitments if each.kind == ContributionKind.MONEY and each.due_on and each.due_on <= today]
    paid = ngettext("%(paid)s of %(due)s pledge due", "%(paid)s of %(due)s pledges due", len(due)) % {
        "paid": sum(each.kept_on is not None for each in due),
        "due": len(due),
    }
    return Measure(
        [
            Figure(_("Saved against paying alone"), saving, str(NONE_PUBLISHED)),
            Figure(_("Pledges of money paid"), paid if due else "", _("No pledge of money was due yet.")),
            Figure(
                _("Sums pledged and paid"),
                _sums(due) or (_("not shown: it takes five contributors, none above a quarter") if due else ""),
                _("No pledge of money was due yet."),
            ),
            Figure(
                _("Lawsuits between members"),
                ngettext("%(number)s on record", "%(number)s on record", disputes) % {"number": disputes},
            ),
        ]
    )


def _sums(due: Sequence[Contribution]) -> str:
    """Per currency, what was due and what of it is paid; only where both sums give nobody away."""
    shown = []
    for currency in sorted({each.currency for each in due if each.amount}):
        here = [each for each in due if each.currency == currency and each.amount]
        pledged, paid = _by_group(here), _by_group([each for each in here if each.kept_on])
        if may_be_summed(pledged) and (pledged == paid or (may_be_summed(paid) and len(paid) == len(pledged))):
            sums = {"paid": money(sum(paid), currency), "pledged": money(sum(pledged), currency)}
            shown.append(_("%(paid)s of %(pledged)s") % sums)
    return ", ".join(shown)


def _by_group(commitments: Sequence[Contribution]) -> list[int]:
    sums: dict[object, int] = {}
    for each in commitments:
        sums[each.member.group_key] = sums.get(each.member.group_key, 0) + (each.amount or 0)
    return list(sums.values())


def _speed(decided: Sequence[Any]) -> Measure:
    proposed = [(each.created_at, each.closed_at) for each in decided if each.closed_at]
    adopted = [(each.closed_at, each.took_effect_at) for each in decided if each.closed_at and each.took_effect_at]
    standards = [each for each in decided if is_standard(each)]
    nothing = _("Nothing was decided yet.")
    return Measure(
        [
            Figure(_("Proposal to decision, median"), _days(median_days(proposed)), nothing),
            Figure(_("Decision to effect, median"), _days(median_days(adopted)), _("Nothing has taken effect yet.")),
            Figure(
                _("Members that meet adopted standards"),
                _of(conformant([each.conformers for each in standards], standards[0].members if standards else 0)),
                _("No specification is in effect yet."),
            ),
        ]
    )


def _of(share: Share | None) -> str:
    return _("%(part)s of %(of)s") % {"part": share.part, "of": share.of} if share else ""


def _mean(mean: Fraction | None) -> str:
    if mean is None:
        return ""
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    return str(number_format(exact, 0 if mean.denominator == 1 else 1))


def _days(median: Fraction | None) -> str:
    if median is None:
        return ""
    exact = Decimal(median.numerator) / Decimal(median.denominator)
    shown = number_format(exact, 0 if median.denominator == 1 else 1)
    return ngettext("%(days)s day", "%(days)s days", 1 if median == 1 else 2) % {"days": shown}


@dataclass(frozen=True, slots=True)
class Brings:
    """What an alliance brings: the reasons, the opportunities, and when reviews ask for more."""

    expectation: Expectation | None
    rows: list[ReasonRow]
    opportunities: list[Opportunity]
    asking: list[Asking]


def pulse_with_measures(alliance: Alliance, person: Person, at: datetime, latest: Assessment | None) -> PulsePage:
    """What members think, beside the five traits and the four reasons: eight statements."""
    measures = measures_of(alliance, at)
    evidence = evidence_of_traits(latest) | {key: each.level for key, each in measures.items() if each.level}
    return pulse_page(alliance, person, at, evidence, {key: each.says for key, each in measures.items()})


def brings_of(alliance: Alliance, at: datetime) -> Brings:
    """Nine statements at most, whatever the number of anything; one less where the streams are read already."""
    measures = measures_of(alliance, at)
    opinions = newest_means(alliance, at)
    expectation = expected_by(alliance)
    expected = set(expectation.reasons) if expectation else set()
    found = opportunities_of(alliance)
    streams = sorted(alliance.streams.all(), key=lambda each: (not each.is_primary, each.created_at, each.pk))
    return Brings(
        expectation=expectation,
        rows=[
            ReasonRow(key.value, str(key.label), key in expected, measures[key].figures, opinions.get(key, ""))
            for key in Reason
        ],
        opportunities=found,
        asking=asked_for(streams, found, at),
    )


@dataclass(frozen=True, slots=True)
class StreamOverTime:
    """A benefit, who gains, where it stands, and its course where there is a baseline."""

    line: StreamLine
    course: Course | None
    figures: list[tuple[date, str]]
    """Each reading with its day, the baseline first."""


def streams_of(alliance: Alliance, at: datetime) -> list[StreamOverTime]:
    """The main benefit first: five statements (as the value page has three, then readings and targets)."""
    value = value_of(alliance)
    streams = [line.stream for line in value.streams]
    prefetch_related_objects(streams, "readings", "targets")
    return [_over_time(line, value.ends_on, at.date()) for line in value.streams]


def _over_time(line: StreamLine, ends_on: date | None, today: date) -> StreamOverTime:
    readings, targets = list(line.stream.readings.all()), list(line.stream.targets.all())
    course = course_of(line.stream, readings, targets, ends_on=ends_on, today=today)
    figures = [(day, measured(value, line.stream.unit)) for day, value in course.readings] if course else []
    return StreamOverTime(line, course, figures)


def reasons_panel(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """On the value page: expected against measured, and opportunities discovered."""
    brings = brings_of(alliance, at)
    may_enter = alliance.state in LIVING and may("alliance.state_expectation", person, alliance)
    return Panel("traits/_reasons.html", {"brings": brings, "may_enter": may_enter})


def register() -> None:
    """Add the panel; called once, when the app is ready."""
    add_panel(VALUE, reasons_panel, first=True)
