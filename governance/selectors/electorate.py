"""Who may vote on a decision that is opened now, and why another may not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.models import Alliance, Member
from alliance.selectors.neglect import lapsed_members
from governance.models import Decision
from governance.selectors.committee_page import word_of
from governance.selectors.holders import holders_of
from governance.states import Body


@dataclass(frozen=True, slots=True)
class Voter:
    """A seat, or a group of members, and whether it votes."""

    name: str
    note: str
    word: str
    look: str
    may_vote: bool


@dataclass(frozen=True, slots=True)
class Electorate:
    voters: list[Voter]
    rule: str
    """How many of how many may vote."""


def electorate_of(decision: Decision, at: datetime) -> Electorate:
    """As `open_voting` would freeze it now, with those left out. In a fixed number of statements."""
    is_by_members = decision.body == Body.MEMBERS
    voters = _groups(decision.alliance, at) if is_by_members else _seats(decision.alliance, at)
    able = sum(each.may_vote for each in voters)
    if is_by_members:
        text = ngettext("%(able)s of %(all)s group may vote", "%(able)s of %(all)s groups may vote", len(voters))
    else:
        text = ngettext("%(able)s of %(all)s seat may vote", "%(able)s of %(all)s seats may vote", len(voters))
    return Electorate(voters, text % {"able": able, "all": len(voters)})


def _seats(alliance: Alliance, at: datetime) -> list[Voter]:
    holders = {each.holding.seat_id: each for each in holders_of(alliance, at)}
    voters = []
    for seat in alliance.seats.standing().order_by("created_at", "pk"):
        holder = holders.get(seat.pk)
        word, look = word_of(holder)
        name = holder.holding.person.name if holder else _("Vacant")
        voters.append(Voter(name, seat.label, word, look, may_vote=holder is not None and holder.may_vote))
    return voters


def _groups(alliance: Alliance, at: datetime) -> list[Voter]:
    """A group votes in the name of its first member whose interests are confirmed."""
    lapsed = lapsed_members(alliance, at)
    groups: dict[Any, list[Member]] = {}
    for member in alliance.members.admitted().voting().with_names().order_by("admitted_at", "pk"):
        groups.setdefault(member.group_key, []).append(member)
    return [_group(members, lapsed) for members in groups.values()]


def _group(members: list[Member], lapsed: set[UUID]) -> Voter:
    able = [each for each in members if each.pk not in lapsed]
    control = members[0].organisation.control_group
    note = control.name if control else ""
    if able:
        return Voter(str(able[0]), note, _("May vote"), "occupied", may_vote=True)
    return Voter(str(members[0]), note, _("Interests to confirm"), "missing", may_vote=False)
