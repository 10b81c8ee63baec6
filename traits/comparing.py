"""What changed between two stored assessments, pure: levels, verdicts, figures, and who is named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from traits.states import Trait

Kept = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A trait's level in both."""

    trait: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """An indicator that reads otherwise: verdict, figure or subjects. `before` is None where it was not read."""

    indicator: str
    before: Kept | None
    after: Kept | None

    @property
    def verdict_changed(self) -> bool:
        return bool(_of(self.before, "verdict") != _of(self.after, "verdict"))

    @property
    def named_since(self) -> list[str]:
        """Who or what is at fault only since."""
        known = set(_of(self.before, "subjects") or ())
        return [each for each in _of(self.after, "subjects") or () if each not in known]

    @property
    def named_no_more(self) -> list[str]:
        still = set(_of(self.after, "subjects") or ())
        return [each for each in _of(self.before, "subjects") or () if each not in still]


COMPARED = ("verdict", "figure", "threshold", "subjects", "acknowledged", "blocks")


def _of(kept: Kept | None, name: str) -> Any:
    return None if kept is None else kept.get(name)


def level_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[LevelChange]:
    """The traits whose level differs, in the order of the check."""
    return [
        LevelChange(trait, before.get(trait, ""), after.get(trait, ""))
        for trait in Trait.values
        if before.get(trait) != after.get(trait)
    ]


def verdict_changes(before: Iterable[Kept], after: Sequence[Kept]) -> list[VerdictChange]:
    """The indicators that read otherwise, changed verdicts first, then in the order of the check."""
    old = {each["id"]: each for each in before}
    new = {each["id"]: each for each in after}
    found = [VerdictChange(key, old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])]
    changed = [each for each in found if any(_of(each.before, name) != _of(each.after, name) for name in COMPARED)]
    return sorted(changed, key=lambda each: not each.verdict_changed)
