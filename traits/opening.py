"""Opening sealed worksheets for the check: to a verdict, never to a page."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alliance import sealing
from alliance.schemas import Worksheet
from audit.errors import DomainError
from traits.evidence import Sealed

UNREADABLE = _(
    "Sealed figures cannot be opened with the keys of this installation, so nothing is assessed. Its operator adds the "
    "key that sealed them to WORKSHEET_KEYS."
)


def opened(worksheets: Iterable[Worksheet], *, as_claimed: bool, are_own: bool = False) -> dict[str, Sealed]:
    """Member → what its newest worksheet comes to. Worksheets that do not count are left out.

    What a file brought sealed elsewhere is left out too. `are_own` says that they are this installation's: then one
    that its keys do not open raises DomainError, for no data would be read as a member that does not pass.
    """
    newest: dict[str, Worksheet] = {}
    for sheet in sorted(worksheets, key=lambda each: each.version):
        if sheet.witnessed or as_claimed:
            newest[sheet.member] = sheet
    found = {member: _figures(sheet, is_own=are_own and sheet.witnessed) for member, sheet in newest.items()}
    return {member: _sealed(figures) for member, figures in found.items() if figures}


def _figures(sheet: Worksheet, *, is_own: bool) -> sealing.Figures | None:
    if sheet.figures:
        return sealing.figures_of(sheet.figures)
    if not sheet.ciphertext or not sheet.sealed_for:
        return None
    if sheet.witnessed and sheet.sealed_for != sheet.member:
        return None
    try:
        return sealing.unseal(sheet.ciphertext, member=UUID(sheet.sealed_for), version=sheet.version)
    except (sealing.SealBroken, ValueError) as broken:
        if is_own:
            raise DomainError("seals_unreadable", UNREADABLE) from broken
        return None


def _sealed(figures: sealing.Figures) -> Sealed:
    net = figures.net()
    return Sealed(net.low, net.base, net.high, figures.benefit.base, figures.cost.base, figures.currency)
