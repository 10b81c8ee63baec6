"""What an indicator is: a pure function with its place, its threshold and where it is mended."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from traits.evidence import Evidence
from traits.states import Trait, Verdict

ESSENTIAL, STANDARD, STRICT = "essential", "standard", "strict"
ALL = frozenset({ESSENTIAL, STANDARD, STRICT})
FROM_STANDARD = frozenset({STANDARD, STRICT})
STRICT_ONLY = frozenset({STRICT})
NEVER: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """What an indicator found: verdict, figure beside its threshold, who or what is at fault, and advice.

    `subjects` are names; `at` is when the latest evidence was given, `by` who gave it.
    """

    verdict: Verdict
    figure: str = ""
    threshold: str = ""
    subjects: tuple[str, ...] = ()
    advice: str = ""
    at: datetime | None = None
    by: str = ""


Test = Callable[[Evidence, str], Finding]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the 35. `blocks` names the profiles in which it blocks; `page` is where it is mended."""

    id: str
    trait: Trait
    name: Any
    page: str
    blocks: frozenset[str]
    test: Test
    sealed: bool = False


REGISTRY: dict[str, Indicator] = {}


def indicator(
    key: str, trait: Trait, name: Any, *, page: str, blocks: Iterable[str], sealed: bool = False
) -> Callable[[Test], Test]:
    """Register `test(evidence, profile) -> Finding` as the indicator of this id."""

    def register(test: Test) -> Test:
        REGISTRY[key] = Indicator(key, trait, name, page, frozenset(blocks), test, sealed)
        return test

    return register


def no_data(threshold: str, advice: str, *, subjects: tuple[str, ...] = ()) -> Finding:
    """Nothing recorded to judge by, which counts as failing."""
    return Finding(Verdict.NO_DATA, _("no data"), threshold, subjects, advice)


def judged(passes: bool, finding: Finding) -> Finding:
    """The finding as a pass without advice or subjects, or as a failure with both."""
    if passes:
        return replace(finding, verdict=Verdict.PASS, advice="", subjects=())
    return replace(finding, verdict=Verdict.FAIL)


def latest(times: Iterable[datetime | None]) -> datetime | None:
    """The newest of the times, if there is one."""
    return max((each for each in times if each), default=None)
