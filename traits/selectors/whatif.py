"""The what-if page: today's power and traits beside what they would be. Nothing is stored."""

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from alliance.models import Alliance
from alliance.selectors.dossier import alliance_part
from alliance.states import Profile
from governance.selectors.dossier import power_part
from traits.evidence import Evidence
from traits.gate import Judged, judge, levels_of
from traits.indicators.registry import ESSENTIAL, REGISTRY
from traits.models import Assessment
from traits.partial import judged_of
from traits.states import HOLDS, Level, Trait
from traits.whatif import NEW_MEMBER, Change, QuotaPower, changed, power_by_quota


@dataclass(frozen=True, slots=True)
class PowerRow:
    """A group: its weight, and its shares (of 1) of the seats and of the power."""

    name: str
    weight: int
    left: Fraction
    right: Fraction
    shapley_shubik: Fraction


@dataclass(frozen=True, slots=True)
class PowerView:
    """Who decides at one quota, with a sentence where somebody decides nothing or too many are recused."""

    quota: int
    total: int
    classes: str
    rows: list[PowerRow]
    recused: int
    says: str


@dataclass(frozen=True, slots=True)
class Shift:
    """An indicator that would read otherwise."""

    id: str
    name: str
    before: str
    before_word: str
    after: str
    after_word: str
    figure: str
    advice: str


@dataclass(frozen=True, slots=True)
class LevelPair:
    name: str
    before: Level
    after: Level


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`power` is what would be; `levels` and `shifts` compare the readings, where something was changed.

    `profile` is the deeper one by which the check would be made, where so many groups ask for it.
    """

    power: list[PowerView]
    today: list[PowerView]
    levels: list[LevelPair]
    shifts: list[Shift]
    profile: str = ""

    @property
    def profile_word(self) -> str:
        return str(Profile(self.profile).label) if self.profile else ""


SHIFTING = ("M1", "M2", "M3", "G1", "G2")
"""Indicators that seats, weights, thresholds and members decide; the others stay as they were last read."""
JOINING = ("S1", "S2", "S3", "S4", "I1", "I2", "V2")
"""Indicators that ask every member for something of its own: who joins has done nothing of it yet."""
RESTS_ON = frozenset({"members", "organisations", "groups", "people", "roles", "core_domains"})


def evidence_now(alliance: Alliance, *, at: datetime) -> Evidence:
    """What power rests on, from the record: members, who works or acts for them, seats, classes. Nine statements."""
    governance = power_part(alliance)
    part = alliance_part(alliance, also=[governance], only=RESTS_ON)
    return Evidence(alliance=part, governance=governance, at=at)


def what_if(evidence: Evidence, change: Change | None, latest: Assessment | None = None) -> WhatIf:
    """Power now and as it would be; and, with a change, what the check would say beside its newest reading."""
    now = [_view(each, evidence) for each in power_by_quota(evidence)]
    if change is None:
        return WhatIf(power=now, today=now, levels=[], shifts=[])
    then = changed(evidence, change)
    pairs = [(_judged(key, evidence), _judged(key, then)) for key in SHIFTING if not _rests_on_more(key, evidence)]
    if change.new_member and latest:
        joins = replace(then, only_members=frozenset({NEW_MEMBER}))
        known = {each["id"]: judged_of(each) for each in latest.indicators}
        pairs += [(known[key], _of_one(_judged(key, joins))) for key in JOINING]
    return WhatIf(
        power=[_view(each, then) for each in power_by_quota(then, change.recused)],
        today=now,
        levels=_levels(latest, [after for _before, after in pairs]) if latest else [],
        shifts=[_shift(before, after) for before, after in pairs if _differs(before, after)],
        profile=_deeper(then),
    )


def _of_one(judged: Judged) -> Judged:
    """Without its figure, which counts the one member that joins."""
    return replace(judged, finding=replace(judged.finding, figure=""))


def _deeper(then: Evidence) -> str:
    """The profile that so many groups ask for, where it is deeper than the alliance's; else nothing."""
    return then.profile if then.profile != then.alliance.alliance.profile else ""


def _judged(key: str, evidence: Evidence) -> Judged:
    return judge(REGISTRY[key], evidence, evidence.alliance.alliance.profile)


def _rests_on_more(key: str, evidence: Evidence) -> bool:
    """M1 of a single kind asks for differences too (Essential), which are not read here."""
    kinds = {kind for kind in evidence.category_of.values() if kind}
    return key == "M1" and evidence.alliance.alliance.profile == ESSENTIAL and len(kinds) == 1


def _levels(latest: Assessment, others: list[Judged]) -> list[LevelPair]:
    """The newest reading's levels, and those with these verdicts in its place."""
    new = {each.indicator.id: each for each in others}
    judged = [new.get(each["id"]) or judged_of(each) for each in latest.indicators]
    after = levels_of([replace(each, acknowledged=_kept_word(each, latest)) for each in judged])
    return [LevelPair(str(trait.label), Level(latest.levels[trait]), after[trait]) for trait in Trait]


def _kept_word(each: Judged, latest: Assessment) -> bool:
    """A warning stays accepted only while it names the same."""
    known = next(stored for stored in latest.indicators if stored["id"] == each.indicator.id)
    same = sorted(known["subjects"]) == sorted(each.finding.subjects) and known["verdict"] == each.finding.verdict
    return bool(known["acknowledged"]) and same


def _view(power: QuotaPower, evidence: Evidence) -> PowerView:
    held = sum(group.weight for group in power.groups) or 1
    rows = [
        PowerRow(group.name, group.weight, Fraction(group.weight, held), group.banzhaf, group.shapley_shubik)
        for group in power.groups
    ]
    return PowerView(power.quota, power.total, ", ".join(power.classes), rows, power.recused, _says(power))


def _says(power: QuotaPower) -> str:
    if not power.groups:
        return _("Too many are recused: nothing can be adopted here.")
    if not power.powerless:
        return ""
    said = {"who": ", ".join(power.powerless), "quotas": _(" or ").join(map(str, power.mending)), "total": power.total}
    return _("No decision turns on the vote of %(who)s. A quota of %(quotas)s of %(total)s would change that.") % said


def _differs(one: Judged, other: Judged) -> bool:
    same = one.finding.verdict == other.finding.verdict and one.finding.figure == other.finding.figure
    return not same or (other.finding.verdict not in HOLDS and one.finding.advice != other.finding.advice)


def _shift(one: Judged, other: Judged) -> Shift:
    return Shift(
        id=one.indicator.id,
        name=str(one.indicator.name),
        before=one.finding.verdict,
        before_word=str(one.finding.verdict.label),
        after=other.finding.verdict,
        after_word=str(other.finding.verdict.label),
        figure=other.finding.figure,
        advice=other.finding.advice,
    )


def as_document(found: WhatIf) -> dict[str, Any]:
    """The same facts as data, for the API; shares rounded to 1e-12."""
    return {
        "power": [_power_document(each) for each in found.power],
        "today": [_power_document(each) for each in found.today],
        "profile": found.profile or None,
        "levels": [{"trait": each.name, "today": each.before, "then": each.after} for each in found.levels],
        "indicators": [
            {"id": each.id, "today": each.before, "then": each.after, "figure": each.figure, "advice": each.advice}
            for each in found.shifts
        ],
    }


def _power_document(view: PowerView) -> dict[str, Any]:
    return {
        "quota": view.quota,
        "total": view.total,
        "classes": view.classes,
        "recused": view.recused,
        "says": view.says,
        "groups": [
            {
                "name": row.name,
                "weight": row.weight,
                "share": round(float(row.left), 12),
                "banzhaf": round(float(row.right), 12),
                "shapley_shubik": round(float(row.shapley_shubik), 12),
            }
            for row in view.rows
        ],
    }
