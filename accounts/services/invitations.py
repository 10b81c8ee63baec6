"""Inviting a person, and coming in on an invitation."""

import hashlib
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acceptance
from accounts.models import Affiliation, Invitation, Organisation, Person
from audit import clock
from audit.errors import DomainError
from audit.services import record


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


def find(token: str) -> Invitation | None:
    """The invitation that a token opens, whatever its state, or None."""
    return Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=hash_of(token)).first()


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
        raise DomainError(
            "invitation_over", _("This invitation was used, withdrawn or has expired. Ask for a new one.")
        )
    invitation.refresh_from_db()
    if invitation.organisation:
        _affiliate(actor, invitation.organisation, at.date())
    acceptance.run_effects(invitation, actor, at)
    record("accounts.invitation.accepted", actor=actor.pk, subject=invitation.pk, at=at)
    return invitation


def _affiliate(person: Person, organisation: Organisation, on: date) -> None:
    Affiliation.objects.get_or_create(
        person=person, organisation=organisation, ends_on=None, defaults={"starts_on": on}
    )
