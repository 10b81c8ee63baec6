"""The outcome as a sentence that a person can read aloud, in whole numbers; and a share in words.

Where some seat weighs more than 1, heads and weights are two figures, and both are said.
"""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.states import Base
from governance.tally import Count, Method, Outcome, Recusal, Result, Side
from governance.tally.methods import least_yes, most_no, most_objections
from governance.tally.quorum import competent_heads, quorum_needed

SHARES = {
    Base.CAST: gettext_lazy("of the votes cast"),
    Base.PRESENT: gettext_lazy("of those who vote"),
    Base.ALL: gettext_lazy("of all who may vote"),
    Base.ALL_LESS_ABSTAIN: gettext_lazy("of all who may vote, less those who abstain"),
    Base.AUTHORISED: gettext_lazy("of all seats, vacant ones too"),
}
"""A share of what, by a rule’s base."""


def share_in_words(share: Fraction, *, strict: bool) -> str:
    """A share as everything says it: "more than half", "at least two thirds", "at least 3/5"."""
    more = _("more than %(share)s") if strict else _("at least %(share)s")
    return more % {"share": fraction_in_words(share)}


def fraction_in_words(share: Fraction) -> str:
    """A fraction by its name where it has a common one, in figures otherwise: "a quarter", "3/5"."""
    words = {
        Fraction(1, 4): _("a quarter"),
        Fraction(1, 3): _("a third"),
        Fraction(1, 2): _("half"),
        Fraction(2, 3): _("two thirds"),
        Fraction(3, 4): _("three quarters"),
    }
    return words.get(share, f"{share.numerator}/{share.denominator}")


def outcome_sentence(outcome: Outcome, *, by_members: bool = False) -> str:
    """Say what came out and why: *Adopted: 5 yes, 0 no, … of 7 able to vote; at least 5 were needed. 1 recused.*

    What the committee is not competent for goes to the members; what the members are not competent for, nowhere.
    """
    if outcome.result is Result.NO_COMPETENT_BODY:
        said = _no_competent_body(outcome.count)
        said = said if by_members else " ".join([said, _("The matter goes to the members.")])
    elif outcome.result is Result.NO_QUORUM:
        said = _no_quorum(outcome)
    elif outcome.rule.method is Method.CONSENT:
        said = _consent(outcome)
    elif outcome.rule.method is Method.WRITTEN_CONSENT:
        said = _written_consent(outcome)
    else:
        said = _vote(outcome)
    recused = outcome.count.recused
    return f"{said} {_said(_('%(heads)s recused'), recused, outcome.count)}." if recused.heads else said


def _no_competent_body(count: Count) -> str:
    return _("Too many recused to decide: %(able)s of %(heads)s able to vote; at least %(needed)s were needed.") % {
        "able": count.able.heads,
        "heads": count.heads,
        "needed": competent_heads(count),
    }


def _no_quorum(outcome: Outcome) -> str:
    rule, count = outcome.rule, outcome.count
    present, label = count.present(rule), _("%(heads)s present")
    if rule.recusal is Recusal.COUNT and count.recused_present.heads:
        present, label = present.joined(count.recused_present), _("%(heads)s present with the recused")
    counts = [_said(label, present, count), _said(_("of %(heads)s able to vote"), count.able, count)]
    return _sentence(_("No quorum"), counts, _needed(quorum_needed(rule, count), count))


def _vote(outcome: Outcome) -> str:
    rule, count = outcome.rule, outcome.count
    result = _("Adopted") if outcome.result is Result.ADOPTED else _("Rejected")
    counts = [_said(_("%(heads)s yes"), count.favour, count), _said(_("%(heads)s no"), count.against, count)]
    needed, limit = _needed(least_yes(rule, count), count), most_no(rule, count)
    if limit is not None:
        needed = _("%(needed)s, and at most %(limit)s no") % {"needed": needed, "limit": _sum(limit, count)}
    return _sentence(result, counts + _others(count), needed)


def _consent(outcome: Outcome) -> str:
    count, limit = outcome.count, most_objections(outcome.rule, outcome.count)
    result = _("Adopted by consent") if outcome.result is Result.ADOPTED else _("Sent back for changes")
    counts = [_said(_("%(heads)s agreed"), count.favour, count), _said(_("%(heads)s objected"), count.against, count)]
    allowed = _("at most %(limit)s could object") % {"limit": _sum(limit, count)}
    return _sentence(result, counts + _others(count), allowed if limit else _("no objection was allowed"))


def _written_consent(outcome: Outcome) -> str:
    count = outcome.count
    result = _("Adopted in writing") if outcome.result is Result.ADOPTED else _("Rejected")
    counts = [
        _said(_("%(heads)s signed"), count.favour, count),
        _said(_("%(heads)s refused"), count.against, count),
        _said(_("%(heads)s silent"), _silent(count), count),
        _said(_("of %(heads)s able to sign"), count.able, count),
    ]
    return _sentence(result, counts, _("all had to sign"))


def _others(count: Count) -> list[str]:
    return [
        _said(_("%(heads)s abstained"), count.abstain, count),
        _said(_("%(heads)s did not vote"), _silent(count), count),
        _said(_("of %(heads)s able to vote"), count.able, count),
    ]


def _sentence(result: str, counts: list[str], needed: str) -> str:
    return _("%(result)s: %(counts)s; %(needed)s.") % {"result": result, "counts": ", ".join(counts), "needed": needed}


def _said(label: str, side: Side, count: Count) -> str:
    said = label % {"heads": side.heads}
    if not side.heads or not _is_weighted(count):
        return said
    return _("%(said)s (weight %(weight)s)") % {"said": said, "weight": side.weight}


def _needed(weight: int, count: Count) -> str:
    if _is_weighted(count):
        return _("a weight of at least %(weight)s was needed") % {"weight": weight}
    return ngettext("at least %(sum)s was needed", "at least %(sum)s were needed", weight) % {"sum": weight}


def _sum(weight: int, count: Count) -> str:
    return _("a weight of %(weight)s") % {"weight": weight} if _is_weighted(count) else str(weight)


def _silent(count: Count) -> Side:
    return Side(count.able.heads - count.cast.heads, count.able.weight - count.cast.weight)


def _is_weighted(count: Count) -> bool:
    return count.heads != count.able.weight + count.recused.weight
