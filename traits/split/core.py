"""Is there any stable split? Decided exactly, by a linear program over fractions.

Bondareva and Shapley: the core is empty exactly when some balanced collection of coalitions (weights λ ≥ 0 that sum
to 1 for every player) is worth more than everybody together. The program max Σλ·v is solved by the simplex method on
fractions, from the players alone as the first basis; a coalition enters when it is worth more than the prices y of its
players. It stops as soon as a balanced collection is worth more than everybody (empty), or no coalition is worth more
than its prices (not empty). After a step that gains nothing, Bland's rule chooses, so that it cannot go in circles.
"""

import operator
from fractions import Fraction
from math import lcm

import numpy as np

from traits.split.game import Table, subset_sums

Row = list[Fraction]


def is_core_empty(table: Table) -> bool:
    """Does every split of what all are worth leave some coalition that would do better alone?"""
    players = table.players
    basis = [1 << player for player in range(players)]
    rows = [[Fraction(1), *(Fraction(int(row == at)) for at in range(players))] for row in range(players)]
    while True:
        prices = _prices(table, basis, rows)
        if sum(prices) > int(table.worth[table.everybody]):
            return True
        entering = _entering(table, prices)
        if entering is None:
            return False
        _pivot(basis, rows, entering)


def _prices(table: Table, basis: list[int], rows: list[Row]) -> Row:
    """y = v·B⁻¹. A row holds its coalition's λ, and then its row of B⁻¹."""
    worth = [int(table.worth[coalition]) for coalition in basis]
    return [sum(map(operator.mul, worth, column), Fraction(0)) for column in list(zip(*rows, strict=True))[1:]]


def _entering(table: Table, prices: Row) -> int | None:
    """The coalition that is worth most above its prices; None when none is."""
    unit = lcm(*(price.denominator for price in prices))
    gain = table.times(unit, room=2) - subset_sums([int(price * unit) for price in prices])
    best = int(np.argmax(gain))
    return best if gain[best] > 0 else None


def _pivot(basis: list[int], rows: list[Row], entering: int) -> None:
    """Let the coalition enter, for the one whose row is, divided by what it gives up, the least."""
    given = [sum((each for at, each in enumerate(row[1:]) if entering >> at & 1), Fraction(0)) for row in rows]
    least, out = min(([each / share for each in rows[at]], at) for at, share in enumerate(given) if share > 0)
    rows[:] = [
        [each - share * scaled for each, scaled in zip(row, least, strict=True)]
        for row, share in zip(rows, given, strict=True)
    ]
    rows[out] = least
    basis[out] = entering
