"""A game: what each coalition of players is worth, or costs, on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_PLAYERS = 20
MACHINE_INTEGER = 2**62

Whole = NDArray[Any]
"""Whole numbers: machine integers where none can overflow, Python's own otherwise."""


class BadGame(ValueError):
    """No players, too many, or one twice; the message says which."""


@dataclass(frozen=True, slots=True)
class Game:
    """Players, and the worth (or cost) of coalitions by their players' indices; coalitions not listed are worth 0."""

    players: tuple[str, ...]
    worth: Mapping[frozenset[int], Fraction]
    costs: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Worth by coalition, a bit a player, in whole numbers of 1/`unit`; costs count as negative worth."""

    worth: Whole
    largest: int
    unit: int

    @property
    def players(self) -> int:
        return len(self.worth).bit_length() - 1

    @property
    def everybody(self) -> int:
        """The coalition of all."""
        return len(self.worth) - 1

    def times(self, factor: int, room: int = 1) -> Whole:
        """Worth in units finer by `factor`, with room to add up `room` of them."""
        return self.worth.astype(dtype_for(self.largest * factor * room)) * factor


def table_of(game: Game) -> Table:
    """The table of `game`. Raises BadGame."""
    if not 1 <= len(game.players) <= MAX_PLAYERS or len(set(game.players)) != len(game.players):
        raise BadGame(f"Name 1 to {MAX_PLAYERS} different players.")
    unit = lcm(*(value.denominator for value in game.worth.values()))
    sign = -1 if game.costs else 1
    values = {sum(1 << at for at in coalition): sign * int(value * unit) for coalition, value in game.worth.items()}
    largest = max(map(abs, values.values()), default=0)
    worth = np.zeros(2 ** len(game.players), dtype=dtype_for(largest))
    for coalition, value in values.items():
        worth[coalition] = value
    return Table(worth, largest, unit)


def subset_sums(values: Sequence[int]) -> Whole:
    """The sum over every coalition, a bit a player."""
    sums = np.zeros(1, dtype=dtype_for(sum(map(abs, values))))
    for value in values:
        sums = np.concatenate((sums, sums + value))
    return sums


def dtype_for(bound: int) -> type[np.int64] | type[object]:
    """Machine integers where nothing above `bound` occurs and that fits, Python's own otherwise."""
    return np.int64 if bound < MACHINE_INTEGER else object
