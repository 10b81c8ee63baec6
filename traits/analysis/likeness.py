"""Which texts look copied from each other: all pairs, by difflib's ratio, most of them ruled out before it is asked.

The ratio is 2M/T, where M letters match in order and T are all. No pair is left out but by a bound above M: the shorter
text's length; then the letters that both have, of which the rarer ones must stand in the same order (their longest
common subsequence); then the longest common subsequence of all. What is left difflib judges.

Common subsequences are counted for many texts at once, in one integer (Hyyrö, *Bit-parallel LCS-length computation
revisited*, 2004): each text is a run of bits under a bit that stays empty, so that no sum carries into the next.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from traits.analysis.interests import Ints

ALIKE = Fraction(4, 5)
SIGNS = 128
"""Letters are told apart by so many signs while bounds are sought; letters of one sign only widen a bound."""
RARER = 0.4
"""Of all letters, the share of the rarer ones whose order is looked at first."""
BYTE = 8

Signs = NDArray[np.uint32]


def alike_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """The places (i, j), i < j, of the texts that are ≥ 0.8 alike: difflib's ratio of text i with text j, no junk."""
    signs = [_signs_of(text) for text in texts]
    by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    near = _near([signs[place] for place in by_length])
    pairs = sorted((min(pair), max(pair)) for pair in ((by_length[one], by_length[other]) for one, other in near))
    return [(one, other) for one, other in pairs if _is_alike(texts[one], texts[other])]


def _signs_of(text: str) -> Signs:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32) % SIGNS


def _is_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _near(texts: list[Signs]) -> list[tuple[int, int]]:
    """The pairs that no bound rules out, of texts from the shortest to the longest."""
    counts = np.array([np.bincount(text, minlength=SIGNS) for text in texts]).reshape(len(texts), SIGNS)
    lengths = counts.sum(axis=1)
    is_rare = _rarer(counts.sum(axis=0))
    rare = [text[is_rare[text]] for text in texts]
    packed, usual = _Packed(rare), counts[:, ~is_rare]
    found = []
    for place, text in enumerate(texts):
        rest = slice(place + 1, int(np.searchsorted(2 * lengths, 3 * lengths[place], side="right")))
        most = np.minimum(usual[place], usual[rest]).sum(axis=1) + packed.common(rare[place], rest)
        near = place + 1 + np.flatnonzero(_may_be_alike(most, lengths[place] + lengths[rest]))
        most = _Packed([texts[other] for other in near]).common(text, slice(0, len(near)))
        found += [(place, int(other)) for other in near[_may_be_alike(most, lengths[place] + lengths[near])]]
    return found


def _may_be_alike(most: Ints, letters: Ints) -> NDArray[np.bool_]:
    """Is 2M/T ≥ 0.8 where M is the most that can match? On integers."""
    return 2 * ALIKE.denominator * most >= ALIKE.numerator * letters


def _rarer(counts: Ints) -> NDArray[np.bool_]:
    """The rarest signs that together make up no more than their share of all letters."""
    rarest = np.argsort(counts, kind="stable")
    chosen = np.zeros(SIGNS, dtype=np.bool_)
    chosen[rarest[np.cumsum(counts[rarest]) <= RARER * counts.sum()]] = True
    return chosen


class _Packed:
    """Texts side by side in one integer for each sign: its bits are set where the sign stands."""

    def __init__(self, texts: Sequence[Signs]) -> None:
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        self.starts = np.concatenate(([0], np.cumsum(lengths // BYTE + 1)))
        first = np.repeat(self.starts[:-1] * BYTE - np.cumsum(lengths) + lengths, lengths)
        self.places = first + np.arange(lengths.sum())
        self.signs = np.concatenate((np.zeros(0, dtype=np.uint32), *texts))
        self.all = self._integer(self.places)
        self.masks = {int(sign): self._integer(self.places[self.signs == sign]) for sign in np.unique(self.signs)}
        self.lengths = lengths

    def _integer(self, places: Ints) -> int:
        bits = np.zeros(self.starts[-1] * BYTE, dtype=np.bool_)
        bits[places] = True
        return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")

    def common(self, one: Signs, part: slice) -> Ints:
        """How long the longest common subsequence of this text and each of a part of the others is."""
        starts = self.starts[part.start : part.stop + 1]
        if len(starts) < 2:
            return np.zeros(0, dtype=np.int64)
        down, size = int(starts[0]) * BYTE, int(starts[-1] - starts[0])
        window = (1 << size * BYTE) - 1
        masks = {sign: self.masks.get(sign, 0) >> down & window for sign in set(one.tolist())}
        every = self.all >> down & window
        unmatched = every
        for sign in one.tolist():
            step = unmatched & masks[sign]
            if step:
                unmatched = (unmatched + step | unmatched ^ step) & every
        left = np.bitwise_count(np.frombuffer(unmatched.to_bytes(size, "little"), dtype=np.uint8))
        lengths: Ints = self.lengths[part] - np.add.reduceat(left, starts[:-1] - starts[0], dtype=np.int64)
        return lengths
