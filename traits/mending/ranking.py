"""From the steps to the acts that mend most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from traits.mending.acts import Step
from traits.states import HOLDS, Verdict


@dataclass(frozen=True, slots=True)
class Remedy:
    """One act, with the indicators that it clears by itself and those that it is a part of; in the check's order."""

    step: Step
    clears: tuple[str, ...]
    helps: tuple[str, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        return self.clears + self.helps


def remedies(kept: Sequence[Mapping[str, Any]]) -> list[Remedy]:
    """Every act that mends something in the way, what mends most first.

    `kept` are verdicts as an assessment stores them. An act ranks by how many blocking indicators it clears alone,
    then by how many it helps with, then by the warnings that it clears; ties stand in the order of the check.
    """
    open_ones = [each for each in kept if in_the_way(each)]
    steps = {each["id"]: [Step(*step) for step in each.get("mending", ())] for each in open_ones}
    failing = {each["id"] for each in open_ones if each["verdict"] != Verdict.WARN}
    found = [_remedy(step, steps) for step in dict.fromkeys(step for of in steps.values() for step in of)]

    def worth(each: Remedy) -> tuple[int, ...]:
        cleared, helped = set(each.clears), set(each.indicators)
        return -len(cleared & failing), -len(helped & failing), -len(cleared), -len(helped)

    return sorted(found, key=worth)


def _remedy(step: Step, steps: Mapping[str, list[Step]]) -> Remedy:
    touched = [key for key, own in steps.items() if step in own]
    clears = tuple(key for key in touched if len(steps[key]) == 1)
    return Remedy(step, clears, tuple(key for key in touched if key not in clears))


def in_the_way(kept: Mapping[str, Any]) -> bool:
    """Does a stored verdict stand in the way: blocking and failing, or a warning that nobody has accepted?"""
    if kept["verdict"] == Verdict.WARN:
        return not kept["acknowledged"]
    return bool(kept["blocks"]) and kept["verdict"] not in HOLDS
