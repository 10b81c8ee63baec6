"""What one person may do in one alliance, from one reading of their roles: for the acts that a page offers.

It says what `alliance/permissions.py` says; the services ask there again, under their lock. A test holds both together.
"""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Organisation, Person
from alliance.models import Alliance, Member, Role, ValueStream
from alliance.permissions import works_for_member
from alliance.states import (
    INDEPENDENT,
    KEPT_APART,
    LIVING,
    NOT_WITH_AUDITOR,
    OF_A_MEMBER,
    WRITABLE,
    Area,
    Membership,
    RoleKind,
    State,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles in an alliance, and whether its state lets anything be changed."""

    person: Person
    roles: tuple[Role, ...]
    writable: frozenset[Area]
    """What may be changed: all before the charter, under it what an amendment has opened."""
    is_forming: bool
    """Before the charter is signed or in force."""
    is_living: bool
    goes_on: bool
    """Living, or in legacy: evidence is still attached, readings are still entered."""
    takes_a_side: bool = False
    """Organises, or acts for a member."""
    is_employed: bool = False
    """Of an auditor or a custodian: works for a member, or for its group."""

    def holds(self, kind: RoleKind) -> bool:
        return any(role.kind == kind for role in self.roles)

    @property
    def is_organiser(self) -> bool:
        return self.holds(RoleKind.ORGANISER)

    @property
    def is_auditor(self) -> bool:
        return self.holds(RoleKind.AUDITOR) and self.is_apart

    @property
    def is_counsel(self) -> bool:
        return self.holds(RoleKind.COUNSEL) and not self.takes_a_side

    @property
    def is_custodian(self) -> bool:
        return self.holds(RoleKind.CUSTODIAN) and self.is_apart

    @property
    def is_apart(self) -> bool:
        """As an auditor and a custodian must be, or their role counts for nothing."""
        return not self.takes_a_side and not self.is_employed

    @property
    def may_invite_people(self) -> bool:
        return self.is_living and (self.is_organiser or self.takes_a_side)

    @property
    def may_hold(self) -> bool:
        """Counsel and the auditor stop things, as long as the alliance lives."""
        return self.is_living and (self.is_counsel or self.is_auditor)

    @property
    def acts_for_a_member(self) -> bool:
        return any(role.member and role.member.state == Membership.ADMITTED for role in self.roles)

    @property
    def may_organise(self) -> dict[str, bool]:
        """By part of the record: organisers change what is not yet fixed by a charter, or opened by an amendment."""
        return {str(area): self.is_organiser and area in self.writable for area in Area}

    @property
    def may_raise_profile(self) -> bool:
        return self.is_organiser or self.acts_for_a_member or self.is_auditor

    @property
    def may_record_relation(self) -> bool:
        return self.is_living and (self.is_organiser or self.acts_for_a_member)

    @property
    def may_add_party(self) -> bool:
        return Area.MEMBERS in self.writable and (self.is_organiser or self.acts_for_a_member)

    def members(self, *kinds: RoleKind) -> list[Member]:
        """The members that the person acts for, in one of these roles (any of a member's, if none is named)."""
        wanted = kinds or tuple(OF_A_MEMBER)
        found = {role.member.pk: role.member for role in self.roles if role.member and role.kind in wanted}
        return list(found.values())

    def acts_for(self, member: UUID, *kinds: RoleKind) -> bool:
        return any(each.pk == member for each in self.members(*kinds))

    def represents(self, member: UUID) -> bool:
        return self.acts_for(member, RoleKind.REPRESENTATIVE)

    def signs_for(self, member: UUID) -> bool:
        return self.acts_for(member, RoleKind.SIGNATORY)

    def may_confirm_kind(self, member: Member) -> bool:
        """Of another group's member, or the auditor."""
        return self.is_living and (self.is_auditor or self.acts_for_another(member))

    def acts_for_another(self, member: Member) -> bool:
        """For a member of another group than this one, and for none of its own."""
        groups = {each.group_key for each in self.members() if each.state == Membership.ADMITTED}
        return bool(groups) and member.group_key not in groups

    def may_end(self, role: Role) -> bool:
        """A role of one's own; one held for a member that the person acts for; as an organiser, one that they gave."""
        if role.person_id == self.person.pk:
            return True
        if role.member_id:
            return self.is_living and self.acts_for(role.member_id)
        given = self.is_forming if role.kind in INDEPENDENT else self.is_living and role.kind == RoleKind.OBSERVER
        return self.is_organiser and given

    def keeps(self, stream: ValueStream) -> bool:
        """Is the person the steward that was named?"""
        return stream.steward_id == self.person.pk


def _works_for_member(person: Person, alliance: Alliance) -> bool:
    return works_for_member(alliance, Organisation.objects.employing(person))


def standing_of(person: Person, alliance: Alliance) -> Standing:
    """One statement, and for an auditor or a custodian one that asks whether they work for a member."""
    found = Role.objects.current().filter(alliance=alliance, person=person)
    roles = tuple(
        found.select_related("member__organisation__control_group", "member__group").order_by("granted_at", "pk")
    )
    kinds = {role.kind for role in roles}
    return Standing(
        person=person,
        roles=roles,
        takes_a_side=bool(kinds & NOT_WITH_AUDITOR),
        is_employed=bool(kinds & {*KEPT_APART}) and _works_for_member(person, alliance),
        writable=alliance.writable_areas,
        is_forming=alliance.state in WRITABLE,
        is_living=alliance.state in LIVING,
        goes_on=alliance.state in LIVING or alliance.state == State.LEGACY,
    )
