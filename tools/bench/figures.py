"""Workloads without a database: analysis of interests, a whole assessment, and voting power."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from governance.power import power_of
from tools.bench.measure import Workload
from traits.analysis import alike_pairs, alliance_alignment, interests_of, pair_alignments, topic_figures

if TYPE_CHECKING:
    from traits.evidence import Evidence

MEMBERS, TOPICS = 1000, 500
SEATS, HEAVIEST = 200, 54
STORY = Path(__file__).parents[2] / "charter" / "demo" / "canyon-claims-exchange.json"


def analysis(scale: int = 16) -> Workload:
    """1,000 members × 500 topics at ×16: every topic's figures, every pair's alignment; three products beside."""
    chance = random.Random(1)
    members, topics = round(MEMBERS * scale / 16), TOPICS
    readings = {
        f"m{member}": [(chance.randint(-2, 2), chance.randint(0, 100)) for _topic in range(topics)]
        for member in range(members)
    }
    table = interests_of([f"t{topic}" for topic in range(topics)], readings)
    stance = table.stance.astype(float)
    weight = np.sqrt(table.salience.astype(float))

    def product() -> None:
        topic_figures(table)
        alliance_alignment(table)
        pair_alignments(table)

    def limit() -> None:
        one, two = weight * stance, weight * stance**2
        for left, right in ((one, one), (two, weight), (weight, two)):
            left @ right.T

    name = f"analysis of {members} × {topics} (×{scale})"
    return Workload(name, product, {"3 matrix products": limit}, "≤ 4 × the products")


def power(scale: int = 16) -> Workload:
    """Banzhaf and Shapley–Shubik of 200 weighted seats at ×16, beside two bare numpy counts of coalitions by weight."""
    chance, seats = random.Random(2), round(SEATS * scale / 16)
    weights = [chance.randint(1, HEAVIEST) for _seat in range(seats)]
    quota = sum(weights) // 2 + 1

    def limit() -> None:
        for _index in range(2):
            ways = np.zeros(quota, dtype=np.float64)
            ways[0] = 1
            for weight in weights:
                ways[weight:] += ways[:-weight].copy()

    name = f"power of {seats} seats, weight {sum(weights)} (×{scale})"
    return Workload(name, lambda: power_of(weights, quota), {"2 bare counts": limit}, "well under a second")


@cache
def _evidence(scale: int) -> "Evidence":
    """Nothing left empty: 1,000 members × 500 topics at ×16, a sixteenth and a quarter of the members at ×1 and ×4."""
    from charter.reading import dossier_of, evidence_in  # noqa: PLC0415 - after the settings are known
    from tools.bench.grown import grown  # noqa: PLC0415

    base = evidence_in(dossier_of(json.loads(STORY.read_text())), as_claimed=True)
    return grown(base, round(MEMBERS * scale / 16), TOPICS)


def assessment(scale: int = 16) -> Workload:
    """The 35 indicators of all members, read at once; three bare products of members × topics beside."""
    from traits.gate import read  # noqa: PLC0415 - after the settings are known

    evidence = _evidence(scale)
    name = f"assessment of {len(evidence.members)} × {TOPICS} (×{scale})"
    limit = _products(len(evidence.members))
    return Workload(name, lambda: read(replace(evidence, moments=set())), limit, "S6 apart, linear")


def copied_texts(scale: int = 16) -> Workload:
    """What grows faster in it: whether any two members' own words look copied (S6), beside the same products."""
    from traits.indicators.self_interest import own_texts  # noqa: PLC0415 - after the settings are known

    evidence = _evidence(scale)
    texts = list(own_texts(evidence).values())
    letters = sum(map(len, texts)) // len(texts)
    name = f"copied among {len(texts)} of {letters} letters (×{scale})"
    return Workload(name, lambda: alike_pairs(texts), _products(len(evidence.members)), "the pairs: quadratic")


def _products(members: int) -> dict[str, Callable[[], object]]:
    left, right = np.random.default_rng(3).random((2, members, TOPICS))

    def limit() -> None:
        for _index in range(3):
            left @ right.T

    return {"3 matrix products": limit}
