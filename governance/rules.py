"""Pure rules of the committee: how old a statement may be, and what quota a class amounts to."""

from fractions import Fraction
from math import ceil, floor

INDEPENDENCE_VERSION = "1"
"""The independence text now in use; an older one must be signed again."""
STATEMENT_DAYS = 365
"""How long a statement of independence or a disclosure of conflicts is current."""
ACTING_CHAIR_DAYS = 90
LEAST_SEATS = 3


def quota_of(
    total: int,
    *,
    threshold: Fraction,
    strict: bool,
    quorum: Fraction,
    quorum_strict: bool,
    min_yes: bool,
    max_no: Fraction | None,
) -> int:
    """The least yes-weight that adopts when all of `total` vote yes or no: what voting power is measured on.

    Threshold and, where yes votes must reach it, quorum; where no votes are capped, what the cap leaves.
    """
    needed = floor(threshold * total) + 1 if strict else ceil(threshold * total)
    if min_yes:
        needed = max(needed, floor(quorum * total) + 1 if quorum_strict else ceil(quorum * total))
    if max_no is not None:
        needed = max(needed, total - floor(max_no * total))
    return min(max(needed, 1), total)
