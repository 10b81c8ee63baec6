"""Levels and gate, pure: from the indicators' verdicts to "may this alliance have a charter?"

A trait is in place when every indicator that blocks in the profile passes or only warns, and each warning in it is
acknowledged; emerging when at least half of its blocking indicators pass; else absent. The gate opens when all five
are in place: no averaging, no waiver, no override.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from traits.evidence import Evidence
from traits.indicators import INDICATORS, Finding, Indicator
from traits.indicators.registry import STRICT
from traits.states import HOLDS, Level, Trait, Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """An indicator with what it found under the profile, and whether its warning is acknowledged."""

    indicator: Indicator
    finding: Finding
    blocks: bool
    acknowledged: bool

    @property
    def holds(self) -> bool:
        return self.finding.verdict in HOLDS

    @property
    def stands_in_the_way(self) -> bool:
        """Blocks and fails, or warns and nobody has accepted it."""
        if self.finding.verdict == Verdict.WARN:
            return not self.acknowledged
        return self.blocks and not self.holds


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the five traits."""

    profile: str
    judged: tuple[Judged, ...]
    levels: dict[Trait, Level]
    strict_holding: frozenset[str]
    """The indicators that hold where the profile is Strict."""

    @property
    def strict_passing(self) -> int:
        return len(self.strict_holding)

    @property
    def strict_blocking(self) -> int:
        return sum(STRICT in each.blocks for each in INDICATORS)

    @property
    def gate(self) -> bool:
        return all(level == Level.IN_PLACE for level in self.levels.values())

    @property
    def passing(self) -> int:
        return sum(each.blocks and each.holds for each in self.judged)

    @property
    def blocking(self) -> int:
        return sum(each.blocks for each in self.judged)

    @property
    def missing(self) -> list[str]:
        """The indicators that stand in the way: blocking ones that fail, and warnings nobody has acknowledged."""
        return [each.indicator.id for each in self.judged if each.stands_in_the_way]

    def of(self, trait: Trait) -> tuple[Judged, ...]:
        return tuple(each for each in self.judged if each.indicator.trait == trait)


def read(evidence: Evidence, profile: str = "", indicators: Iterable[Indicator] = INDICATORS) -> Reading:
    """Judge the evidence under a profile (its own if none is named), by all indicators or by some."""
    profile = profile or evidence.profile
    judged = tuple(judge(each, evidence, profile) for each in indicators)
    strict = [each for each in judged if STRICT in each.indicator.blocks]
    holding = frozenset(each.indicator.id for each in strict if _holds_strictly(each, evidence, profile))
    return Reading(profile, judged, levels_of(judged), holding)


def _holds_strictly(each: Judged, evidence: Evidence, profile: str) -> bool:
    finding = each.finding if profile == STRICT else each.indicator.test(evidence, STRICT)
    return finding.verdict in HOLDS


def levels_of(judged: Sequence[Judged]) -> dict[Trait, Level]:
    """The level of each trait that these verdicts amount to."""
    return {trait: _level([each for each in judged if each.indicator.trait == trait]) for trait in Trait}


def judge(each: Indicator, evidence: Evidence, profile: str) -> Judged:
    """One indicator's verdict under a profile."""
    blocks = profile in each.blocks
    finding = each.test(evidence, profile)
    if not blocks and finding.verdict in {Verdict.FAIL, Verdict.NO_DATA}:
        finding = replace(finding, verdict=Verdict.WARN)
    return Judged(each, finding, blocks, is_acknowledged(each.id, finding, evidence))


def is_acknowledged(key: str, finding: Finding, evidence: Evidence) -> bool:
    """Does it warn, and is that acknowledged with a reason, for these very subjects?"""
    named = sorted(finding.subjects)
    return finding.verdict == Verdict.WARN and any(
        each.indicator == key and sorted(each.subjects) == named and each.reason.strip()
        for each in evidence.counted(evidence.acknowledgements)
    )


def _level(judged: list[Judged]) -> Level:
    if not any(each.stands_in_the_way for each in judged):
        return Level.IN_PLACE
    blocking = [each for each in judged if each.blocks]
    return Level.EMERGING if 2 * sum(each.holds for each in blocking) >= len(blocking) else Level.ABSENT


def indicator_document(each: Judged) -> dict[str, Any]:
    """A verdict as it is stored and printed: every figure but the sealed ones, of which only the count stands."""
    finding = each.finding
    return {
        "id": each.indicator.id,
        "verdict": str(finding.verdict),
        "blocks": each.blocks,
        "acknowledged": each.acknowledged,
        "figure": finding.figure,
        "threshold": finding.threshold,
        "subjects": list(finding.subjects),
        "advice": finding.advice,
        "at": finding.at.isoformat() if finding.at else None,
        "by": finding.by,
    }


def document_of(reading: Reading) -> dict[str, Any]:
    """What is printed: profile, strict reading, levels, gate, and every indicator."""
    return {
        "profile": reading.profile,
        "strict_reading": f"{reading.strict_passing}/{reading.strict_blocking}",
        "passing": f"{reading.passing}/{reading.blocking}",
        "levels": {str(trait): str(level) for trait, level in reading.levels.items()},
        "gate": reading.gate,
        "indicators": [indicator_document(each) for each in reading.judged],
    }
