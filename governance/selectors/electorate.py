"""Who may vote on a decision that is opened now, and why another may not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.models import Alliance, Member
from alliance.selectors.neglect import lapsed_members
from governance.models import Decision
from governance.selectors.committee_page import word_of
from governance.selectors.holders import holders_of
from governance.states import Body, DecisionState


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
    alliance = decision.alliance
    voters = [_group(each) for each in groups_of(alliance, at)] if is_by_members else _seats(alliance, at)
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


@dataclass(frozen=True, slots=True)
class Group:
    """Admitted voting members under one control. It votes in the name of `voter`; of none where all have lapsed."""

    first: Member
    voter: Member | None


def groups_of(alliance: Alliance, at: datetime) -> list[Group]:
    """Each group with the first of its members that votes, the earliest admitted first. Two statements.

    Under a charter a member whose confirmation of its interests has lapsed does not vote.
    """
    lapsed = lapsed_members(alliance, at)
    members: dict[UUID, list[Member]] = {}
    for member in alliance.members.admitted().voting().with_names().order_by("admitted_at", "pk"):
        members.setdefault(member.group_key, []).append(member)
    return [Group(each[0], next((one for one in each if one.pk not in lapsed), None)) for each in members.values()]


def _group(group: Group) -> Voter:
    control = group.first.control
    note = control.name if control else ""
    if group.voter:
        return Voter(str(group.voter), note, _("May vote"), "occupied", may_vote=True)
    return Voter(str(group.first), note, _("Interests to confirm"), "missing", may_vote=False)


def vote_of_members(alliance: Alliance) -> str:
    """The open vote of the members, in words to wait for: its electorate is frozen, and would not fit any more."""
    theirs = Q(by_members=True) | Q(decision_class__body=Body.MEMBERS)
    found = alliance.decisions.filter(theirs, state=DecisionState.OPEN).order_by("number").first()
    if found is None:
        return ""
    return _("The members vote on decision %(number)s. Wait until it is closed, for nobody votes as two.") % {
        "number": found.number
    }
