"""How every command of this app begins: lock the alliance's row, then read the clock, then test its state."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.models import Alliance
from alliance.states import LIVING, Area, State
from audit import clock
from audit.errors import DomainError
from audit.models import Event
from audit.services import record


def lock(alliance: Alliance | UUID) -> tuple[Alliance, datetime]:
    """The alliance, locked and as it is now, and the time read after the lock."""
    locked = Alliance.objects.locked(alliance.pk if isinstance(alliance, Alliance) else alliance)
    return locked, clock.read()


def require_not_signing(alliance: Alliance) -> None:
    """Raise DomainError while the charter is being signed: what it says would change under the signatures."""
    if alliance.state == State.RATIFYING:
        raise DomainError(
            "charter_being_signed",
            _("The charter is being signed. Take it back to forming first; that voids the signatures."),
        )


def require_writable(alliance: Alliance, area: Area) -> None:
    """Raise DomainError where a charter, or its signing, fixes what stands, and no amendment has opened this part."""
    require_not_signing(alliance)
    if area not in alliance.writable_areas:
        raise DomainError(
            "under_charter",
            _("Under its charter this alliance changes this by an amendment: propose one under Decisions."),
        )


def require_living(alliance: Alliance) -> None:
    """Raise DomainError where the alliance has ended."""
    if alliance.state not in LIVING:
        raise DomainError("alliance_ended", _("This alliance has ended; only its legacy goes on."))


def require_going_on(alliance: Alliance) -> None:
    """Raise DomainError where neither the alliance nor its legacy goes on."""
    if alliance.state != State.LEGACY:
        require_living(alliance)


def tell(
    verb: str, alliance: Alliance, *, actor: Person, subject: Any, at: datetime, data: dict[str, Any] | None = None
) -> Event:
    """Record an event in the alliance's stream."""
    return record(f"alliance.{verb}", stream=alliance.pk, actor=actor.pk, subject=subject.pk, at=at, data=data)
