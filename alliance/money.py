"""A sum of money as everything says it."""

from django.utils.formats import number_format


def money(amount: int, currency: str) -> str:
    """Minor units in words: 40000000 and USD are "400,000 USD"."""
    whole, rest = divmod(amount, 100)
    return f"{number_format(whole, force_grouping=True)}{f'.{rest:02}' if rest else ''}\u00a0{currency}"
