"""Ballots as they may be seen: before the close that somebody has voted, afterwards how."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import Person
from governance.models import BallotVersion, Decision, Elector
from governance.states import Choice


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter is shown of their own ballot: that it is recorded, when, by whom, under which commitment."""

    at: datetime
    code: str
    version: int
    by: Person


def electors_of(decision: Decision) -> list[Elector]:
    """The frozen electorate with its people and members, whether each has voted, in the order of the seats."""
    found = decision.electors.select_related(
        "seat", "person", "member__organisation__control_group", "member__group", "ballot"
    ).order_by("seat__created_at", "seat__pk", "key")
    return list(found)


def name_of(elector: Elector) -> str:
    """Who votes: the holder, or for a group its name."""
    if elector.seat_id and elector.person:
        return elector.person.name
    return group_name(elector)


def group_name(elector: Elector) -> str:
    """The group's name where there is one, else its member's."""
    assert elector.member is not None  # noqa: S101 - an elector is a seat or a member (a database constraint)
    group = elector.member.control
    return group.name if group and not elector.seat_id else elector.member.organisation.name


def note_of(elector: Elector) -> str:
    """The seat, where it is one."""
    return elector.seat.label if elector.seat else ""


def has_voted(elector: Elector) -> bool:
    return hasattr(elector, "ballot")


def voters(electors: list[Elector], own: Elector | None) -> list[dict[str, Any]]:
    """Who has voted, never how."""
    return [{"name": name_of(each), "note": note_of(each), "you": each == own, **_standing(each)} for each in electors]


def _standing(elector: Elector) -> dict[str, str]:
    if elector.recused_at:
        return {"word": _("Recused"), "look": "recused"}
    if has_voted(elector):
        return {"word": _("Voted"), "look": "voted"}
    return {"word": _("Not yet"), "look": "waiting"}


def receipt_of(elector: Elector | None) -> Receipt | None:
    """The voter's receipt: one statement where they have voted."""
    if elector is None or not has_voted(elector):
        return None
    last = BallotVersion.objects.filter(ballot=elector.ballot).select_related("cast_by").order_by("-number")
    version = last.only("commitment", "number", "cast_at", "cast_by").first()
    if version is None:
        return None
    return Receipt(at=version.cast_at, code=version.commitment, version=version.number, by=version.cast_by)


def revealed(decision: Decision) -> list[dict[str, Any]]:
    """How each elector voted, with who named the seat, or who cast the group's ballot; nothing before the outcome."""
    if not decision.is_decided:
        return []
    versions = Prefetch("ballot__versions", BallotVersion.objects.select_related("cast_by").order_by("number"))
    joined = ("seat__member__organisation", "person", "member__organisation__control_group", "member__group", "ballot")
    found = decision.electors.select_related(*joined)
    return [
        _revealed(each) for each in found.prefetch_related(versions).order_by("seat__created_at", "seat__pk", "key")
    ]


def _revealed(elector: Elector) -> dict[str, Any]:
    member = elector.member or (elector.seat.member if elector.seat else None)
    named_by = member.organisation.name if member and elector.seat else "–"
    shown = {"key": elector.key, "seat": name_of(elector), "named_by": named_by, "reason": ""}
    if elector.recused_at:
        return {**shown, "word": _("Recused"), "look": "recused", "choice": None, "reason": elector.recusal_reason}
    if not has_voted(elector):
        return {**shown, "word": _("Did not vote"), "look": "waiting", "choice": None}
    last = list(elector.ballot.versions.all())[-1]
    shown["named_by"] = named_by if elector.seat else last.cast_by.name
    reason = f"{last.reason} – {last.proposed_change}" if last.proposed_change else last.reason
    word = str(Choice(last.choice).label)
    return {**shown, "word": word, "look": last.choice, "choice": last.choice, "reason": reason}


def own_elector(electors: list[Elector], person: Person, groups: set[Any]) -> Elector | None:
    """The elector that a person votes as, by their seat or by the groups they represent."""
    by_seat = (each for each in electors if each.seat_id and each.person_id == person.pk)
    by_group = (each for each in electors if not each.seat_id and each.group in groups)
    return next(by_seat, None) or next(by_group, None)
