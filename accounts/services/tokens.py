"""Tokens for programs: made with a proof of sign-in, withdrawn one by one or with the password. They bind nothing."""

from django.db import transaction
from knox.models import AuthToken

from accounts.models import Person
from accounts.rules import SIGNING, Proof, require_fresh
from audit import clock
from audit.services import record


@transaction.atomic
def make_token(*, actor: Person, proof: Proof | None) -> tuple[AuthToken, str]:
    """Make a token that reads and writes as the person, but signs nothing. Its text is shown this once.

    Raises ProofStale without a fresh proof: an open screen gives no key that outlives it.
    """
    at = clock.read()
    require_fresh(proof, at=at, within=SIGNING)
    token, text = AuthToken.objects.create(actor)
    record("accounts.token.made", actor=actor.pk, subject=actor.pk, at=at, data={"token": beginning_of(token)})
    return token, text


@transaction.atomic
def withdraw_token(*, actor: Person, token: AuthToken) -> None:
    """Withdraw one of the person's own tokens; what it was used for stays."""
    data = {"token": beginning_of(token)}
    token.delete()
    record("accounts.token.withdrawn", actor=actor.pk, subject=actor.pk, at=clock.read(), data=data)


def end_tokens(person: Person) -> list[str]:
    """Withdraw all tokens of a person, in the caller's transaction; their beginnings, for the caller's event."""
    own = AuthToken.objects.filter(user=person)
    beginnings = sorted(beginning_of(token) for token in own)
    own.delete()
    return beginnings


def beginning_of(token: AuthToken) -> str:
    """The beginning by which a token is told from others: no secret."""
    return str(token.token_key)
