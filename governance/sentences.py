"""The outcome as a sentence that a person can read aloud, in whole numbers; with weights where seats do not all weigh 1."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.tally import Count, Method, Outcome, Recusal, Result, Side
from governance.tally.methods import least_yes, most_no, most_objections
from governance.tally.quorum import competent_heads, quorum_needed, quorum_present


def outcome_sentence(outcome: Outcome) -> str:
    """Say what came out and why: *Adopted: 5 yes, 0 no, … of 7 able to vote; at least 5 were needed. 1 recused.*"""
    if outcome.result is Result.NO_COMPETENT_BODY:
        said = _no_competent_body(outcome.count)
    elif outcome.result is Result.NO_QUORUM:
        said = _no_quorum(outcome)
    elif outcome.rule.method is Method.CONSENT:
        said = _consent(outcome)
    elif outcome.rule.method is Method.WRITTEN_CONSENT:
        said = _written_consent(outcome)
    else:
        said = _vote(outcome)
    return f"{said} {_recused(outcome.count)}".rstrip()


def _no_competent_body(count: Count) -> str:
    figures = {"able": count.able.heads, "heads": count.heads, "needed": competent_heads(count)}
    return _(
        "No competent body: of %(heads)s seats %(able)s able to vote; at least %(needed)s had to be. "
        "The matter goes to the members."
    ) % {key: str(figure) for key, figure in figures.items()}


def _no_quorum(outcome: Outcome) -> str:
    rule, count = outcome.rule, outcome.count
    template = _("No quorum: %(present)s present, of %(able)s able to vote; %(needed)s.")
    if rule.recusal is Recusal.COUNT and count.recused_present.heads:
        template = _("No quorum: %(present)s present with the recused, of %(able)s able to vote; %(needed)s.")
    present = count.present(rule)
    if rule.recusal is Recusal.COUNT:
        present = present.joined(count.recused_present)
    return template % {
        "present": _side(present, count),
        "able": _side(count.able, count),
        "needed": _needed(quorum_needed(rule, count), count),
    }


def _vote(outcome: Outcome) -> str:
    rule, count = outcome.rule, outcome.count
    limit = most_no(rule, count)
    template = _("%(result)s: %(yes)s yes, %(no)s no, %(others)s; %(needed)s.")
    if limit is not None:
        template = _("%(result)s: %(yes)s yes, %(no)s no, %(others)s; %(needed)s, and at most %(limit)s no.")
    return template % {
        "result": _("Adopted") if outcome.result is Result.ADOPTED else _("Rejected"),
        "yes": _side(count.favour, count),
        "no": _side(count.against, count),
        "others": _others(count),
        "needed": _needed(least_yes(rule, count), count),
        "limit": limit if limit is None else _sum(limit, count),
    }


def _consent(outcome: Outcome) -> str:
    count = outcome.count
    limit = most_objections(outcome.rule, count)
    template = _("%(result)s: %(agree)s agreed, %(object)s objected, %(others)s; no objection was allowed.")
    if limit:
        template = _("%(result)s: %(agree)s agreed, %(object)s objected, %(others)s; at most %(limit)s could object.")
    return template % {
        "result": _("Adopted by consent") if outcome.result is Result.ADOPTED else _("Returned to the proposer"),
        "agree": _side(count.favour, count),
        "object": _side(count.against, count),
        "others": _others(count),
        "limit": _sum(limit, count),
    }


def _written_consent(outcome: Outcome) -> str:
    count = outcome.count
    template = _("%(result)s: %(signed)s signed, %(refused)s refused, %(silent)s silent, of %(able)s; all had to sign.")
    return template % {
        "result": _("Adopted in writing") if outcome.result is Result.ADOPTED else _("Rejected"),
        "signed": _side(count.favour, count),
        "refused": _side(count.against, count),
        "silent": _side(_silent(count), count),
        "able": _("%(able)s able to sign") % {"able": _side(count.able, count)},
    }


def _others(count: Count) -> str:
    return _("%(abstained)s abstained, %(silent)s did not vote, of %(able)s able to vote") % {
        "abstained": _side(count.abstain, count),
        "silent": _side(_silent(count), count),
        "able": _side(count.able, count),
    }


def _recused(count: Count) -> str:
    if not count.recused.heads:
        return ""
    template = ngettext("%(recused)s recused.", "%(recused)s recused.", count.recused.heads)
    return template % {"recused": _side(count.recused, count)}


def _needed(weight: int, count: Count) -> str:
    if _is_weighted(count):
        return _("a weight of at least %(weight)s was needed") % {"weight": weight}
    return ngettext("at least %(sum)s was needed", "at least %(sum)s were needed", weight) % {"sum": weight}


def _silent(count: Count) -> Side:
    cast = count.cast
    return Side(count.able.heads - cast.heads, count.able.weight - cast.weight)


def _side(side: Side, count: Count) -> str:
    if not _is_weighted(count) or not side.heads:
        return str(side.heads)
    return _("%(heads)s (weight %(weight)s)") % {"heads": side.heads, "weight": side.weight}


def _sum(weight: int, count: Count) -> str:
    return _("a weight of %(weight)s") % {"weight": weight} if _is_weighted(count) else str(weight)


def _is_weighted(count: Count) -> bool:
    """Do some seats weigh more than 1? Then heads and weights are two figures, and both are said."""
    return count.heads != count.able.weight + count.recused.weight
