"""Who reads a delivery: a person with an account, or the address of an open invitation."""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Invitation, Person
from audit import clock
from notifications.registry import INVITE, PERSON, Recipient


@dataclass(frozen=True, slots=True)
class Reader:
    """A recipient with an address and a time zone; `person` is None for who has no account yet."""

    recipient: Recipient
    name: str
    email: str
    time_zone: str
    person: Person | None = None

    @contextmanager
    def sees(self) -> Iterator[None]:
        """Times in the reader's zone, for a block."""
        with timezone.override(zoneinfo.ZoneInfo(self.time_zone)):
            yield


def reader_of(text: str) -> Reader | None:
    """The reader, or None when nobody reads there any more."""
    recipient = Recipient.read(text)
    readers = {PERSON: _person, INVITE: _invited}
    return readers[recipient.kind](recipient)


def _person(recipient: Recipient) -> Reader | None:
    person = Person.objects.filter(pk=recipient.id, is_active=True).first()
    return Reader(recipient, person.name, person.email, person.time_zone, person) if person else None


def _invited(recipient: Recipient) -> Reader | None:
    invitation = Invitation.objects.select_related("invited_by").filter(pk=recipient.id).first()
    if invitation is None or not invitation.is_open(clock.read()):
        return None
    return Reader(recipient, invitation.name, invitation.email, invitation.invited_by.time_zone)
