"""Power: how often a seat decides. Banzhaf and Shapley–Shubik, and the quota that mends a seat without power.

Pure: swings and Banzhaf shares are exact; so is Shapley–Shubik up to a size where exactness would be slow.
"""

from governance.power.indices import (
    BadGame,
    SeatPower,
    banzhaf_shares,
    check_game,
    collapsed,
    power_of,
)
from governance.power.mending import mending_quotas

__all__ = [
    "BadGame",
    "SeatPower",
    "banzhaf_shares",
    "check_game",
    "collapsed",
    "mending_quotas",
    "power_of",
]
