"""Suspended for want of a cure, and back: the clock suspends, the committee decides to return, the auditor confirms."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock
from alliance.states import State
from audit import clock
from audit.errors import DomainError
from charter.selectors.waiting import decided_to_return, not_cured_yet, not_decided, open_drops
from charter.services.lifecycle import move
from traits.models import DropNotice
from traits.services.assessments import assess_alliance


@transaction.atomic
def suspend_uncured(*, alliance: Alliance) -> Alliance:
    """Active → suspended, by itself, when a drop is not cured in its 30 days. Does nothing otherwise.

    The alliance is assessed first, so that what was cured a moment ago does not suspend it.
    """
    alliance, at = lock(alliance)
    if alliance.state != State.ACTIVE or not open_drops(alliance).filter(cure_by__lte=at).exists():
        return alliance
    assessment = assess_alliance(alliance=alliance, at=at, why="to_suspend")
    uncured = list(
        open_drops(alliance).filter(cure_by__lte=at).order_by("indicator").values_list("indicator", flat=True)
    )
    if not uncured:
        return alliance
    return move(alliance, State.SUSPENDED, at=at, data={"assessment": str(assessment.pk), "indicators": uncured})


def uncured_alliances() -> list[Alliance]:
    """Active alliances with a drop whose time is up."""
    due = DropNotice.objects.filter(closed_at__isnull=True, cure_by__lte=clock.read())
    return list(Alliance.objects.filter(state=State.ACTIVE, pk__in=due.order_by().values("alliance")).order_by("pk"))


def require_cured(alliance: Alliance) -> None:
    """Raise DomainError unless the alliance is suspended and every drop is cured."""
    if alliance.state != State.SUSPENDED:
        raise DomainError("not_suspended", _("The alliance is not suspended."))
    if refusal := not_cured_yet(alliance):
        raise refusal


@transaction.atomic
def confirm_return(*, actor: Person, alliance: Alliance) -> Alliance:
    """Suspended → active: the auditor confirms that the cause is cured, once the committee has decided to return.

    Assessed here and now. Raises DomainError while a drop is open, or without that decision since the suspension.
    """
    alliance, at = lock(alliance)
    require("charter.confirm_return", actor, alliance)
    if alliance.state != State.SUSPENDED:
        require_cured(alliance)
    assessment = assess_alliance(alliance=alliance, at=at, why="to_return", actor=actor)
    require_cured(alliance)
    decision = decided_to_return(alliance)
    if decision is None:
        raise not_decided()
    data = {"assessment": str(assessment.pk), "decision": str(decision.pk)}
    return move(alliance, State.ACTIVE, at=at, actor=actor, data=data)
