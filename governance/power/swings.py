"""Counting swings exactly, by dynamic programming over integers.

A seat swings with a coalition of others that weighs less than the quota and, with the seat, does not. Polynomials are
packed into Python's integers, so that one addition adds every coefficient (Kronecker substitution).

With A(t) the number of coalitions that weigh at most t, and A₋ᵢ the same without seat i of weight w:
A₋ᵢ(t) = A(t) − A₋ᵢ(t−w), and the swings of i are A₋ᵢ(q−1) − A₋ᵢ(q−1−w). The quota q and its dual W−q+1 have the
same swings; the smaller one is counted.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import factorial

BYTE = 8


def swings(weights: Sequence[int], quota: int) -> dict[int, int]:
    """The number of swings of a seat of each weight."""
    return _swings(weights, _low_quota(weights, quota), size_bits=0)


def exact_shapley_shubik(weights: Sequence[int], quota: int) -> dict[int, Fraction]:
    """The share of orders in which a seat of each weight is pivotal."""
    seats = len(weights)
    bits = seats + 1
    orders = [Fraction(factorial(size) * factorial(seats - 1 - size), factorial(seats)) for size in range(seats)]
    by_size = _swings(weights, _low_quota(weights, quota), size_bits=bits)
    mask = (1 << bits) - 1
    return {
        weight: sum((order * (packed >> bits * size & mask) for size, order in enumerate(orders)), Fraction(0))
        for weight, packed in by_size.items()
    }


def _low_quota(weights: Sequence[int], quota: int) -> int:
    return min(quota, sum(weights) - quota + 1)


def _swings(weights: Sequence[int], quota: int, size_bits: int) -> dict[int, int]:
    """Swings by weight; with `size_bits`, those with k others stand k·size_bits bits up in one integer."""
    at_most = list(accumulate(_coalitions(weights, quota, size_bits)))
    return {weight: _swings_of(weight, at_most, size_bits) for weight in set(weights)}


def _swings_of(weight: int, at_most: list[int], size_bits: int) -> int:
    without = below = 0
    for total in range((len(at_most) - 1) % weight, len(at_most), weight):
        below, without = without, at_most[total] - (without << size_bits)
    return without - below


def _coalitions(weights: Sequence[int], quota: int, size_bits: int) -> list[int]:
    """How many coalitions weigh 0, 1, … quota−1, packed by size where `size_bits` says so."""
    slot = -(-(len(weights) + 1) * max(size_bits, 1) // BYTE) if size_bits else len(weights) // BYTE + 1
    mask = (1 << quota * slot * BYTE) - 1
    polynomial = 1
    for weight in weights:
        polynomial = (polynomial + (polynomial << weight * slot * BYTE + size_bits)) & mask
    raw = polynomial.to_bytes(quota * slot, "little")
    return [int.from_bytes(raw[at : at + slot], "little") for at in range(0, len(raw), slot)]
