"""The order of tests at close, and what each method asks for."""

from math import ceil, floor

from governance.tally.cases import Base, Method, Result, Rule
from governance.tally.count import Count
from governance.tally.quorum import competent_heads, quorum_needed, quorum_present


def judge(rule: Rule, count: Count) -> Result:
    """The result if voting closed on `count`."""
    if count.able.heads < competent_heads(count):
        return Result.NO_COMPETENT_BODY
    if rule.method is Method.WRITTEN_CONSENT:
        return Result.ADOPTED if count.favour.weight == count.able.weight else Result.REJECTED
    if quorum_present(rule, count) < quorum_needed(rule, count):
        return Result.NO_QUORUM
    if rule.method is Method.CONSENT:
        return Result.ADOPTED if count.against.weight <= most_objections(rule, count) else Result.RETURNED
    return Result.ADOPTED if _is_carried(rule, count) else Result.REJECTED


def base_weight(rule: Rule, count: Count) -> int:
    """What the yes-weight of a vote is measured against."""
    match rule.base:
        case Base.CAST:
            return count.favour.weight + count.against.weight
        case Base.PRESENT:
            return count.present(rule).weight
        case Base.ALL:
            return count.pool(rule)
        case Base.ALL_LESS_ABSTAIN:
            return count.pool(rule) - count.abstain.weight
        case Base.AUTHORISED:
            return count.authorised


def least_yes(rule: Rule, count: Count) -> int:
    """The least whole yes-weight that adopts on the base as it stands: at least 1, and the quorum where asked for."""
    share = rule.threshold * base_weight(rule, count)
    needed = floor(share) + 1 if rule.strict else ceil(share)
    return max(needed, 1, quorum_needed(rule, count) if rule.min_yes_quorum else 0)


def most_no(rule: Rule, count: Count) -> int | None:
    """The largest whole no-weight that the rule bears; none where it sets no such limit."""
    return None if rule.max_no is None else floor(rule.max_no * count.pool(rule))


def most_objections(rule: Rule, count: Count) -> int:
    """The largest whole weight of objections that consent bears."""
    return floor(rule.max_objections * count.able.weight)


def _is_carried(rule: Rule, count: Count) -> bool:
    limit = most_no(rule, count)
    return count.favour.weight >= least_yes(rule, count) and (limit is None or count.against.weight <= limit)
