"""Opening a vote: its rule is sealed, its electorate frozen."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from accounts.permissions import require
from accounts.templatetags.moments import written
from alliance.models import Alliance
from alliance.services.holds import require_not_held
from alliance.states import BEFORE_CHARTER, UNDER_CHARTER, Area, State
from audit import chain
from audit.errors import DomainError
from governance import effects, rules
from governance.counting import days_before_opening, opens_from, sealed_rule, unsaid
from governance.models import Decision, DecisionClass, Elector
from governance.registry import version_of
from governance.selectors.electorate import groups_of
from governance.selectors.holders import holders_of
from governance.selectors.holds import DECISION
from governance.services.decisions import checked_effect, require_open_vote, text_hash
from governance.services.locking import lock_decision, move, require_state, tell
from governance.states import Body, DecisionState, Forum

WHILE_IT_ENDS = frozenset({"amendment", "dissolution"})
"""The classes under which a suspended or dissolving alliance still decides."""


@transaction.atomic
def open_voting(*, actor: Person, decision: Decision) -> Decision:
    """Open the vote for as long as its class says. From now on its text, class and electorate cannot change.

    Raises DomainError while it is held, the class leaves something unsaid, a second or the notice is missing, the
    effect does not fit any more, or fewer than two could vote.
    """
    alliance, decision, at = lock_decision(decision)
    require("governance.open_voting", actor, decision)
    require_state(decision, DecisionState.DRAFT)
    _require_timely(alliance, decision.decision_class, cures=effects.find(decision.effect).cures)
    require_not_held(DECISION, decision, at)
    _require_settled(alliance, decision)
    _require_stated(decision.decision_class)
    _require_supported(decision, at)
    checked_effect(alliance, decision.decision_class, decision.effect, decision.effect_data)
    electors = _electorate(alliance, decision, at)
    _require_able(decision, electors)
    Elector.objects.bulk_create(electors)
    sealed = chain.canonical(sealed_rule(decision))
    days = decision.decision_class.open_days or 0
    move(
        decision,
        DecisionState.OPEN,
        opened_at=at,
        closes_at=at + timedelta(days=days),
        sealed_rule=sealed,
        charter_version=version_of(alliance),
    )
    tell("voting.opened", alliance.pk, actor=actor, subject=decision, at=at, data=_said(decision, electors))
    return decision


def _said(decision: Decision, electors: list[Elector]) -> dict[str, Any]:
    return {
        "number": decision.number,
        "class": str(decision.decision_class_id),
        "rule": chain.digest(decision.sealed_rule),
        "text": text_hash(decision),
        "version": str(decision.charter_version) if decision.charter_version else None,
        "electors": {each.key: each.weight for each in electors},
        "closes_at": decision.closes_at.isoformat() if decision.closes_at else None,
    }


def _require_timely(alliance: Alliance, decided_by: DecisionClass, *, cures: bool) -> None:
    is_early = alliance.state in BEFORE_CHARTER
    if decided_by.is_founding != is_early or decided_by.retired_at:
        raise DomainError(
            "class_not_in_force",
            _("This class is not in force: change the draft to one that is."),
            field="decision_class",
        )
    ending = alliance.state in {State.SUSPENDED, State.DISSOLVING}
    may_end = ending and decided_by.key in WHILE_IT_ENDS
    may_cure = cures and alliance.state == State.SUSPENDED
    if not is_early and alliance.state != State.ACTIVE and not (may_end or may_cure):
        raise DomainError("alliance_not_active", _("In this state the alliance does not decide this."))


def _require_stated(decided_by: DecisionClass) -> None:
    missing = unsaid(decided_by)
    if missing:
        names = [str(DecisionClass._meta.get_field(name).verbose_name) for name in missing]  # type: ignore[union-attr]
        raise DomainError(
            "class_incomplete",
            _("“%(class)s” does not say: %(missing)s. Complete the class first.")
            % {"class": decided_by.name, "missing": ", ".join(names)},
        )
    if decided_by.forum != Forum.ELECTRONIC:
        raise DomainError("decided_in_meeting", _("This class decides in a meeting, not by an electronic vote."))


def _require_supported(decision: Decision, at: datetime) -> None:
    decided_by = decision.decision_class
    if decision.body == Body.COMMITTEE and not decision.seconder_id:
        raise DomainError("not_seconded", _("Another holder of a seat seconds this first."))
    days = days_before_opening(decided_by)
    if days and decision.noticed_at is None:
        needed = ngettext(
            "Give notice first: this class asks for %(days)s day.",
            "Give notice first: this class asks for %(days)s days.",
            days,
        )
        raise DomainError("notice_missing", needed % {"days": days})
    opens_at = opens_from(decision)
    if opens_at and at < opens_at:
        running = ngettext(
            "The notice of %(days)s day is still running; the vote may open from %(when)s on.",
            "The notice of %(days)s days is still running; the vote may open from %(when)s on.",
            days,
        )
        raise DomainError("notice_running", running % {"days": days, "when": written(opens_at)})


def _require_settled(alliance: Alliance, decision: Decision) -> None:
    """While an amendment rewrites seats and rules, no vote is opened by what is half written."""
    if decision.body == Body.COMMITTEE and alliance.state in UNDER_CHARTER and Area.COMMITTEE in alliance.amended_areas:
        raise DomainError(
            "committee_amended",
            _("The committee’s seats and rules are being amended. The vote can open once that is written in."),
        )


def _electorate(alliance: Alliance, decision: Decision, at: datetime) -> list[Elector]:
    if decision.body == Body.MEMBERS:
        return _groups(alliance, decision, at)
    return [
        Elector(
            alliance_id=decision.alliance_id,
            decision=decision,
            key=str(each.holding.seat_id),
            seat=each.holding.seat,
            member=each.holding.seat.member,
            person=each.holding.person,
            group=each.holding.seat.member.group_key if each.holding.seat.member else None,
            weight=each.holding.seat.weight,
        )
        for each in holders_of(decision.alliance, at)
        if each.may_vote
    ]


def _groups(alliance: Alliance, decision: Decision, at: datetime) -> list[Elector]:
    """One elector for each group that votes, in the name of one of its members."""
    voters = [each.voter for each in groups_of(alliance, at) if each.voter]
    return [
        Elector(
            alliance_id=decision.alliance_id,
            decision=decision,
            key=str(voter.group_key),
            member=voter,
            group=voter.group_key,
        )
        for voter in voters
    ]


def _require_able(decision: Decision, electors: list[Elector]) -> None:
    if len(electors) < rules.LEAST_ELECTORATE:
        raise DomainError(
            "electorate_too_small",
            _("At least two must be able to vote: seats that are filled and accepted, with current statements.")
            if decision.body == Body.COMMITTEE
            else _("At least two groups must be able to vote: voting members whose interests are confirmed."),
        )
    require_open_vote(decision.decision_class, [each.weight for each in electors])
