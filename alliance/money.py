"""A sum of money as everything says it."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MILLION = 1_000_000_00
"""In minor units."""


def money(amount: int, currency: str) -> str:
    """Minor units in words: 40000000 and USD are "400,000 USD"."""
    whole, rest = divmod(amount, 100)
    return f"{number_format(whole, force_grouping=True)}{f'.{rest:02}' if rest else ''}\u00a0{currency}"


def about(amount: int, currency: str) -> str:
    """A rounded sum, in millions from one on: 120000000 and USD are "≈ 1.2 M USD"; below zero it has a minus."""
    size = abs(amount)
    if size < MILLION:
        shown = money(size, currency)
    else:
        tenths = size * 10 // MILLION
        number = number_format(Decimal(tenths) / 10, 1 if tenths % 10 else 0, force_grouping=True)
        shown = _("%(number)s\u00a0M\u00a0%(currency)s") % {"number": number, "currency": currency}
    return f"≈\u00a0{'−' if amount < 0 else ''}{shown}"
