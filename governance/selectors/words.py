"""A decision's rule and state in words and whole numbers, as pages and messages say them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance import tally
from governance.models import Decision
from governance.sentences import SHARES, fraction_in_words, share_in_words
from governance.states import CHOICES_OF, Base, Choice, DecisionState, Method, Result
from governance.tally.methods import least_yes, most_no, most_objections
from governance.tally.quorum import competent_heads, quorum_needed

KNOWN_AHEAD = frozenset({tally.Base.ALL, tally.Base.AUTHORISED})
"""Bases whose size is known before anybody has voted: they give whole numbers at once."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`short` is one line for the first screen; `facts` are name and value; `text` is the rule in a sentence."""

    short: str
    text: str
    facts: list[dict[str, str]]


def state_of(decision: Decision, at: datetime, result: str | None) -> tuple[str, str]:
    """(word, look) of a decision at a time: what the clock has closed is being recorded until it is written down."""
    if decision.state == DecisionState.OPEN and decision.closes_at and at >= decision.closes_at:
        return _("Being recorded"), "being_recorded"
    if result and decision.state in {DecisionState.CLOSED, DecisionState.EFFECTIVE}:
        return str(Result(result).label), result
    return str(DecisionState(decision.state).label), str(decision.state)


def rule_words(case: tally.Case, *, effective_days: int) -> RuleWords:
    """The rule of a case with its electorate as it stands; before opening, without one, in shares only."""
    rule, count = case.rule, tally.count(case)
    is_open = count.heads > 0
    facts = [*_needed(rule, count, is_open), *_quorum(rule, count, is_open)]
    if is_open:
        facts.append({"name": _("Recused"), "value": _recused(count)})
    facts.append({"name": _("Takes effect"), "value": _effect_words(effective_days)})
    return RuleWords(short=_short(rule, count, is_open), text=_text(rule), facts=facts)


def _short(rule: tally.Rule, count: tally.Count, is_open: bool) -> str:
    if rule.method is tally.Method.CONSENT:
        return _("Adopted unless somebody objects with a reason")
    if rule.method is tally.Method.WRITTEN_CONSENT:
        return _("Adopted when all who may vote sign")
    share = share_in_words(rule.threshold, strict=rule.strict)
    if not is_open or rule.base not in KNOWN_AHEAD:
        said = _("Needs %(share)s %(base)s") % {"share": share, "base": SHARES[Base(rule.base)]}
        least = _("at least %(least)s yes") % {"least": quorum_needed(rule, count)}
        return f"{said}, {least}" if is_open and rule.min_yes_quorum else said
    yes, of = least_yes(rule, count), count.pool(rule)
    said = _("At least %(yes)s yes of %(of)s needed") % {"yes": yes, "of": of}
    limit = most_no(rule, count)
    return said if limit is None else _("%(said)s, and at most %(limit)s no") % {"said": said, "limit": limit}


def _text(rule: tally.Rule) -> str:
    if rule.method is tally.Method.CONSENT:
        return _(
            "Adopted when nobody objects. An objection says why, and what would have to change; then the question goes "
            "back to its proposer once, and after that to a vote."
        )
    if rule.method is tally.Method.WRITTEN_CONSENT:
        return _("Adopted when everyone who may vote signs the same text. One who stays silent or refuses stops it.")
    said = [
        _("Adopted when %(share)s %(base)s say yes.")
        % {"share": share_in_words(rule.threshold, strict=rule.strict), "base": SHARES[Base(rule.base)]}
    ]
    if rule.min_yes_quorum:
        said.append(_("The yes votes alone must reach the quorum."))
    if rule.max_no is not None:
        said.append(_("No more than %(share)s may say no.") % {"share": fraction_in_words(rule.max_no)})
    counts = rule.base in {tally.Base.CAST, tally.Base.ALL_LESS_ABSTAIN}
    said.append(
        _("An abstention is not counted.") if counts else _("An abstention counts like a seat that stays silent.")
    )
    said.append(_("A tie fails."))
    return " ".join(said)


def _needed(rule: tally.Rule, count: tally.Count, is_open: bool) -> list[dict[str, str]]:
    if rule.method is tally.Method.CONSENT:
        limit = most_objections(rule, count)
        value = _("none") if not limit else _("at most %(limit)s") % {"limit": limit}
        return [{"name": _("Objections allowed"), "value": value}]
    if rule.method is tally.Method.WRITTEN_CONSENT:
        everyone = _("all %(number)s") % {"number": count.able.heads} if is_open else _("all who may vote")
        return [{"name": _("Signatures needed"), "value": everyone}]
    facts = [{"name": _("Yes needed"), "value": _yes_needed(rule, count, is_open)}]
    limit_of_no = most_no(rule, count)
    if is_open and limit_of_no is not None:
        value = _("at most %(limit)s of %(of)s") % {"limit": limit_of_no, "of": count.pool(rule)}
        facts.append({"name": _("No allowed"), "value": value})
    return facts


def _yes_needed(rule: tally.Rule, count: tally.Count, is_open: bool) -> str:
    share = f"{share_in_words(rule.threshold, strict=rule.strict)} {SHARES[Base(rule.base)]}"
    if not is_open:
        return share
    if rule.base in KNOWN_AHEAD:
        of = count.authorised if rule.base is tally.Base.AUTHORISED else count.pool(rule)
        return _("at least %(yes)s of %(of)s (%(share)s)") % {"yes": least_yes(rule, count), "of": of, "share": share}
    if rule.min_yes_quorum:
        return _("%(share)s, and at least %(least)s") % {"share": share, "least": quorum_needed(rule, count)}
    return share


def _quorum(rule: tally.Rule, count: tally.Count, is_open: bool) -> list[dict[str, str]]:
    if rule.method is tally.Method.WRITTEN_CONSENT:
        return []
    share = share_in_words(rule.quorum.fraction, strict=rule.quorum.strict)
    if not is_open:
        return [{"name": _("Quorum"), "value": share}]
    value = _("%(needed)s of %(of)s, %(share)s") % {
        "needed": quorum_needed(rule, count),
        "of": count.pool(rule),
        "share": share,
    }
    return [{"name": _("Quorum"), "value": value}]


def _recused(count: tally.Count) -> str:
    if not count.recused.heads:
        return _("none")
    return _("%(recused)s, which leaves %(able)s of %(heads)s able to vote; at least %(needed)s are needed") % {
        "recused": count.recused.heads,
        "able": count.able.heads,
        "heads": count.heads,
        "needed": competent_heads(count),
    }


def _effect_words(days: int) -> str:
    if not days:
        return _("at once, when voting closes")
    return ngettext("%(days)s day after the close", "%(days)s days after the close", days) % {"days": days}


def choices_of(method: str, base: str) -> list[dict[str, str]]:
    """The answers of a method as the ballot shows them."""
    is_counted = base in {Base.CAST, Base.ALL_LESS_ABSTAIN}
    hints = {
        Choice.ABSTAIN: _("Counts as present, not for or against")
        if is_counted
        else _("Does not lower the number of yes votes needed"),
        Choice.OBJECT: _("Say why, and what would have to change"),
    }
    if method == Method.CONSENT:
        hints[Choice.ABSTAIN] = _("Counts for the quorum")
    if method == Method.WRITTEN_CONSENT:
        hints = {Choice.YES: _("You sign the motion as it stands"), Choice.NO: _("You refuse: then it is not adopted")}
    return [
        {"value": choice.value, "word": str(choice.label), "hint": hints.get(choice, "")}
        for choice in CHOICES_OF[Method(method)]
    ]
