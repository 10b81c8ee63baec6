"""The reference split in words: who gets what, and whether anybody would do better alone."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traits.split import EXACT_PLAYERS, Game, Split, split

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class SplitView:
    """`rows` are (player, share, error or nothing); `says` is the stability in a sentence or two."""

    rows: list[tuple[str, str, str]]
    is_stable: bool
    says: list[str]
    is_sampled: bool


def split_view(game: Game) -> SplitView:
    """Shares to hundredths; sampled ones with the half-width of their 95 % interval."""
    found = split(game)
    rows = [
        (player, _number(share), _number(found.errors[player]) if found.errors else "")
        for player, share in found.shares.items()
    ]
    return SplitView(rows, found.stable, _says(found, costs=game.costs), len(game.players) > EXACT_PLAYERS)


def _says(found: Split, *, costs: bool) -> list[str]:
    if found.stable:
        return [_("Stable: nobody would do better alone, and no group among them either.")]
    named = [_better(coalition, costs=costs) for coalition in found.blocking[:MOST_NAMED]]
    more = len(found.blocking) - MOST_NAMED
    return [
        *named,
        *([ngettext("And one more group.", "And %(count)s more groups.", more) % {"count": more}] if more > 0 else []),
        _("No split at all would be stable: talk about what holds them together besides.")
        if found.core_empty
        else _("Another split would be stable: these shares are a reference, not a verdict."),
    ]


def _better(coalition: list[str], *, costs: bool) -> str:
    names = get_text_list(coalition, _("and"))
    if costs:
        return _("%(names)s would pay less alone.") % {"names": names}
    return _("%(names)s would do better alone.") % {"names": names}


def _number(value: float) -> str:
    return str(number_format(round(value, 2) + 0.0, 2, force_grouping=True))  # no "-0.00"


def split_document(game: Game) -> dict[str, Any]:
    """As `manage.py split` prints it."""
    found = split(game)
    document = {
        "shares": found.shares,
        "stable": found.stable,
        "blocking": found.blocking,
        "core_empty": found.core_empty,
    }
    return document | ({"errors": found.errors} if found.errors else {})
