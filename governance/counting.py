"""A decision as a case: what the tally counts, and what anyone can count again. Reads rows, decides nothing."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from governance import recount, tally
from governance.models import Decision, Elector
from governance.states import Body
from governance.tally.quorum import quorum_needed, quorum_present


def sealed_rule(decision: Decision) -> dict[str, Any]:
    """The rule that a decision is held under, as it is sealed at opening: the case's rule, and what else counts.

    Where a method takes no share of votes (consent, written consent) base and threshold are those that change nothing.
    """
    decided_by = decision.decision_class
    limits = {"max_no": decided_by.max_no, "max_objections": decided_by.max_objections}
    if decided_by.min_yes_quorum:
        limits["min_yes"] = "quorum"
    return {
        "class": decided_by.key,
        "body": decided_by.body,
        "effective_after_days": decided_by.effective_after_days,
        "authorised_weight": _authorised(decision),
        "rule": {
            "method": decided_by.method,
            "base": decided_by.base or "all",
            "threshold": decided_by.threshold or "1/1",
            "strict": bool(decided_by.strict),
            "quorum": {"fraction": decided_by.quorum, "strict": bool(decided_by.quorum_strict)},
            "recusal": decided_by.recusal,
            "forum": decided_by.forum,
            **{name: limit for name, limit in limits.items() if limit},
        },
    }


def _authorised(decision: Decision) -> int | None:
    if decision.decision_class.body == Body.MEMBERS:
        return None
    return sum(decision.alliance.seats.standing().values_list("weight", flat=True))


def rule_of(decision: Decision) -> dict[str, Any]:
    """What was sealed when voting opened; of a draft, or a decision that was imported, what its class says."""
    sealed: dict[str, Any] = json.loads(decision.sealed_rule) if decision.sealed_rule else sealed_rule(decision)
    return sealed


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
