"""A reading made in part: only declared facts may be read, and what was not read anew is carried over. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn, cast

from alliance.schemas import AlliancePart, Document
from governance.schemas import GovernancePart
from traits.evidence import Evidence, Sealed
from traits.facts import Facts
from traits.gate import Judged, Reading, is_acknowledged, levels_of
from traits.indicators import INDICATORS
from traits.indicators.registry import REGISTRY, Finding
from traits.states import Verdict


class NotDeclared(Exception):
    """Something was read that the table of facts does not say is read."""


class _Ajar:
    """A part of the dossier, of which only some lists may be read."""

    def __init__(self, part: Document, facts: Facts) -> None:
        self._part, self._facts = part, facts

    def __getattr__(self, name: str) -> Any:
        if name in type(self._part).model_fields and name not in self._facts:
            raise NotDeclared(name)
        return getattr(self._part, name)


class _Shut(Mapping[str, Sealed]):
    """Sealed figures that may not be read."""

    def __getitem__(self, key: str) -> NoReturn:
        raise NotDeclared("worksheets")

    def __iter__(self) -> Iterator[str]:
        raise NotDeclared("worksheets")

    def __len__(self) -> int:
        raise NotDeclared("worksheets")


def only(evidence: Evidence, facts: Facts) -> Evidence:
    """The evidence, of which these facts alone may be read: any other raises NotDeclared."""
    return replace(
        evidence,
        alliance=cast(AlliancePart, _Ajar(evidence.alliance, facts)),
        governance=cast(GovernancePart, _Ajar(evidence.governance, facts)),
        sealed=evidence.sealed if "worksheets" in facts else _Shut(),
    )


def joined(anew: Reading, stored: Sequence[dict[str, Any]], strict: Collection[str], evidence: Evidence) -> Reading:
    """The whole reading: the verdicts read anew, and the stored ones of the others, acknowledged or not as of now.

    `strict` names the indicators that held, when they were last read, where the profile is Strict.
    """
    known = {each.indicator.id: each for each in anew.judged}
    judged = tuple(known.get(each["id"]) or _carried(each, evidence) for each in stored)
    holding = anew.strict_holding | (frozenset(strict) - known.keys())
    return Reading(anew.profile, judged, levels_of(judged), holding)


def _carried(stored: dict[str, Any], evidence: Evidence) -> Judged:
    judged = judged_of(stored)
    return replace(judged, acknowledged=is_acknowledged(judged.indicator.id, judged.finding, evidence))


def judged_of(stored: dict[str, Any]) -> Judged:
    """A verdict, read back from an assessment."""
    finding = Finding(
        verdict=Verdict(stored["verdict"]),
        figure=stored["figure"],
        threshold=stored["threshold"],
        subjects=tuple(stored["subjects"]),
        advice=stored["advice"],
        at=datetime.fromisoformat(stored["at"]) if stored["at"] else None,
        by=stored["by"],
    )
    return Judged(REGISTRY[stored["id"]], finding, stored["blocks"], stored["acknowledged"])


def names_all(stored: Sequence[dict[str, Any]]) -> bool:
    """Are these verdicts of the indicators that there are today, and of no other?"""
    return [each["id"] for each in stored] == [each.id for each in INDICATORS]
