"""Who has signed a worksheet, and one's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from alliance import rules
from alliance.models import Alliance, Member, Worksheet
from alliance.selectors.standing import Standing


@dataclass(frozen=True, slots=True)
class Worksheets:
    """What everybody sees: who has signed, never a figure."""

    lines: list[dict[str, Any]]
    mine: list[Member]


def worksheets_of(alliance: Alliance, standing: Standing, at: datetime) -> Worksheets:
    """Two statements: members, worksheets. Statements in words are shown; sealed figures are not."""
    newest: dict[UUID, Worksheet] = {}
    for worksheet in alliance.worksheets.select_related("signed_by").order_by("version", "pk"):
        newest[worksheet.member_id] = worksheet
    members = alliance.members.admitted().voting().with_names().order_by("organisation__name", "pk")
    return Worksheets(
        lines=[_line(member, newest.get(member.pk), standing, at) for member in members],
        mine=[member for member in standing.members() if member.votes],
    )


def _line(member: Member, worksheet: Worksheet | None, standing: Standing, at: datetime) -> dict[str, Any]:
    until = worksheet and worksheet.ciphertext and rules.stands_until(worksheet.signed_at, worksheet.reopened_at)
    stands = bool(until and worksheet and worksheet.witnessed and at < until)
    is_mine = standing.acts_for(member.pk)
    is_sealed = worksheet is not None and bool(worksheet.ciphertext)
    return {
        "member": member,
        "worksheet": worksheet,
        "is_mine": is_mine,
        "may_sign": is_mine and standing.is_living,
        "stands_until": until if stands else None,
        "may_reopen": stands and standing.is_custodian and standing.is_living,
        "may_read": is_sealed and worksheet is not None and worksheet.witnessed
        and (is_mine or standing.is_custodian),
    }  # fmt: skip
