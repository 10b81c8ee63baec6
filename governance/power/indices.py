"""Both indices of every seat of a weighted committee."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import TypeVar

from governance.power.quadrature import shapley_shubik
from governance.power.swings import exact_shapley_shubik, swings

MAX_SEATS = 1_000
MAX_TOTAL = 1_000_000
MAX_WORK = 2 * 10**10
"""Bound on seats² · total weight, beyond which an answer would take minutes."""
EXACT_WORK = 10**7
"""Up to this n²·q, Shapley–Shubik is counted exactly; it then takes some tenths of a second at most."""

Group = TypeVar("Group", bound=Hashable)


class BadGame(ValueError):
    """Weights and a quota that are no committee; the message says what to change."""


@dataclass(frozen=True, slots=True)
class SeatPower:
    """`banzhaf` is the seat's share of all swings; `shapley_shubik` a Fraction where exact, else within 1e-12."""

    weight: int
    swings: int
    banzhaf: Fraction
    shapley_shubik: Fraction | float


def power_of(weights: Sequence[int], quota: int) -> list[SeatPower]:
    """The power of each seat, in the order given. Raises BadGame."""
    small, low = check_game(weights, quota)
    swung = swings(small, low)
    all_swings = sum(swung[weight] for weight in small)
    pivotal = _pivotal(small, low)
    return [
        SeatPower(
            weight=weight,
            swings=swung[each],
            banzhaf=Fraction(swung[each], all_swings),
            shapley_shubik=pivotal[each] if swung[each] else Fraction(0),
        )
        for weight, each in zip(weights, small, strict=True)
    ]


def banzhaf_shares(weights: Sequence[int], quota: int) -> list[Fraction]:
    """Each seat's share of all swings, exactly, in the order given. Raises BadGame."""
    small, low = check_game(weights, quota)
    swung = swings(small, low)
    all_swings = sum(swung[weight] for weight in small)
    return [Fraction(swung[weight], all_swings) for weight in small]


def check_game(weights: Sequence[int], quota: int) -> tuple[list[int], int]:
    """The same game divided by what its weights have in common. Raises BadGame."""
    if not weights:
        raise BadGame("Give the weight of at least one seat.")
    if min(weights) < 1:
        raise BadGame(f"Each weight must be a whole number of at least 1; found {min(weights)}.")
    if not 1 <= quota <= sum(weights):
        raise BadGame(f"The quota must lie between 1 and the total weight {sum(weights)}; found {quota}.")
    common = gcd(*weights)
    total = sum(weights) // common
    if len(weights) > MAX_SEATS or total > MAX_TOTAL or len(weights) ** 2 * total > MAX_WORK:
        raise BadGame(f"Too large to count: {len(weights)} seats with a total weight of {total}; use smaller weights.")
    return [weight // common for weight in weights], -(-quota // common)


def collapsed(seats: Iterable[tuple[Group, int]]) -> dict[Group, int]:
    """Groups and weights with one weight a group: organisations under common control vote as one."""
    totals: dict[Group, int] = {}
    for group, weight in seats:
        totals[group] = totals.get(group, 0) + weight
    return totals


def _pivotal(weights: Sequence[int], quota: int) -> dict[int, Fraction] | dict[int, float]:
    work = len(weights) ** 2 * min(quota, sum(weights) - quota + 1)
    return exact_shapley_shubik(weights, quota) if work <= EXACT_WORK else shapley_shubik(weights, quota)
