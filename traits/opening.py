"""Opening sealed worksheets for the check: to a verdict, never to a page. What cannot be opened has no data."""

from collections.abc import Iterable
from uuid import UUID

from alliance import sealing
from alliance.schemas import Worksheet
from traits.evidence import Sealed


def opened(worksheets: Iterable[Worksheet], *, as_claimed: bool) -> dict[str, Sealed]:
    """Member → what its newest worksheet comes to. Worksheets that do not count, or cannot be read, are left out."""
    newest: dict[str, Worksheet] = {}
    for sheet in sorted(worksheets, key=lambda each: each.version):
        if sheet.witnessed or as_claimed:
            newest[sheet.member] = sheet
    found = {member: _figures(sheet) for member, sheet in newest.items()}
    return {member: _sealed(figures) for member, figures in found.items() if figures}


def _figures(sheet: Worksheet) -> sealing.Figures | None:
    if sheet.figures:
        return sealing.figures_of(sheet.figures)
    if not sheet.ciphertext or not sheet.sealed_for:
        return None
    if sheet.witnessed and sheet.sealed_for != sheet.member:
        return None
    try:
        return sealing.unseal(sheet.ciphertext, member=UUID(sheet.sealed_for), version=sheet.version)
    except (sealing.SealBroken, ValueError):
        return None


def _sealed(figures: sealing.Figures) -> Sealed:
    net = figures.net()
    return Sealed(net.low, net.base, net.high, figures.benefit.base, figures.cost.base, figures.currency)
