"""Members that want much the same: average linkage on pair alignment (Sokal and Michener's UPGMA)."""

import numpy as np

from traits.analysis.interests import Interests
from traits.analysis.pairs import pair_alignments

LIKE_MINDED = 0.5
"""The alignment, on average over all pairs of two clusters, from which they are one."""


def clusters(interests: Interests, least: float = LIKE_MINDED) -> list[tuple[int, ...]]:
    """Clusters of two members or more, by their places in the table; the largest first, then in the table's order.

    Of all pairs of clusters the most aligned are joined, until none is aligned by `least` or more; among equals the
    first in the table. Where an alignment is not applicable it counts as 0: nothing is known that they share.
    """
    likeness = np.nan_to_num(pair_alignments(interests), nan=0.0)
    np.fill_diagonal(likeness, -np.inf)
    groups: list[list[int]] = [[place] for place in range(len(interests.members))]
    while len(groups) > 1:
        one, other = sorted(divmod(int(likeness.argmax()), len(groups)))
        if likeness[one, other] < least:
            break
        sizes = len(groups[one]), len(groups[other])
        joined = (likeness[one] * sizes[0] + likeness[other] * sizes[1]) / sum(sizes)
        likeness[one], likeness[:, one] = joined, joined
        likeness[one, one] = -np.inf
        likeness = np.delete(np.delete(likeness, other, axis=0), other, axis=1)
        groups[one] += groups.pop(other)
    found = [tuple(sorted(group)) for group in groups if len(group) > 1]
    return sorted(found, key=lambda group: (-len(group), group))
