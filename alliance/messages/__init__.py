"""What this app's events tell people."""

from alliance.messages import asked, claims, holds, membership, signing
from alliance.messages.audience import people
from alliance.messages.membership import invitation_words

__all__ = ["invitation_words", "people", "register"]


def register() -> None:
    """Have these messages sent."""
    membership.register()
    signing.register()
    holds.register()
    asked.register()
    claims.register()
