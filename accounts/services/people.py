"""What people say of themselves, their joining, and what they sign in with."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import FormerAddress, Person
from accounts.permissions import require
from accounts.rules import ZONES
from accounts.services.tokens import end_tokens
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
    _move(person, address.strip().lower(), at)
    record("accounts.address.changed", actor=person.pk, subject=person.pk, at=at)
    return person


@transaction.atomic
def give_back_address(*, actor: Person, address: str, former: str) -> Person:
    """Move an account that was taken from its owner back to an address it had. Only who runs the installation may.

    Whoever has it now is out: the password, its sessions and all tokens end, and the owner chooses a new password by
    a link to the address. Raises DomainError where no account has `address`, or it never had `former` or has it now.
    """
    require("accounts.give_back_address", actor)
    person = Person.objects.select_for_update(no_key=True).filter(email=address.strip().lower()).first()
    if person is None:
        raise DomainError("account_unknown", _("No account has the address {}.").format(address), field="address")
    back = former.strip().lower()
    if back == person.email:
        raise DomainError("its_address_already", _("The account has this address already."), field="former")
    if not FormerAddress.objects.filter(person=person, email=back).exists():
        sentence = _("This account never had the address {}.").format(former)
        raise DomainError("never_its_address", sentence, field="former")
    at = clock.read()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    _move(person, back, at)
    ended = {"tokens": end_tokens(person)}
    record("accounts.address.given_back", actor=actor.pk, subject=person.pk, at=at, data=ended)
    return person


def _move(person: Person, address: str, at: datetime) -> None:
    """Make this the account's one address; the one before is kept as former, and others' claims go."""
    before, person.email = person.email, address
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError as taken:
        raise DomainError("address_taken", _("This address has an account already. Sign in with that one.")) from taken
    if before != address:
        FormerAddress.objects.create(person=person, email=before, until=at)
    EmailAddress.objects.filter(Q(user=person) | Q(email=address)).delete()
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)


@transaction.atomic
def change_password(*, actor: Person, password: str) -> Person:
    """Give an account a new password. Its other sessions, and all its tokens, end with the old one."""
    at = clock.read()
    actor.set_password(password)
    actor.save(update_fields=["password"])
    ended = {"tokens": end_tokens(actor)}
    record("accounts.password.changed", actor=actor.pk, subject=actor.pk, at=at, data=ended)
    return actor
