"""Tokens for programs: made by signing in, withdrawn by signing out. They bind nothing."""

from django.db import transaction
from knox.models import AuthToken

from accounts.models import Person
from audit import clock
from audit.services import record


@transaction.atomic
def make_token(*, actor: Person) -> tuple[AuthToken, str]:
    """Make a token that reads and writes as the person, but signs nothing. Its text is shown this once."""
    token, text = AuthToken.objects.create(actor)
    record(
        "accounts.token.made", actor=actor.pk, subject=actor.pk, at=clock.read(), data={"token": beginning_of(token)}
    )
    return token, text


@transaction.atomic
def withdraw_token(*, actor: Person, token: AuthToken) -> None:
    """Withdraw one of the person's own tokens; what it was used for stays."""
    data = {"token": beginning_of(token)}
    token.delete()
    record("accounts.token.withdrawn", actor=actor.pk, subject=actor.pk, at=clock.read(), data=data)


def beginning_of(token: AuthToken) -> str:
    """The beginning by which a token is told from others: no secret."""
    return str(token.token_key)
