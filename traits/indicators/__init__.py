"""The 35 indicators of the five traits: M1–M6, S1–S6, I1–I6, G1–G9, V1–V8."""

from traits.indicators import continuing_value, governance, interests, power, self_interest, surrender
from traits.indicators.registry import REGISTRY, Finding, Indicator
from traits.states import Trait

INDICATORS: tuple[Indicator, ...] = tuple(
    sorted(REGISTRY.values(), key=lambda each: (list(Trait).index(each.trait), each.id))
)

__all__ = [
    "INDICATORS",
    "Finding",
    "Indicator",
    "continuing_value",
    "governance",
    "interests",
    "power",
    "self_interest",
    "surrender",
]
