"""Who has signed a worksheet, and one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from accounts.models import Person
from alliance import rules, sealing
from alliance.models import Alliance, Member, Role, Worksheet
from alliance.selectors.standing import Standing
from alliance.states import OF_A_MEMBER, Participation

OUTLOOK = {
    rules.Outlook.ALONE: gettext_lazy("On your own figures %(member)s would be better off alone."),
    rules.Outlook.AT_RISK: gettext_lazy("On your own figures %(member)s would lose in its low case."),
    rules.Outlook.BETTER: gettext_lazy("On your own figures %(member)s is better off than without the alliance."),
}


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
        "outlook": _outlook(member, [worksheet]) if is_mine and worksheet else "",
        "may_sign": is_mine and standing.is_living,
        "stands_until": until if stands else None,
        "may_reopen": stands and standing.is_custodian and standing.is_living,
        "may_read": is_sealed and worksheet is not None and worksheet.witnessed
        and (is_mine or standing.is_custodian),
    }  # fmt: skip


def own_outlooks(alliance: Alliance, person: Person) -> list[str]:
    """What the person's own members' figures say of being in the alliance, in words for them alone: one statement.

    Everybody else sees pass or fail. It is read when it is shown and stored nowhere.
    """
    acts = Role.objects.current().of_kind(*OF_A_MEMBER).filter(person=person, member=OuterRef("member"))
    own = alliance.worksheets.filter(Exists(acts), member__participation=Participation.VOTING)
    sheets: dict[Member, list[Worksheet]] = {}
    for sheet in own.select_related("member__organisation").order_by("member", "version", "pk"):
        sheets.setdefault(sheet.member, []).append(sheet)
    found = (_outlook(member, versions) for member, versions in sheets.items())
    return [words for words in found if words]


def _outlook(member: Member, sheets: Iterable[Worksheet]) -> str:
    """Of the newest that counts, in words; empty where it holds no figures that open here."""
    sheet = next((each for each in reversed(list(sheets)) if each.witnessed), None)
    if sheet is None or not sheet.ciphertext or sheet.sealed_for != member.pk:
        return ""
    try:
        net = sealing.unseal(sheet.ciphertext, member=member.pk, version=sheet.version).net()
    except sealing.SealBroken:
        return ""
    return str(OUTLOOK[rules.outlook(low=net.low, base=net.base)]) % {"member": member}
