"""Workloads without a database: analysis of interests, a whole assessment, and voting power."""

import json
import random
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from governance.power import power_of
from tools.bench.measure import Workload
from traits.analysis import alliance_alignment, interests_of, pair_alignments, topic_figures

MEMBERS, TOPICS = 1000, 500
SEATS, HEAVIEST = 200, 54


def analysis(scale: float = 1.0) -> Workload:
    """1,000 members × 500 topics: every topic's figures, every pair's alignment; three matrix products beside it."""
    chance = random.Random(1)
    members, topics = round(MEMBERS * scale), TOPICS
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

    name = f"analysis of {members} × {topics}"
    return Workload(name, product, {"3 matrix products": limit}, "≤ 4 × the products")


def power(seats: int = SEATS) -> Workload:
    """Banzhaf and Shapley–Shubik of weighted seats, beside two bare numpy counts of coalitions by weight."""
    chance = random.Random(2)
    weights = [chance.randint(1, HEAVIEST) for _seat in range(seats)]
    quota = sum(weights) // 2 + 1

    def limit() -> None:
        for _index in range(2):
            ways = np.zeros(quota, dtype=np.float64)
            ways[0] = 1
            for weight in weights:
                ways[weight:] += ways[:-weight].copy()

    name = f"power of {seats} seats, total weight {sum(weights)}"
    return Workload(name, lambda: power_of(weights, quota), {"2 bare counts": limit}, "well under a second")


def assessment(scale: int = 16) -> Workload:
    """The 35 indicators read over 1,000 × 500 positions (×16), or a fraction of them; the analysis' products beside."""
    from charter.reading import dossier_of, evidence_in  # noqa: PLC0415 - after the settings are known
    from traits.gate import read  # noqa: PLC0415

    members, topics = round(MEMBERS * (scale / 16) ** 0.5), round(TOPICS * (scale / 16) ** 0.5)
    story = json.loads((Path(__file__).parents[2] / "charter" / "demo" / "canyon-claims-exchange.json").read_text())
    base = evidence_in(dossier_of(story), as_claimed=True)
    part = _grown(base.alliance, members, topics, base.at)
    governance = base.governance.model_copy(update={"seats": [], "decisions": []})
    stance = np.random.default_rng(3).random((members, topics))

    def product() -> None:
        read(replace(base, alliance=part, governance=governance, sealed={}))

    def limit() -> None:
        for _index in range(3):
            stance @ stance.T

    name = f"assessment of {members} × {topics} (×{scale})"
    return Workload(name, product, {"3 matrix products": limit}, "linear in the positions")


def _grown(part: Any, members: int, topics: int, at: datetime) -> Any:
    """The alliance's part with so many members, each with a position on each of so many topics."""
    from alliance import schemas  # noqa: PLC0415 - after the settings are known

    chance = random.Random(1)
    kinds = ("payer", "provider", "supplier", "public")

    def position(member: int) -> Any:
        return schemas.Position.model_construct(
            member=f"m{member}", stance=chance.randint(-2, 2), salience=chance.randint(0, 100), statement="",
            confirmed_by=f"p{member}", confirmed_at=at, witnessed=True, is_confidential=False,
        )  # fmt: skip

    own = {
        "organisations": [schemas.Organisation(id=f"o{each}", name=f"O {each}") for each in range(members)],
        "people": [],
        "members": [
            schemas.Member(
                id=f"m{each}", organisation=f"o{each}", category=kinds[each % 4], invited_at=at, admitted_at=at,
                category_confirmed_at=at, witnessed=True,
            )
            for each in range(members)
        ],
        "topics": [
            schemas.Topic(id=f"t{each}", name=f"T {each}", measure="x", positions=list(map(position, range(members))))
            for each in range(topics)
        ],
    }  # fmt: skip
    empty = ("roles", "contributions", "streams", "rounds", "worksheets", "relations", "affected_parties")
    return part.model_copy(update={**own, **{name: [] for name in (*empty, "reserved_powers", "counsel_reviews")}})
