"""Stepping out of a decision, before or after one's ballot, and until the outcome stands for good."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require_bound
from accounts.rules import VOTING, Proof
from audit.errors import DomainError
from governance.counting import final_at
from governance.models import Decision, Elector
from governance.services.ballots import elector_of
from governance.services.closing import add_outcome, close_if_due, follow, tell_recount
from governance.services.locking import lock_decision, tell
from governance.states import DecisionState


@transaction.atomic
def recuse(*, actor: Person, decision: Decision, reason: str, proof: Proof | None) -> Elector:
    """Step out because of a conflict. A ballot cast before is void; after the close the outcome is counted again.

    Raises DomainError without a reason, when recused already, and once the outcome stands for good.
    """
    alliance, decision, at = lock_decision(decision)
    elector = elector_of(actor, decision)
    proof = require_bound("governance.recuse", actor, elector, proof=proof, at=at, within=VOTING)
    if not reason.strip():
        raise DomainError("reason_missing", _("Say what the conflict is."), field="reason")
    if elector.recused_at:
        raise DomainError("recused_already", _("You are recused from this decision already."))
    close_if_due(alliance, decision, at)
    _require_not_final(decision, at)
    elector.recused_at, elector.recusal_reason = at, reason.strip()
    elector.save(update_fields=["recused_at", "recusal_reason"])
    data = {"seat": elector.key, "after_close": decision.state != DecisionState.OPEN, "proof": proof.as_data()}
    tell("seat.recused", alliance.pk, actor=actor, subject=decision, at=at, data=data)
    if decision.state == DecisionState.CLOSED:
        outcome, _ballots = add_outcome(decision, at)
        tell_recount(decision, outcome, at)
        follow(alliance, decision, outcome, at)
    return elector


def _require_not_final(decision: Decision, at: datetime) -> None:
    is_open = decision.state == DecisionState.OPEN
    can_recount = decision.state == DecisionState.CLOSED and at < final_at(decision)
    if not is_open and not can_recount:
        raise DomainError("outcome_stands", _("The outcome stands: a recusal comes too late now."))
