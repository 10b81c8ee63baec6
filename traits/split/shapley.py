"""Shapley's value: what a player adds, averaged over every order in which all could join."""

from dataclasses import dataclass
from math import ceil, factorial

import numpy as np

from traits.split.game import Table

EXACT_PLAYERS = 12
ORDERS = 50_000
SEED = 20_000
TWO_SIDED_95 = 1.96


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares and their errors (95 %) in whole numbers of 1/`unit` of the table's unit."""

    each: list[int]
    errors: list[int]
    unit: int


def exact_shares(table: Table) -> Shares:
    """Σ |S|!(n−1−|S|)! (v(S∪i) − v(S)) over coalitions without i, in units of 1/n!."""
    players = table.players
    worth = table.times(1, room=2 * factorial(players))
    sizes = np.array([coalition.bit_count() for coalition in range(len(worth))])
    orders = np.array([factorial(size) * factorial(players - 1 - size) for size in range(players)], dtype=worth.dtype)
    each = []
    for player in range(players):
        without, joined = _halves(worth, player)
        weights = orders[_halves(sizes, player)[0]]
        each.append(int((weights * (joined - without)).sum()))
    return Shares(each, [0] * players, factorial(players))


def sampled_shares(table: Table, orders: int = ORDERS) -> Shares:
    """The average over random orders, always the same ones, so that anybody gets the same split."""
    players = table.players
    worth = table.times(1, room=2 * orders)
    joining = np.argsort(np.random.default_rng(SEED).random((orders, players)), axis=1)
    grown = worth[np.cumsum(1 << joining, axis=1)]
    added = np.diff(grown, axis=1, prepend=worth[0])
    gains = np.empty_like(added)
    np.put_along_axis(gains, joining, added, axis=1)
    errors = TWO_SIDED_95 * gains.astype(float).std(axis=0, ddof=1) * orders**0.5
    return Shares([int(total) for total in gains.sum(axis=0)], [ceil(error) for error in errors], orders)


def _halves(values: np.ndarray, player: int) -> tuple[np.ndarray, np.ndarray]:
    """The values of coalitions without, and with, the player, in the same order."""
    split = values.reshape(-1, 2, 1 << player)
    return split[:, 0], split[:, 1]
