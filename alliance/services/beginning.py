"""Founding in one go, as the founder's four steps end: the alliance, its affected parties, its first invitations."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import Organisation, Person
from accounts.services.organisations import register_organisation
from alliance.models import Alliance
from alliance.services.founding import found_alliance
from alliance.services.inviting import invite_member
from audit.errors import DomainError


@dataclass(frozen=True, slots=True)
class FirstMember:
    """An organisation to invite with the founding; the fields are those of `invite_member`."""

    organisation: str
    category: str
    participation: str
    name: str
    email: str
    roles: list[str]
    mandate: str = ""


class RefusedInvitation(DomainError):
    """One of the first invitations was refused; `place` counts from 0, `part` is the field of the invitation."""

    def __init__(self, refusal: DomainError, place: int) -> None:
        super().__init__(
            refusal.code, refusal.sentence, field=f"first_members.{place}.{refusal.field or ''}".rstrip(".")
        )
        self.place, self.part = place, refusal.field


@transaction.atomic
def begin_alliance(
    *, actor: Person, convener: Organisation | str, first_members: list[FirstMember], **founding: Any
) -> Alliance:
    """Found an alliance and invite its first members, all or nothing.

    `convener` is an organisation that the actor works for, or the name of one to enter; `founding` as in
    `found_alliance`. Raises DomainError as the commands do that it is made of.
    """
    organisation = _entered(actor, convener) if isinstance(convener, str) else convener
    alliance = found_alliance(actor=actor, convener=organisation, **founding)
    for place, each in enumerate(first_members):
        try:
            invite_member(
                actor=actor,
                alliance=alliance,
                organisation=each.organisation,
                category=each.category,
                participation=each.participation,
                email=each.email,
                name=each.name,
                roles=each.roles,
                mandate=each.mandate,
            )
        except DomainError as refusal:
            raise RefusedInvitation(refusal, place) from refusal
    alliance.refresh_from_db()
    return alliance


def _entered(actor: Person, name: str) -> Organisation:
    """The actor's own organisation of this name, or one newly entered."""
    own = Organisation.objects.vouching_for(actor).called(name).first()
    try:
        return own or register_organisation(actor=actor, name=name)
    except DomainError as refusal:
        raise DomainError(refusal.code, refusal.sentence, field="convener") from refusal
