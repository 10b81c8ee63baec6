"""What people say of themselves, their joining, and what they sign in with."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q
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


@transaction.atomic
def change_address(*, actor: Person, address: str) -> Person:
    """Make an address that its owner has just confirmed the account's one address; others' claims on it go.

    Raises DomainError for an address that has an account already.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    at = clock.read()
    person.email = address.strip().lower()
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError as taken:
        raise DomainError("address_taken", _("This address has an account already. Sign in with that one.")) from taken
    EmailAddress.objects.filter(Q(user=person) | Q(email=person.email)).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record("accounts.address.changed", actor=person.pk, subject=person.pk, at=at)
    return person


@transaction.atomic
def change_password(*, actor: Person, password: str) -> Person:
    """Give an account a new password. Its other sessions end with the old one."""
    at = clock.read()
    actor.set_password(password)
    actor.save(update_fields=["password"])
    record("accounts.password.changed", actor=actor.pk, subject=actor.pk, at=at)
    return actor
