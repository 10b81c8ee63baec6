"""How a decision comes out: a case in, its outcome with every figure it rests on.

Pure: integers and fractions only; no Django, no clock. `tally(case)` is all that most callers need.
"""

from governance.tally.cases import (
    CHOICES,
    Base,
    Case,
    Choice,
    Forum,
    Method,
    Quorum,
    Recusal,
    Result,
    Rule,
    Seat,
)
from governance.tally.count import Count, Side, count
from governance.tally.early import Decided, decided
from governance.tally.outcome import Outcome, settle, tally

__all__ = [
    "CHOICES",
    "Base",
    "Case",
    "Choice",
    "Count",
    "Decided",
    "Forum",
    "Method",
    "Outcome",
    "Quorum",
    "Recusal",
    "Result",
    "Rule",
    "Seat",
    "Side",
    "count",
    "decided",
    "settle",
    "tally",
]
