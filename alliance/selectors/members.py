"""Members, how they stand to one another, and their people."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alliance.models import Alliance, Member, MemberInvitation, Relation, Role
from alliance.selectors.neglect import lapsed_members
from alliance.selectors.overview import group_of
from alliance.selectors.standing import Standing
from alliance.states import UNDER_CHARTER, Area, Membership, Participation, RoleKind


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member as the list shows it, with the acts that are open to who looks."""

    member: Member
    note: str
    is_mine: bool
    may_confirm: bool
    may_describe: bool
    may_state_control: bool
    claims: str
    """What it says of who controls it, while that waits to be confirmed."""
    may_confirm_control: bool
    may_drop_claim: bool
    may_admit: bool
    may_withdraw: bool
    may_promise: bool
    is_suspended: bool
    """Does it not vote, because its interests are not confirmed?"""


@dataclass(frozen=True, slots=True)
class Members:
    lines: list[MemberLine]
    gone: list[Member]
    relations: list[Relation]
    groups: int


def members_of(alliance: Alliance, standing: Standing, at: datetime) -> Members:
    """Three statements: members with their kinds and claims, relations, whose vote is suspended."""
    lapsed = lapsed_members(alliance, at)
    members = alliance.members.with_names().with_claims().select_related("category_confirmed_by_member__organisation")
    everyone = list(members.order_by("organisation__name", "pk"))
    present = [member for member in everyone if member.state != Membership.WITHDRAWN]
    relations = alliance.relations.select_related("first__organisation", "second__organisation", "recorded_by")
    return Members(
        lines=[_line(alliance, member, standing, lapsed, present) for member in present],
        gone=[member for member in everyone if member.state == Membership.WITHDRAWN],
        relations=list(relations.order_by("recorded_at", "pk")),
        groups=len({member.group_key for member in present}),
    )


def _line(
    alliance: Alliance, member: Member, standing: Standing, lapsed: set[UUID], present: list[Member]
) -> MemberLine:
    is_mine = standing.acts_for(member.pk)
    may_answer = _may_answer_claim(member, standing, present)
    admitted = member.state == Membership.ADMITTED
    return MemberLine(
        member=member,
        note=" · ".join(filter(None, [_kind_of(member), group_of(member), member.get_participation_display()])),
        is_mine=is_mine,
        may_confirm=not _is_confirmed(member) and standing.may_confirm_kind(member),
        may_describe=_may_describe(member, standing),
        may_state_control=standing.is_living and (is_mine or standing.is_auditor) and not _is_group_known(member),
        claims=_claim_of(member),
        may_confirm_control=may_answer,
        may_drop_claim=may_answer or (standing.is_living and is_mine and hasattr(member, "control_claim")),
        may_admit=member.state == Membership.ACCEPTED and standing.may_organise["members"],
        may_withdraw=_may_withdraw(alliance, member, standing),
        may_promise=is_mine and admitted and Area.CONTRIBUTIONS in standing.writable,
        is_suspended=member.pk in lapsed and member.participation == Participation.VOTING,
    )


def _is_group_known(member: Member) -> bool:
    """Is it on record of the organisation itself?"""
    return member.organisation.control_group_id is not None


def _claim_of(member: Member) -> str:
    claim = getattr(member, "control_claim", None)
    if claim is None:
        return ""
    words = {"name": claim.said_by, "group": claim.group}
    if claim.group:
        said = _("%(name)s says that %(group)s controls it. It counts once that group or the auditor confirms it.")
    else:
        said = _("%(name)s says that nobody controls it. It counts once another member or the auditor confirms it.")
    return said % words


def _may_answer_claim(member: Member, standing: Standing, present: list[Member]) -> bool:
    """As `answers_for_claim` says, and the auditor."""
    claim = getattr(member, "control_claim", None)
    if claim is None or not standing.is_living:
        return False
    if standing.is_auditor:
        return True
    if claim.said_by_id == standing.person.pk or standing.acts_for(member.pk):
        return False
    there = [each for each in present if each.group_key == claim.group_id and each != member]
    if claim.group_id and there:
        return any(standing.acts_for(each.pk) for each in there)
    return standing.acts_for_another(member)


def _may_withdraw(alliance: Alliance, member: Member, standing: Standing) -> bool:
    """By who organises, before the charter, or by its own signatory."""
    if member.organisation_id == alliance.convener_id or Area.MEMBERS not in standing.writable:
        return False
    return standing.signs_for(member.pk) or (standing.is_organiser and alliance.state not in UNDER_CHARTER)


def _may_describe(member: Member, standing: Standing) -> bool:
    """May the person say what this public participant cannot cede, and what it gains? Only before the charter."""
    is_public = member.participation == Participation.PUBLIC
    return is_public and Area.MEMBERS in standing.writable and (standing.is_organiser or standing.represents(member.pk))


def _is_confirmed(member: Member) -> bool:
    return member.category_confirmed_at is not None and member.witnessed


def _kind_of(member: Member) -> str:
    voice = member.category_confirmed_by_member
    words = {"kind": capfirst(member.category.name), "by": voice.organisation.name if voice else ""}
    if not _is_confirmed(member):
        return _("%(kind)s, not confirmed yet") % words
    return (_("%(kind)s, confirmed by %(by)s") if voice else _("%(kind)s, confirmed by the auditor")) % words


@dataclass(slots=True)
class PersonLine:
    """One person with everything they do here."""

    name: str
    roles: list[str] = field(default_factory=list)
    mandates: list[str] = field(default_factory=list)
    ends: list[Role] = field(default_factory=list)
    """Which of their roles who looks may end."""
    is_me: bool = False
    email: str = ""


@dataclass(frozen=True, slots=True)
class People:
    of_members: list[tuple[Member, list[PersonLine]]]
    of_the_alliance: list[PersonLine]
    open_invitations: list[MemberInvitation]
    unspoken: list[Member]


def people_of(alliance: Alliance, standing: Standing, at: datetime) -> People:
    """Three statements: members, roles with their people, open invitations."""
    members = list(alliance.members.present().with_names().order_by("organisation__name", "pk"))
    lines: dict[UUID | None, dict[UUID, PersonLine]] = defaultdict(dict)
    roles = Role.objects.current().filter(alliance=alliance).select_related("person")
    for role in roles.order_by("person__name", "kind", "pk"):
        _add(lines[role.member_id], role, standing)
    invitations = MemberInvitation.objects.filter(
        alliance=alliance,
        invitation__used_at__isnull=True,
        invitation__withdrawn_at__isnull=True,
        invitation__expires_at__gt=at,
    ).select_related("invitation__organisation")
    return People(
        of_members=[(member, list(lines[member.pk].values())) for member in members if member.pk in lines],
        of_the_alliance=list(lines[None].values()),
        open_invitations=list(invitations.order_by("invitation__expires_at", "pk")) if standing.is_organiser else [],
        unspoken=[member for member in members if member.pk not in lines],
    )


def _add(people: dict[UUID, PersonLine], role: Role, standing: Standing) -> None:
    line = people.setdefault(role.person_id, PersonLine(role.person.name, is_me=role.person_id == standing.person.pk))
    line.roles.append(str(role.get_kind_display()))
    line.email = "" if standing.person.is_guest else role.person.email
    if standing.may_end(role):
        line.ends.append(role)
    if role.mandate:
        line.mandates.append(role.mandate)


def words_of(offer: MemberInvitation) -> str:
    """The roles that an invitation offers, in words."""
    return ", ".join(str(RoleKind(role["kind"]).label) for role in offer.roles)
