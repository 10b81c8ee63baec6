"""What sealed worksheets say of costs alone and together, and the newest sum that was published of them."""

from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alliance import sealing
from alliance.models import Alliance, Worksheet
from alliance.money import about
from alliance.states import Membership
from audit.errors import DomainError
from traits.models import Saving
from traits.opening import UNREADABLE
from traits.reasons import Costs


def costs_of(alliance: Alliance) -> tuple[list[Costs], dict[UUID, UUID]]:
    """What each admitted member's newest worksheet says, where it says both costs; and the group of every worksheet.

    For the clock's own act, never for a page. One statement. Raises DomainError where no key here opens one: the sum
    would tell whose is missing.
    """
    sheets = Worksheet.objects.filter(alliance=alliance, witnessed=True).select_related("member__organisation")
    newest: dict[UUID, Worksheet] = {}
    groups: dict[UUID, UUID] = {}
    for sheet in sheets.order_by("version", "pk"):
        groups[sheet.pk] = sheet.member.group_key
        if sheet.member.state == Membership.ADMITTED:
            newest[sheet.member_id] = sheet
    opened = [_opened(sheet) for sheet in newest.values() if sheet.ciphertext]
    return [each for each in opened if each], groups


def _opened(sheet: Worksheet) -> Costs | None:
    try:
        figures = sealing.unseal(sheet.ciphertext, member=sheet.member_id, version=sheet.version)
    except sealing.SealBroken as broken:
        raise DomainError("seals_unreadable", UNREADABLE) from broken
    if figures.alone is None:
        return None
    return Costs(sheet.pk, sheet.member.group_key, figures.alone, figures.cost.base, figures.currency)


def saving_in_words(alliance: Alliance) -> str:
    """The newest sum with its day and of how many groups; empty where none was published. One statement."""
    newest = Saving.objects.filter(alliance=alliance).order_by("-quarter_on", "-pk").first()
    if newest is None:
        return ""
    return _("%(sum)s, as of %(date)s, of %(groups)s groups") % {
        "sum": about(int(newest.amount), newest.currency),
        "date": date_format(timezone.localtime(newest.published_at), "j F Y"),
        "groups": newest.contributors,
    }
