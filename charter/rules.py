"""Pure rules of ratification, and of amendments."""

from datetime import timedelta
from fractions import Fraction

THREE_QUARTERS = Fraction(3, 4)
READING = timedelta(days=7)
"""How long what an amendment has written lies to be read, before the clock closes it: nothing binds unread."""


def rule_met(rule: str, *, signed: int, members: int, is_over: bool) -> bool:
    """Is the signing rule met? All members; or, once the time to sign is over, at least three quarters of them."""
    if not members or not signed:
        return False
    if signed >= members:
        return True
    return rule == "three_quarters" and is_over and Fraction(signed, members) >= THREE_QUARTERS
