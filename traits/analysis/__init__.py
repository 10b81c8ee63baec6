"""What members want, side by side: support, tension, shared ground, alignment, trades.

Pure. Stances are whole numbers from −2 to 2, salience whole hundredths: every comparison with a threshold is made on
integers. Figures for people to read are floats, each from exact sums by one division or root.
"""

from traits.analysis.clusters import LIKE_MINDED, clusters
from traits.analysis.interests import FULL_SALIENCE, Flags, Interests, Reading, effective_number, interests_of
from traits.analysis.likeness import alike_pairs
from traits.analysis.pairs import pair_alignments
from traits.analysis.positions import Positions, positions_on
from traits.analysis.topics import TopicFigures, alliance_alignment, topic_figures
from traits.analysis.trades import MOST_TRADES, Trade, best_trades

__all__ = [
    "FULL_SALIENCE",
    "LIKE_MINDED",
    "MOST_TRADES",
    "Flags",
    "Interests",
    "Positions",
    "Reading",
    "TopicFigures",
    "Trade",
    "alike_pairs",
    "alliance_alignment",
    "best_trades",
    "clusters",
    "effective_number",
    "interests_of",
    "pair_alignments",
    "positions_on",
    "topic_figures",
]
