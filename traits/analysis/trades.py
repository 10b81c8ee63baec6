"""Trades: two members each give way on what they mind less, and each gains."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from traits.analysis.interests import Flags, Interests, Ints

ADVANTAGE = 20
"""By how many hundredths of salience each must want what it gets more than the other minds it."""
HARM = 50
"""Salience, in hundredths, from which a third party opposed to either topic is named as harmed."""
MOST_TRADES = 10_000


@dataclass(frozen=True, slots=True)
class Trade:
    """The first member gets one topic, the second the other. Gains are in hundredths of salience × stance."""

    first: str
    first_gets: str
    second: str
    second_gets: str
    gains: tuple[int, int]
    harmed: tuple[str, ...]


def best_trades(interests: Interests, most: int = MOST_TRADES) -> list[Trade]:
    """The trades, ranked by the smaller gain, then the larger, then in the table's order; at most `most`."""
    best = np.empty((0, 6), dtype=np.int64)
    for first in range(len(interests.members)):
        best = _ranked(np.vstack((best, *_trades_of(first, interests))))[:most]
    opposed = (interests.stance <= -1) & (interests.salience >= HARM)
    return [_trade(interests, opposed, *row) for row in best.tolist()]


def _trades_of(first: int, interests: Interests) -> Iterator[Ints]:
    """Rows (gain, gain, first, second, topic, topic) of the first member's trades with each one after it."""
    stance, salience = interests.stance, interests.salience
    worth = stance * salience
    later = slice(first + 1, None)
    lead = salience[first] - salience[later]
    first_gets = (stance[first] >= 1) & (stance[later] <= -1) & (lead >= ADVANTAGE)
    second_gets = (stance[first] <= -1) & (stance[later] >= 1) & (-lead >= ADVANTAGE)
    for at in np.flatnonzero(first_gets.any(axis=1) & second_gets.any(axis=1)):
        second = first + 1 + int(at)
        wins, losses = np.flatnonzero(first_gets[at]), np.flatnonzero(second_gets[at])
        got, given = np.repeat(wins, losses.size), np.tile(losses, wins.size)
        gains = (worth[first, got] + worth[first, given], worth[second, given] + worth[second, got])
        both = np.full(got.shape, first), np.full(got.shape, second)
        yield np.stack((*gains, *both, got, given), axis=1)[np.minimum(*gains) > 0]


def _ranked(rows: Ints) -> Ints:
    gains = rows[:, :2]
    return rows[np.lexsort((*rows.T[:1:-1], -gains.max(axis=1), -gains.min(axis=1)))]


def _trade(interests: Interests, opposed: Flags, gain: int, other: int, *at: int) -> Trade:
    first, second, got, given = at
    harmed = np.flatnonzero(opposed[:, [got, given]].any(axis=1))
    return Trade(
        first=interests.members[first],
        first_gets=interests.topics[got],
        second=interests.members[second],
        second_gets=interests.topics[given],
        gains=(gain, other),
        harmed=tuple(interests.members[member] for member in harmed if member not in (first, second)),
    )
