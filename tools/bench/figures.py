"""Workloads without a database: analysis of interests, and voting power."""

import random

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
