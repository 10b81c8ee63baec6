"""A decision as a case: what the tally counts, and what anyone can count again. Reads rows, decides nothing."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from governance import effects, recount, rules, tally
from governance.models import Decision, DecisionClass, Elector
from governance.states import Body
from governance.tally.quorum import quorum_needed, quorum_present


def rule_document(decided_by: DecisionClass) -> dict[str, Any]:
    """A class's rule in the form of a case.

    Where a method takes no share of votes (consent, written consent) base and threshold are those that change nothing.
    """
    limits = {"max_no": decided_by.max_no, "max_objections": decided_by.max_objections}
    if decided_by.min_yes_quorum:
        limits["min_yes"] = "quorum"
    return {
        "method": decided_by.method,
        "base": decided_by.base or "all",
        "threshold": decided_by.threshold or "1/1",
        "strict": bool(decided_by.strict),
        "quorum": {"fraction": decided_by.quorum, "strict": bool(decided_by.quorum_strict)},
        "recusal": decided_by.recusal,
        "forum": decided_by.forum,
        **{name: limit for name, limit in limits.items() if limit},
    }


def words_of(decision: Decision) -> list[Any]:
    """What is put to the vote: title, summary, motion, consequence, and the effect with its data."""
    text = [decision.title, decision.summary, decision.motion, decision.consequence]
    return [*text, decision.effect, decision.effect_data]


def sealed_rule(decision: Decision) -> dict[str, Any]:
    """The rule that a decision is held under, as it is sealed at opening: the case's rule, and what else counts."""
    decided_by = decision.decision_class
    return {
        "class": decided_by.key,
        "body": decision.body,
        "effective_after_days": _days_to_effect(decision),
        "authorised_weight": _authorised(decision),
        "rule": rule_document(decided_by),
    }


def _days_to_effect(decision: Decision) -> int:
    waits = effects.find(decision.effect).least_days(decision.alliance, decision.effect_data)
    return max(decision.decision_class.effective_after_days, waits)


def _authorised(decision: Decision) -> int | None:
    if decision.body == Body.MEMBERS:
        return None
    return sum(decision.alliance.seats.standing().values_list("weight", flat=True)) or None


def rule_of(decision: Decision) -> dict[str, Any]:
    """What was sealed when voting opened; of a draft, or a decision that was imported, what its class says."""
    if decision.sealed_rule:
        sealed: dict[str, Any] = json.loads(decision.sealed_rule)
        return sealed
    found = sealed_rule(decision)
    return {**found, "authorised_weight": None} if decision.opened_at else found


def unsaid(decided_by: DecisionClass) -> tuple[str, ...]:
    """Which fields a class leaves blank that it must state before a decision is opened under it."""
    fields = (*rules.TERMS_OF_ALL, *rules.TERMS_OF_A_VOTE)
    return rules.missing_terms({"method": decided_by.method, **{name: getattr(decided_by, name) for name in fields}})


def case_of(decision: Decision, electors: Iterable[Elector], ballots: Mapping[str, str]) -> tally.Case:
    """The decision's case: its sealed rule, its frozen electorate, and these ballots by the elector's key."""
    sealed = rule_of(decision)
    authorised = {} if sealed["authorised_weight"] is None else {"authorised_weight": sealed["authorised_weight"]}
    document = {
        "id": case_id(decision),
        "rule": sealed["rule"],
        "seats": [_seat(each) for each in electors],
        "ballots": dict(ballots),
        **authorised,
    }
    return recount.case_of(recount.case_at((), document))


def empty_case(decided_by: DecisionClass) -> tally.Case:
    """A class's rule without any electorate: what it says in words, before a decision."""
    document = {"id": decided_by.key, "rule": rule_document(decided_by), "seats": [], "ballots": {}}
    return recount.case_of(recount.case_at((), document))


def case_id(decision: Decision) -> str:
    """How the decision's case is called: the alliance's address and the decision's number."""
    return f"{decision.alliance.slug}-{decision.number}"


def _seat(elector: Elector) -> dict[str, Any]:
    marked = {"recused": True} if elector.recused_at else {}
    return {"id": elector.key, "weight": elector.weight, **marked}


def quorum_of(decision: Decision, electors: Iterable[Elector], voted: Iterable[str]) -> tuple[int, int]:
    """(present, needed) so far. Who is present is known while voting is open; how they voted is not asked for."""
    electors = list(electors)
    abstaining = dict.fromkeys(voted, "yes" if rule_of(decision)["rule"]["method"] == "written_consent" else "abstain")
    case = case_of(decision, electors, abstaining)
    counted = tally.count(case)
    return quorum_present(case.rule, counted), quorum_needed(case.rule, counted)


def final_at(decision: Decision) -> datetime:
    """From when an outcome stands for good, and an adopted one takes effect. Of a decision that has been opened."""
    assert decision.closes_at is not None  # noqa: S101 - it has been opened
    days: int = rule_of(decision)["effective_after_days"]
    return decision.closes_at + timedelta(days=days)


def opens_from(decision: Decision) -> datetime | None:
    """From when a draft's vote may open: the end of its notice; None while none is given, or none is asked for."""
    if decision.noticed_at is None:
        return None
    return decision.noticed_at + timedelta(days=days_before_opening(decision.decision_class))


def days_before_opening(decided_by: DecisionClass) -> int:
    """The days of notice that must run before a vote under this class opens."""
    return rules.notice_before_opening(notice_days=decided_by.notice_days or 0, open_days=decided_by.open_days or 0)
