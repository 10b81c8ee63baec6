"""Each topic's figures, and the alignment of the whole alliance."""

from dataclasses import dataclass

import numpy as np

from traits.analysis.interests import Flags, Floats, Interests, Ints

FIRM = 30
"""Salience, in hundredths, from which a stance counts for or against shared ground."""
TENSE = 120
"""Tension 0.3, as (sᵢ − sⱼ) · min(wᵢ, wⱼ) with salience in hundredths."""
FULL_TENSION = 400


@dataclass(frozen=True, slots=True)
class TopicFigures:
    """Support in [−1, 1], polarisation and tension in [0, 1]; None where nobody gave the topic any salience."""

    topic: str
    support: float | None
    polarisation: float | None
    tension: float
    shared: bool
    flagged: bool


def topic_figures(interests: Interests) -> list[TopicFigures]:
    """S = μ/2, P = Σw(s−μ)²/4W, T, shared ground and whether the tension is flagged, for every topic."""
    weight, support, polarisation = _sums(interests)
    tension = _tension(interests)
    shared = _is_shared(interests)
    return [
        TopicFigures(
            topic=topic,
            support=float(support[at]) if weight[at] else None,
            polarisation=float(polarisation[at]) if weight[at] else None,
            tension=float(tension[at] / FULL_TENSION),
            shared=bool(shared[at]),
            flagged=bool(tension[at] >= TENSE),
        )
        for at, topic in enumerate(interests.topics)
    ]


def alliance_alignment(interests: Interests) -> float | None:
    """ΣW·max(0, S)·(1−P) ÷ ΣW over topics; None where no topic has any salience."""
    weight, support, polarisation = _sums(interests)
    total = weight.sum()
    if not total:
        return None
    return float((weight * np.maximum(support, 0) * (1 - polarisation)).sum() / total)


def _sums(interests: Interests) -> tuple[Ints, Floats, Floats]:
    """W, S and P of each topic; P from Σws²·W − (Σws)², exact on integers. S and P are 0 where W is."""
    stance, salience = interests.stance, interests.salience
    weight = salience.sum(axis=0)
    first = (salience * stance).sum(axis=0)
    second = (salience * stance * stance).sum(axis=0)
    divisor = np.maximum(weight, 1)
    return weight, first / (2 * divisor), (second * weight - first * first) / (4 * divisor * divisor)


def _is_shared(interests: Interests) -> Flags:
    """S ≥ ½ ⇔ Σws ≥ W; no firm stance against; and firm stances of at least two thirds of all members."""
    stance, salience = interests.stance, interests.salience
    weight = salience.sum(axis=0)
    firm = interests.stated & (salience >= FIRM)
    is_supported = (weight > 0) & ((salience * stance).sum(axis=0) >= weight)
    is_opposed = (firm & (stance < 0)).any(axis=0)
    is_shared: Flags = is_supported & ~is_opposed & (3 * firm.sum(axis=0) >= 2 * len(interests.members))
    return is_shared


def _tension(interests: Interests) -> Ints:
    """max (sᵢ − sⱼ)·min(wᵢ, wⱼ): for each stance on either side only its highest salience matters."""
    strongest = {level: _strongest(interests, level) for level in (-2, -1, 1, 2)}
    pairs = [(up - down) * np.minimum(strongest[up], strongest[down]) for up in (1, 2) for down in (-1, -2)]
    widest: Ints = np.max(pairs, axis=0)
    return widest


def _strongest(interests: Interests, level: int) -> Ints:
    strongest: Ints = np.where(interests.stance == level, interests.salience, 0).max(axis=0, initial=0)
    return strongest
