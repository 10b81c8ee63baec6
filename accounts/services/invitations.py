"""Inviting a person, and coming in on an invitation."""

import hashlib
from collections.abc import MutableMapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acceptance
from accounts.models import Affiliation, Invitation, Organisation, Person
from accounts.permissions import require
from accounts.rules import visible
from audit import clock
from audit.errors import DomainError
from audit.services import record

OPENED = "invitation"
"""The session's key under which the invitation stands that was opened in it."""


def token_of(invitation: Invitation) -> str:
    """The invitation's token: derived from its identifier and the installation's secret, so that a mail can be
    sent again while the database holds only its hash."""
    keyed = hashlib.blake2b(invitation.pk.bytes, key=settings.SECRET_KEY.encode()[:64], digest_size=32)
    return keyed.hexdigest()


def hash_of(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, actor: Person, email: str, name: str, organisation: Organisation | None) -> Invitation:
    """Make an invitation for one address, in the caller's transaction; the caller records what it is for."""
    at = clock.read()
    invitation = Invitation(
        email=email.strip().lower(),
        name=name.strip(),
        organisation=organisation,
        invited_by=actor,
        created_at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.save(force_insert=True)
    return invitation


@transaction.atomic
def invite_founder(*, actor: Person, email: str, name: str, organisation: str) -> Invitation:
    """Invite somebody who is in no alliance yet, so that they may found one. Only who runs the installation may."""
    at = clock.read()
    require("accounts.invite_founder", actor)
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise DomainError(
            "email_invalid", _("Write an e-mail address, such as ann@example.org."), field="email"
        ) from error
    if not visible(name) or not visible(organisation):
        raise DomainError("name_missing", _("Name the person, and the organisation they work for."), field="name")
    employer, _new = Organisation.objects.enter(organisation)
    invitation = invite(actor=actor, email=email, name=name, organisation=employer)
    record("accounts.founder.invited", actor=actor.pk, subject=invitation.pk, at=at)
    return invitation


def find(token: str) -> Invitation | None:
    """The invitation that a token opens, whatever its state, or None."""
    return Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=hash_of(token)).first()


def remember(session: MutableMapping[str, Any], invitation: Invitation) -> None:
    """Keep in a session, until its person has signed up or in, which invitation was opened."""
    session[OPENED] = str(invitation.pk)


def opened_in(session: MutableMapping[str, Any]) -> Invitation | None:
    """The invitation opened in a session, while it can still be used."""
    found = Invitation.objects.filter(pk=session[OPENED]).first() if OPENED in session else None
    return found if found and found.is_open(clock.read()) else None


def locked_open(invitation: Invitation | None) -> Invitation:
    """The invitation, locked in the caller's transaction. Raises DomainError when it can no longer be used.

    Also when its address has an account by now, so that one token makes one account.
    """
    if invitation is None:
        raise _over()
    locked = Invitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=invitation.pk)
    if not locked.is_open(clock.read()) or Person.objects.filter(email=locked.email).exists():
        raise _over()
    return locked


def _over() -> DomainError:
    return DomainError("invitation_over", _("This invitation was used, withdrawn or has expired. Ask for a new one."))


@transaction.atomic
def accept_invitation(*, actor: Person, invitation: Invitation) -> Invitation:
    """Use an invitation: once, in time, by the person with its address. Affiliates them and runs what it offers.

    Raises DomainError when it is used, withdrawn or out of time, or meant for another address.
    """
    at = clock.read()
    if actor.email != invitation.email:
        raise DomainError("other_address", _("This invitation is for another address. Sign in with that one."))
    used = Invitation.objects.filter(
        pk=invitation.pk, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    ).update(used_at=at, used_by=actor)
    if not used:
        raise _over()
    invitation.refresh_from_db()
    if invitation.organisation:
        _affiliate(actor, invitation, invitation.organisation, at.date())
    acceptance.run_effects(invitation, actor, at)
    record("accounts.invitation.accepted", actor=actor.pk, subject=invitation.pk, at=at)
    return invitation


def _affiliate(person: Person, invitation: Invitation, organisation: Organisation, on: date) -> None:
    """From today. The organisation's first person vouches for themselves; later its own people do, or the operator."""
    colleagues = Affiliation.objects.current().filter(organisation=organisation).exclude(person=person)
    by = invitation.invited_by
    is_vouched = not colleagues.exists() or by.is_staff or colleagues.vouched().filter(person=by).exists()
    job, _new = Affiliation.objects.get_or_create(
        person=person, organisation=organisation, ends_on=None, defaults={"starts_on": on, "is_vouched": is_vouched}
    )
    if is_vouched and not job.is_vouched:
        job.is_vouched = True
        job.save(update_fields=["is_vouched"])
