"""Shapley–Shubik for many seats: ∫₀¹ P(swing | each other seat votes yes with p) dp, by Gauss–Legendre.

⌈n/2⌉ nodes integrate the polynomial exactly, up to rounding (about 1e-14). Taking a seat out of the distribution is
stable for p ≤ ½ only; nodes above ½ are read as 1−p on the dual quota W−q+1.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROUNDING = 1e-12


def shapley_shubik(weights: Sequence[int], quota: int) -> dict[int, float]:
    """The share of orders in which a seat of each weight is pivotal; shares of all seats sum to 1."""
    kinds = sorted(set(weights))
    shares = np.zeros(len(kinds))
    for chance, part in _lower_nodes(len(weights)):
        shares += part * _swing_chances(weights, kinds, quota, chance)
    return dict(zip(kinds, shares.tolist(), strict=True))


def _lower_nodes(seats: int) -> list[tuple[float, float]]:
    """The nodes up to ½ and their parts; a middle node, used for quota and dual, counts half each time."""
    nodes, parts = np.polynomial.legendre.leggauss(-(-seats // 2))
    return [
        ((node + 1) / 2, part / (2 if node < -ROUNDING else 4))
        for node, part in zip(nodes.tolist(), parts.tolist(), strict=True)
        if node < ROUNDING
    ]


def _swing_chances(weights: Sequence[int], kinds: list[int], quota: int, chance: float) -> Floats:
    """P(swing) of a seat of each kind, under the quota and under its dual, together."""
    quotas = (quota, sum(weights) - quota + 1)
    at_most = np.cumsum(_distribution(weights, chance, max(quotas)))
    signs = np.power(-chance / (1 - chance), np.arange(max(quotas))) / (1 - chance)
    swung = [sum(_swing_chance(kind, at_most[:each], signs) for each in quotas) for kind in kinds]
    return np.array(swung) / (1 - chance)


def _distribution(weights: Sequence[int], chance: float, size: int) -> Floats:
    """P(the yes-weight is s) for each s < size, when every seat votes yes with `chance`."""
    odds = chance / (1 - chance)
    spread = np.zeros(size)
    spread[0] = 1
    reach = 1
    for weight in sorted(weights):
        reach = min(reach + weight, size)
        spread[weight:reach] += spread[: max(reach - weight, 0)] * odds
    return spread * (1 - chance) ** len(weights)


def _swing_chance(weight: int, at_most: Floats, signs: Floats) -> float:
    """(1−p)·P(swing) = F(q−1) − F₋ᵢ(q−1−w), where F is `at_most` and F₋ᵢ(t) = Σₖ (−p/(1−p))ᵏ·F(t−kw) ÷ (1−p)."""
    below = at_most[: max(len(at_most) - weight, 0)][::-weight]
    return float(at_most[-1] - below @ signs[: len(below)])
