"""What people say of themselves, and their joining."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.rules import ZONES
from audit import clock
from audit.errors import DomainError
from audit.services import record


@transaction.atomic
def change_profile(*, actor: Person, name: str, time_zone: str) -> Person:
    """Change one's own name and time zone. Raises DomainError for a zone that is not known."""
    if time_zone not in ZONES:
        raise DomainError("zone_unknown", _("Choose a time zone from the list."), field="time_zone")
    changed = [field for field, now in (("name", name), ("time_zone", time_zone)) if getattr(actor, field) != now]
    actor.name, actor.time_zone = name, time_zone
    actor.save(update_fields=["name", "time_zone"])
    record("accounts.profile.changed", actor=actor.pk, subject=actor.pk, at=clock.read(), data={"fields": changed})
    return actor


@transaction.atomic
def join(*, actor: Person, name: str) -> Person:
    """Complete the account of somebody who has just signed up on an invitation: the name, and since when."""
    at = clock.read()
    actor.name, actor.joined_at = name, at
    actor.save(update_fields=["name", "joined_at"])
    record("accounts.person.joined", actor=actor.pk, subject=actor.pk, at=at)
    return actor
