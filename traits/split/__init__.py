"""The reference split: Shapley shares of a joint worth or cost, and whether anybody would do better alone.

Pure and exact up to 12 players; sampled above, with its error. A split is *stable* when no coalition can do better on
its own; where no split at all is stable, the *core* is empty.
"""

from dataclasses import dataclass

import numpy as np

from traits.split.core import is_core_empty
from traits.split.game import MAX_PLAYERS, BadGame, Game, Table, subset_sums, table_of
from traits.split.shapley import EXACT_PLAYERS, Shares, exact_shares, sampled_shares

__all__ = ["EXACT_PLAYERS", "MAX_PLAYERS", "BadGame", "Game", "Split", "split"]


@dataclass(frozen=True, slots=True)
class Split:
    """Each player's share; `errors` (95 %) only where sampled. `blocking` names who would do better alone."""

    shares: dict[str, float]
    errors: dict[str, float]
    blocking: list[list[str]]
    core_empty: bool

    @property
    def stable(self) -> bool:
        return not self.blocking


def split(game: Game) -> Split:
    """The reference split of `game`."""
    table = table_of(game)
    is_exact = len(game.players) <= EXACT_PLAYERS
    shares = exact_shares(table) if is_exact else sampled_shares(table)
    blocking = _blocking(table, shares)
    sign = -1 if game.costs else 1
    scale = table.unit * shares.unit
    return Split(
        shares={player: sign * each / scale for player, each in zip(game.players, shares.each, strict=True)},
        errors={} if is_exact else dict(zip(game.players, (each / scale for each in shares.errors), strict=True)),
        blocking=[_names(game, coalition) for coalition in blocking],
        core_empty=bool(blocking or not is_exact) and is_core_empty(table),
    )


def _blocking(table: Table, shares: Shares) -> list[int]:
    """Coalitions worth more than their shares, beyond the error of these; the smallest first."""
    bound = subset_sums([share + error for share, error in zip(shares.each, shares.errors, strict=True)])
    found = np.flatnonzero(table.times(shares.unit) > bound)
    return sorted(
        (int(each) for each in found if 0 < each < table.everybody), key=lambda mask: (mask.bit_count(), _order(mask))
    )


def _order(coalition: int) -> list[int]:
    return [at for at in range(coalition.bit_length()) if coalition >> at & 1]


def _names(game: Game, coalition: int) -> list[str]:
    return [game.players[at] for at in _order(coalition)]
