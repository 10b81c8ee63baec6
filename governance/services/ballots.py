"""Casting a ballot: one transaction, under the decision's lock, by the clock that is read after it."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require_bound
from accounts.rules import VOTING, Proof
from alliance.selectors.neglect import lapsed_members
from audit import chain
from audit.errors import DomainError, NotPermitted
from governance import permissions
from governance.counting import rule_of
from governance.models import Ballot, BallotVersion, Decision, Elector, Holding
from governance.selectors.holders import holder_of
from governance.services.locking import lock_vote, tell
from governance.services.swing import extend_on_late_swing
from governance.states import CHOICES_OF, Choice, DecisionState, Method


@transaction.atomic
def cast_ballot(
    *,
    actor: Person,
    decision: Decision,
    choice: str,
    proof: Proof | None,
    declared: bool = False,
    reason: str = "",
    proposed_change: str = "",
    replaces: int | None = None,
) -> Ballot:
    """Record the actor's ballot, or replace it: the last one before the close counts, earlier ones stay on record.

    A seat's ballot needs current statements and the declaration; an objection a reason and a proposed change. A group
    has one ballot: who replaces a colleague's names its version in `replaces`, so that nobody does it unawares.
    Raises DomainError when voting is closed, the elector is recused, or something is missing; ProofStale.
    """
    decision, at = lock_vote(decision)
    elector = elector_of(actor, decision)
    proof = require_bound("governance.cast_ballot", actor, elector, proof=proof, at=at, within=VOTING)
    _require_open(decision, at)
    _require_able(elector, actor, at)
    _require_whole(decision, elector, choice=choice, declared=declared, reason=reason, change=proposed_change)
    colleague = _colleague(elector, actor)
    _require_aware(elector, colleague, replaces)
    version = _written(elector, actor, choice=choice, reason=reason, change=proposed_change, at=at, declared=declared)
    extend_on_late_swing(decision, at, arrived=elector if version.number == 1 else None)
    data: dict[str, Any] = {"seat": elector.key, "commitment": version.commitment, "proof": proof.as_data()}
    if colleague:
        data["replaces"] = str(colleague.pk)
    tell("ballot.cast", decision.alliance_id, actor=actor, subject=decision, at=at, data=data)
    return version.ballot


def elector_of(actor: Person, decision: Decision) -> Elector:
    """The one elector that the actor votes as. Raises NotPermitted when there is none."""
    electors = decision.electors.select_related("alliance")
    own = electors.filter(person=actor, seat__isnull=False).first()
    if own is not None:
        return own
    groups = {member.group_key for member in permissions.members_of(actor, decision.alliance_id)}
    found = electors.filter(seat__isnull=True, group__in=groups).order_by("pk").first()
    if found is None:
        raise NotPermitted(_("You are not among those who may vote on this."))
    return found


def _require_open(decision: Decision, at: datetime) -> None:
    if decision.state != DecisionState.OPEN or decision.closes_at is None or at >= decision.closes_at:
        raise DomainError("voting_closed", _("Voting is closed. Nothing was recorded."))


def _require_able(elector: Elector, actor: Person, at: datetime) -> None:
    if elector.recused_at:
        raise DomainError("recused", _("You are recused from this decision, so you do not vote on it."))
    if not elector.seat_id:
        _require_confirmed(elector, actor, at)
        return
    held = Holding.objects.current().accepted().filter(seat=elector.seat_id, person=actor).first()
    if held is None or at.date() >= held.ends_on:
        raise DomainError("left_seat", _("You no longer hold this seat, so you do not vote on this."))
    holder = holder_of(held, at)
    if holder.attestation is None:
        raise DomainError("not_attested", _("Your independence statement is not current. Sign it, then vote."))
    if holder.disclosure is None:
        raise DomainError("not_disclosed", _("Your disclosure of conflicts is not current. Renew it, then vote."))


def _require_confirmed(elector: Elector, actor: Person, at: datetime) -> None:
    """Under a charter, that one of the actor's members in this group has confirmed its interests within 180 days."""
    own = {each.pk for each in permissions.members_of(actor, elector.alliance_id) if each.group_key == elector.group}
    if own <= lapsed_members(elector.alliance, at, among=own):
        raise DomainError(
            "interest_lapsed",
            _("Your member last confirmed what it wants more than 180 days ago. Confirm its interests, then vote."),
        )


def _require_whole(
    decision: Decision, elector: Elector, *, choice: str, declared: bool, reason: str, change: str
) -> None:
    if choice not in CHOICES_OF[Method(rule_of(decision)["rule"]["method"])]:
        raise DomainError("choice_missing", _("Choose one of the answers."), field="choice")
    if elector.seat_id and not declared:
        raise DomainError(
            "not_declared",
            _("Tick the declaration, if it is true. If it is not, recuse yourself or report in confidence."),
            field="declared",
        )
    if choice == Choice.OBJECT and not reason.strip():
        raise DomainError("reason_missing", _("Say why you object."), field="reason")
    if choice == Choice.OBJECT and not change.strip():
        raise DomainError("change_missing", _("Say what would have to change."), field="proposed_change")


def _colleague(elector: Elector, actor: Person) -> Person | None:
    """Who else cast the group's ballot that stands."""
    last = BallotVersion.objects.filter(ballot__elector=elector).select_related("cast_by").order_by("-number").first()
    return last.cast_by if last and last.cast_by_id != actor.pk else None


def _require_aware(elector: Elector, colleague: Person | None, replaces: int | None) -> None:
    if colleague is not None and replaces != elector.ballot.version:
        raise DomainError(
            "cast_meanwhile",
            _("%(name)s has cast your group’s ballot. Look again; then leave it, or replace it.") % {"name": colleague},
        )


def _written(
    elector: Elector, actor: Person, *, choice: str, reason: str, change: str, declared: bool, at: datetime
) -> BallotVersion:
    ballot, is_new = Ballot.objects.get_or_create(
        elector=elector,
        defaults={"alliance_id": elector.alliance_id, "decision_id": elector.decision_id, "cast_at": at},
    )
    if not is_new:
        ballot.version, ballot.cast_at = ballot.version + 1, at
        ballot.save(update_fields=["version", "cast_at"])
    salt = secrets.token_hex(32)
    return BallotVersion.objects.create(
        ballot=ballot,
        number=ballot.version,
        choice=choice,
        reason=reason.strip(),
        proposed_change=change.strip(),
        salt=salt,
        commitment=chain.commitment(salt, choice, reason.strip(), change.strip()),
        declared=declared,
        cast_by=actor,
        cast_at=at,
    )
