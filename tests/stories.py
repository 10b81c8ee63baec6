"""The illustrative dossiers as documents to change: what a test alters, and how the check reads it then."""

import json
from pathlib import Path
from typing import Any

from alliance.models import Alliance
from audit import clock
from charter.reading import dossier_of, evidence_in
from charter.schemas import Dossier
from traits.evidence import Evidence
from traits.facts import INDICATORS
from traits.gate import Judged, Reading, judge, read
from traits.indicators.registry import REGISTRY
from traits.mending import steps_of
from traits.partial import only
from traits.selectors.reading import evidence_of

FOLDER = Path(__file__).parent.parent / "charter" / "demo"
CANYON, CODEC, HARBOUR = "canyon-claims-exchange", "open-stream-codec-alliance", "harbour-zero"


def story(slug: str) -> dict[str, Any]:
    """The document of one illustrative alliance, free to change."""
    return json.loads((FOLDER / f"{slug}.json").read_text())


def dossier(document: dict[str, Any]) -> Dossier:
    return dossier_of(document)


def evidence(document: dict[str, Any]) -> Evidence:
    """The document as the check's input, as claimed, as of its own day."""
    return evidence_in(dossier_of(document), as_claimed=True)


def reading(document: dict[str, Any], profile: str = "") -> Reading:
    return read(evidence(document), profile)


def judged(document: dict[str, Any], indicator: str, profile: str = "") -> Judged:
    """What one indicator found, and what mends it, with no facts but those that it declares to read."""
    declared = only(evidence(document), INDICATORS[indicator])
    profile = profile or document["alliance"]["profile"]
    found = judge(REGISTRY[indicator], declared, profile)
    steps_of(found, declared, profile)
    return found


def verdict(document: dict[str, Any], indicator: str, profile: str = "") -> str:
    return str(judged(document, indicator, profile).finding.verdict)


def part(document: dict[str, Any], of: str, **wanted: Any) -> dict[str, Any]:
    """The first record of a list with these values."""
    return next(each for each in document[of] if all(each.get(name) == value for name, value in wanted.items()))


def verdict_now(alliance: Alliance, indicator: str, profile: str = "strict") -> str:
    """What one indicator finds in an alliance's record now."""
    found = read(evidence_of(alliance, at=clock.read()), profile).judged
    return next(str(each.finding.verdict) for each in found if each.indicator.id == indicator)
