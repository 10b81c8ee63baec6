"""The outcome of a case: its result and every figure it rests on."""

from dataclasses import dataclass

from governance.tally.cases import Case, Method, Result, Rule
from governance.tally.count import Count, count
from governance.tally.early import Decided, decided
from governance.tally.methods import base_weight, judge
from governance.tally.quorum import quorum_needed, quorum_present


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out, and the sums from which anyone can see why."""

    rule: Rule
    count: Count
    result: Result
    decided: Decided | None

    def figures(self) -> dict[str, int | str | None]:
        """The outcome with the keys of a case's `expect`; all sums are of weight."""
        return {
            "recused": self.count.recused.weight,
            **self._presence(),
            **self._tests(),
            "result": str(self.result),
            "decided": None if self.decided is None else str(self.decided),
        }

    def _presence(self) -> dict[str, int]:
        if self.result is Result.NO_COMPETENT_BODY or self.rule.method is Method.WRITTEN_CONSENT:
            return {}
        return {
            "quorum_needed": quorum_needed(self.rule, self.count),
            "quorum_present": quorum_present(self.rule, self.count),
        }

    def _tests(self) -> dict[str, int]:
        if self.result in {Result.NO_COMPETENT_BODY, Result.NO_QUORUM}:
            return {}
        if self.rule.method is Method.CONSENT:
            return {"objections": self.count.against.weight}
        if self.rule.method is Method.WRITTEN_CONSENT:
            return {"yes": self.count.favour.weight, "needed": self.count.able.weight}
        return {
            "yes": self.count.favour.weight,
            "no": self.count.against.weight,
            "abstain": self.count.abstain.weight,
            "base": base_weight(self.rule, self.count),
        }


def tally(case: Case) -> Outcome:
    """The outcome of `case` if voting closed on its ballots."""
    return settle(case.rule, count(case))


def settle(rule: Rule, counted: Count) -> Outcome:
    """The outcome of sums that were counted elsewhere, in the database for one."""
    return Outcome(rule, counted, judge(rule, counted), decided(rule, counted))
