"""How much two members want the same."""

import numpy as np

from traits.analysis.interests import Floats, Interests

COMMON = 2
"""Topics on which both must have stated a stance."""


def pair_alignments(interests: Interests) -> Floats:
    """Σ m·sᵢsⱼ ÷ √(Σ m·sᵢ² · Σ m·sⱼ²) with m = √(wᵢwⱼ), members × members; NaN stands for "n/a".

    As √(wᵢwⱼ) = √wᵢ·√wⱼ, each sum over topics is a product of two matrices. Not applicable below two common topics,
    and where one of the two is indifferent on all that both give salience to.
    """
    root = np.sqrt(interests.salience)
    leaning = root * interests.stance
    own = (leaning * interests.stance) @ root.T
    scale = np.sqrt(own * own.T)
    stated = interests.stated.astype(np.float32)
    scale[(stated @ stated.T < COMMON) | (scale == 0)] = np.nan
    ratio: Floats = np.divide(leaning @ leaning.T, scale, out=scale)
    return np.clip(ratio, -1, 1, out=ratio)
