"""A decision's page: the question, the rule, who may vote and has, my part, and after the close the outcome."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import Person
from accounts.permissions import may
from alliance.selectors.holds import Held, holds_of
from alliance.selectors.standing import standing_of
from governance import effects, permissions, tally
from governance.counting import case_of, days_before_opening, final_at, opens_from, quorum_of, rule_of, unsaid
from governance.models import Decision, Elector, Outcome, Suggestion
from governance.selectors import ballots
from governance.selectors.conformance import Conformer, conformers, is_standard
from governance.selectors.holds import DECISION
from governance.selectors.neglect import Hindrance, hindrance_of
from governance.selectors.suggestions import suggestions_to
from governance.selectors.words import RuleWords, choices_of, rule_words, state_of
from governance.states import Body, DecisionState, Method, Result
from governance.tally.quorum import competent_heads


@dataclass(slots=True)
class DecisionPage:
    """Everything that the page shows; `acts` names what this person may do with it now."""

    decision: Decision
    state_word: str
    state_look: str
    effect: str
    rule: RuleWords
    is_open: bool
    is_being_recorded: bool
    own: Elector | None
    receipt: ballots.Receipt | None
    electors: list[Elector]
    voters: list[dict[str, Any]]
    voted: int
    present: int
    needed: int
    choices: list[dict[str, str]]
    needs_change: bool
    outcomes: list[Outcome]
    revealed: list[dict[str, Any]]
    may_recount_until: datetime | None
    sequel: Decision | None
    notice_days: int
    hindrance: Hindrance | None
    is_competent: bool
    opens_at: datetime | None
    held: Held | None
    suggestions: list[Suggestion]
    conformers: list[Conformer]
    reopened: list[Decision]
    """Later ones that took this one up again."""
    acts: frozenset[str] = field(default_factory=frozenset)

    @property
    def may_declare(self) -> bool:
        """Has a member that the person acts for not said yet that it meets this?"""
        return any(each.is_own and not each.statement for each in self.conformers)

    @property
    def may_answer(self) -> bool:
        """Only the proposer changes a draft, and answers what is suggested to it."""
        return "change_draft" in self.acts

    @property
    def outcome(self) -> Outcome | None:
        """The one that counts."""
        return self.outcomes[-1] if self.outcomes else None

    @property
    def is_by_members(self) -> bool:
        """Do the members decide, and not the committee?"""
        return self.decision.body == Body.MEMBERS

    @property
    def asked(self) -> int:
        """How many of the electorate are not recused."""
        return sum(not each.recused_at for each in self.electors)

    @property
    def earlier(self) -> list[Outcome]:
        """Those that a recount has replaced."""
        return self.outcomes[:-1]

    @property
    def turned_from(self) -> str:
        """The word for the result that stood first, where another has come of it."""
        first, last = self.outcomes[0], self.outcomes[-1]
        return "" if first.result == last.result else first.get_result_display()

    @property
    def follows(self) -> bool:
        """Is there anything to say about what follows the outcome?"""
        said = self.decision.took_effect_at or self.takes_effect or self.may_recount_until or self.reasons
        return bool(said) or len(self.outcomes) > 1 or self.outcomes[-1].result == Result.NO_QUORUM

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Ballots and recusals that say why, after the close."""
        return [each for each in self.revealed if each["reason"]]

    @property
    def takes_effect(self) -> bool:
        """Is it on its way to take effect, with nothing in its way?"""
        decision = self.decision
        return decision.state == DecisionState.CLOSED and bool(decision.effective_at) and not decision.effect_problem

    @property
    def has_quorum(self) -> bool:
        """Is a quorum asked for at all? In writing all sign."""
        return bool(self.needed) and rule_of(self.decision)["rule"]["method"] != Method.WRITTEN_CONSENT

    @property
    def quorum_met(self) -> bool:
        return self.present >= self.needed

    @property
    def may_vote(self) -> bool:
        able = self.own is not None and not self.own.recused_at and self.hindrance is None
        return self.is_open and able


MEANWHILE = frozenset({"open_voting"})
"""What nobody does with a decision that is held."""
NOT_STATED = RuleWords(short="", text="", facts=[])
"""Of a draft whose class is not complete yet."""


def decision_page(decision: Decision, person: Person, at: datetime) -> DecisionPage:
    """The page as this person sees it, in a fixed number of statements."""
    electors = ballots.electors_of(decision)
    members = permissions.members_of(person, decision.alliance_id)
    groups = {member.group_key for member in members}
    own = ballots.own_elector(electors, person, groups)
    outcomes = list(decision.outcomes.order_by("number")) if decision.is_decided else []
    later = _later(decision) if outcomes else []
    word, look = state_of(decision, at, outcomes[-1].result if outcomes else None)
    rule = rule_of(decision)
    is_open = decision.state == DecisionState.OPEN and decision.closes_at is not None and at < decision.closes_at
    held, hold_acts = _hold_on(decision, person, at)
    voted = [each.key for each in electors if ballots.has_voted(each) and not each.recused_at]
    is_stated = bool(decision.sealed_rule) or not unsaid(decision.decision_class)
    present, needed = quorum_of(decision, electors, voted) if electors and is_stated else (0, 0)
    return DecisionPage(
        decision=decision,
        state_word=word,
        state_look=look,
        effect=effects.find(decision.effect).describe(decision.alliance, decision.effect_data),
        rule=rule_words(case_of(decision, electors, {}), effective_days=rule["effective_after_days"])
        if is_stated
        else NOT_STATED,
        is_open=is_open,
        is_being_recorded=look == "being_recorded",
        own=own,
        receipt=ballots.receipt_of(own) if is_open and own and not own.recused_at else None,
        electors=electors,
        voters=ballots.voters(electors, own),
        voted=len(voted),
        present=present,
        needed=needed,
        choices=choices_of(rule["rule"]["method"], rule["rule"]["base"]),
        needs_change=rule["rule"]["method"] == "consent",
        outcomes=outcomes,
        revealed=ballots.revealed(decision),
        may_recount_until=_recount_until(decision, at),
        sequel=next((each for each in reversed(later) if each.continues_id == decision.pk), None),
        notice_days=days_before_opening(decision.decision_class),
        hindrance=hindrance_of(decision, person, own, members, at) if is_open else None,
        is_competent=_is_competent(decision, electors) if is_open else True,
        opens_at=opens_from(decision) if decision.state == DecisionState.DRAFT else None,
        held=held,
        suggestions=suggestions_to(decision),
        reopened=[each for each in later if each.reopens_id == decision.pk],
        conformers=conformers(decision, standing_of(person, decision.alliance)) if is_standard(decision) else [],
        acts=_acts(decision, person, own, is_open=is_open, at=at) - (MEANWHILE if held else frozenset()) | hold_acts,
    )


def _later(decision: Decision) -> list[Decision]:
    """Those in which it goes on, or is taken up again: one statement."""
    found = Decision.objects.filter(Q(continues=decision) | Q(reopens=decision))
    return list(found.exclude(state=DecisionState.WITHDRAWN).order_by("number"))


def _is_competent(decision: Decision, electors: list[Elector]) -> bool:
    """Are enough of them not recused that the body may decide?"""
    count = tally.count(case_of(decision, electors, {}))
    return count.able.heads >= competent_heads(count)


def _hold_on(decision: Decision, person: Person, at: datetime) -> tuple[Held | None, frozenset[str]]:
    """What stands on it, and whether this person may place a hold. Two statements while it is not decided."""
    if decision.state not in {DecisionState.DRAFT, DecisionState.OPEN}:
        return None, frozenset()
    if decision.closes_at is not None and at >= decision.closes_at:
        return None, frozenset()
    holds = holds_of(decision.alliance, standing_of(person, decision.alliance), at, DECISION)
    offered = holds.is_offered(DECISION, decision)
    return holds.on(DECISION, decision), frozenset({"place_hold"} if offered else ())


def _recount_until(decision: Decision, at: datetime) -> datetime | None:
    from_close = decision.closes_at if decision.state == DecisionState.CLOSED else None
    if from_close is None:
        return None
    until = final_at(decision)
    return until if at < until else None


def _acts(decision: Decision, person: Person, own: Elector | None, *, is_open: bool, at: datetime) -> frozenset[str]:
    """The names of the services that would let this person act now."""
    asked: list[str] = []
    if decision.state == DecisionState.DRAFT:
        asked = ["change_draft", "withdraw_draft", "suggest_change"]
        asked += ["open_voting"] if _may_open(decision, at) else []
        asked += [] if decision.seconder_id or decision.body == Body.MEMBERS else ["second_decision"]
        asked += ["give_notice"] if _awaits_notice(decision) and not decision.decision_class.retired_at else []
    if decision.state == DecisionState.CLOSED and decision.effect_problem:
        asked.append("carry_out")
    found = {name for name in asked if may(f"governance.{name}", person, decision)}
    can_step_out = is_open or _recount_until(decision, at) is not None
    if own is not None and not own.recused_at and can_step_out:
        found.add("recuse")
    if own is not None and not own.recused_at and is_open:
        found.add("cast_ballot")
    return frozenset(found)


def _may_open(decision: Decision, at: datetime) -> bool:
    """Is its class still in force, is it seconded where it must be, and its notice over?"""
    opens_at = opens_from(decision)
    unseconded = decision.body == Body.COMMITTEE and not decision.seconder_id
    if decision.decision_class.retired_at or unseconded:
        return False
    return not _awaits_notice(decision) and (opens_at is None or at >= opens_at)


def _awaits_notice(decision: Decision) -> bool:
    return bool(days_before_opening(decision.decision_class)) and decision.noticed_at is None
