"""The first two tests at close: is the body competent, and are enough there?"""

from math import ceil, floor

from governance.tally.cases import Recusal, Rule
from governance.tally.count import Count

LEAST_BODY = 2
BODY_SHARE = 3


def competent_heads(count: Count) -> int:
    """How many seats must be able: two, and at least a third of the electorate."""
    return max(LEAST_BODY, -(-count.heads // BODY_SHARE))


def quorum_needed(rule: Rule, count: Count) -> int:
    """Least present weight: the rule's share of the pool, less what is recused in mode `reduce`, never below 1."""
    share = rule.quorum.fraction * count.pool(rule)
    needed = floor(share) + 1 if rule.quorum.strict else ceil(share)
    if rule.recusal is Recusal.REDUCE:
        needed -= count.recused.weight
    return max(needed, 1)


def quorum_present(rule: Rule, count: Count) -> int:
    """Present weight: able seats, and in mode `count` the recused seats that are present too."""
    present = count.present(rule).weight
    return present + count.recused_present.weight if rule.recusal is Recusal.COUNT else present
