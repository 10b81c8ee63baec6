"""What a move still waits for: the same answer for the command that makes it and for the page that offers it."""

from typing import Any

from django.db.models import Exists, Q, Subquery
from django.utils.translation import gettext as _

from alliance.models import Alliance
from alliance.states import State
from audit.errors import DomainError
from audit.models import Event
from governance.models import Decision
from governance.states import DecisionState
from traits.models import DropNotice

INVITED_AT_LEAST = 2
LIFTING = "lift_suspension"
AMENDING = "amend"
"""The effect by which the committee decides to return."""
MOST_NAMED = 5


def not_forming_yet(alliance: Alliance) -> DomainError | None:
    """Why an alliance cannot begin forming: no statement, or fewer than two other organisations invited."""
    if not alliance.statement.strip():
        return DomainError("statement_missing", _("State the problem or the opportunity first."))
    others = alliance.members.present().exclude(organisation=alliance.convener_id).count()
    if others < INVITED_AT_LEAST:
        return DomainError("too_few_invited", _("Invite at least two other organisations first."))
    return None


def not_cured_yet(alliance: Alliance) -> DomainError | None:
    """Which drops of a suspended alliance are open still."""
    uncured = list(open_drops(alliance).order_by("indicator").values_list("indicator", flat=True))
    if not uncured:
        return None
    named = ", ".join(uncured[:MOST_NAMED])
    return DomainError("not_cured", _("This is not cured yet: %(indicators)s.") % {"indicators": named})


def not_decided() -> DomainError:
    """The committee has not decided to return."""
    return DomainError("not_decided", _("The committee decides to return first: propose it under Decisions."))


def open_drops(alliance: Alliance) -> Any:
    """Notices of what dropped and is not cured."""
    return DropNotice.objects.filter(alliance=alliance, closed_at__isnull=True)


def decided_to_return(alliance: Alliance) -> Decision | None:
    """The newest decision to return that took effect and was opened since the alliance was suspended."""
    suspended = Event.objects.filter(stream=alliance.pk, verb=f"charter.alliance.{State.SUSPENDED}").order_by("-seq")
    since = Subquery(suspended.values("at")[:1])
    found = Decision.objects.filter(alliance=alliance, effect=LIFTING, state=DecisionState.EFFECTIVE)
    since_then = found.filter(Q(opened_at__gte=since) | ~Exists(suspended))
    return since_then.order_by("-took_effect_at", "-pk").first()


def amending_decision(alliance: Alliance) -> Decision:
    """The decision whose amendment is being written in: the last that took effect."""
    return alliance.decisions.filter(effect=AMENDING, took_effect_at__isnull=False).latest("took_effect_at")
