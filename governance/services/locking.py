"""How the commands of this app begin and end: the decision's lock, its one `move()`, and the event."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.models import Alliance
from alliance.services.locking import lock
from audit import clock
from audit.errors import DomainError
from audit.models import Event
from audit.services import record
from governance.models import Decision
from governance.states import MOVES, DecisionState


def lock_vote(decision: Decision) -> tuple[Decision, datetime]:
    """The decision, locked and as it is now, and the time read after the lock: what ballots take."""
    locked = Decision.objects.locked(decision.pk)
    return locked, clock.read()


def lock_decision(decision: Decision) -> tuple[Alliance, Decision, datetime]:
    """The alliance and its decision, locked in this order, and the time read after both locks."""
    alliance, _before = lock(decision.alliance_id)
    locked, at = lock_vote(decision)
    locked.alliance = alliance
    return alliance, locked, at


def move(decision: Decision, to: DecisionState, **changes: Any) -> None:
    """Move a decision to another state: a conditional UPDATE that tests the old one. Raises DomainError."""
    before = DecisionState(decision.state)
    if to not in MOVES[before] or not Decision.objects.filter(pk=decision.pk, state=before).update(state=to, **changes):
        raise DomainError(
            "wrong_state",
            _("This cannot be done now: the decision is “%(state)s”. Look again.") % {"state": before.label},
        )
    decision.refresh_from_db(fields=["state", *changes])


def require_state(decision: Decision, state: DecisionState) -> None:
    """Raise DomainError unless the decision is in that state."""
    if decision.state != state:
        now = DecisionState(decision.state).label
        raise DomainError("wrong_state", _("This cannot be done now: the decision is “%(state)s”.") % {"state": now})


def tell(
    verb: str,
    alliance: UUID,
    *,
    subject: Any,
    at: datetime,
    actor: Person | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Record an event of this app in the alliance's stream."""
    who = actor.pk if actor else None
    return record(f"governance.{verb}", stream=alliance, actor=who, subject=subject.pk, at=at, data=data)
