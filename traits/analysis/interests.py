"""The table of interests: members × topics."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FULL_SALIENCE = 100
"""Salience 1, in hundredths."""

Reading = tuple[int, int]
"""Stance from −2 to 2, and salience in hundredths from 0 to 100."""


@dataclass(frozen=True, slots=True, eq=False)
class Interests:
    """Members × topics. Where a stance is not stated, `stated` is False, and stance and salience are 0."""

    members: tuple[str, ...]
    topics: tuple[str, ...]
    stance: Ints
    salience: Ints
    stated: Flags


def interests_of(topics: Sequence[str], readings: Mapping[str, Sequence[Reading | None]]) -> Interests:
    """The table of each member's readings, in the order of `topics`; None where a stance is not stated."""
    shape = (len(readings), len(topics))
    rows = [[(0, 0, 0) if entry is None else (*entry, 1) for entry in row] for row in readings.values()]
    cells = np.array(rows, dtype=np.int64).reshape(*shape, 3)
    return Interests(tuple(readings), tuple(topics), cells[..., 0], cells[..., 1], cells[..., 2].astype(bool))


def effective_number(kinds: Iterable[Hashable]) -> Fraction:
    """How many kinds there are, weighed by evenness: 1/Σp² (Laakso and Taagepera); 0 of nothing."""
    counts = Counter(kinds).values()
    squares = sum(count * count for count in counts)
    return Fraction(sum(counts) ** 2, squares) if squares else Fraction(0)
