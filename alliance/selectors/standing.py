"""What one person may do in one alliance, from one reading of their roles: for the acts that a page offers.

It says what `alliance/permissions.py` says; the services ask there again, under their lock. A test holds both together.
"""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Organisation, Person
from alliance.models import Alliance, Member, Role, ValueStream
from alliance.permissions import works_for_member
from alliance.states import LIVING, NOT_WITH_AUDITOR, OF_A_MEMBER, WRITABLE, Membership, RoleKind, State


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles in an alliance, and whether its state lets anything be changed."""

    person: Person
    roles: tuple[Role, ...]
    is_writable: bool
    is_living: bool
    goes_on: bool
    """Living, or in legacy: evidence is still attached, readings are still entered."""
    is_tied: bool = False
    """Of an auditor: works for a member, acts for one, or organises; then the role counts for nothing."""

    def holds(self, kind: RoleKind) -> bool:
        return any(role.kind == kind for role in self.roles)

    @property
    def is_organiser(self) -> bool:
        return self.holds(RoleKind.ORGANISER)

    @property
    def is_auditor(self) -> bool:
        return self.holds(RoleKind.AUDITOR) and not self.is_tied

    @property
    def is_counsel(self) -> bool:
        return self.holds(RoleKind.COUNSEL)

    @property
    def is_custodian(self) -> bool:
        return self.holds(RoleKind.CUSTODIAN)

    @property
    def may_hold(self) -> bool:
        """Counsel and the auditor stop things, as long as the alliance lives."""
        return self.is_living and (self.is_counsel or self.is_auditor)

    @property
    def acts_for_a_member(self) -> bool:
        return any(role.member and role.member.state == Membership.ADMITTED for role in self.roles)

    @property
    def may_organise(self) -> bool:
        """Organisers change what is not yet fixed by a charter."""
        return self.is_organiser and self.is_writable

    @property
    def may_raise_profile(self) -> bool:
        return self.is_organiser or self.acts_for_a_member or self.is_auditor

    @property
    def may_record_relation(self) -> bool:
        return self.is_living and (self.is_organiser or self.acts_for_a_member)

    @property
    def may_add_party(self) -> bool:
        return self.is_writable and (self.is_organiser or self.acts_for_a_member)

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
        admitted = [each for each in self.members() if each.state == Membership.ADMITTED]
        return self.is_living and (self.is_auditor or any(each.group_key != member.group_key for each in admitted))

    def keeps(self, stream: ValueStream) -> bool:
        """Is the person the steward that was named?"""
        return stream.steward_id == self.person.pk


def _works_for_member(person: Person, alliance: Alliance) -> bool:
    return works_for_member(alliance, Organisation.objects.employing(person))


def standing_of(person: Person, alliance: Alliance) -> Standing:
    """One statement, and for an auditor one that asks whether they work for a member."""
    found = Role.objects.current().filter(alliance=alliance, person=person)
    roles = tuple(found.select_related("member__organisation__control_group").order_by("granted_at", "pk"))
    kinds = {role.kind for role in roles}
    return Standing(
        person=person,
        roles=roles,
        is_tied=RoleKind.AUDITOR in kinds and (bool(kinds & NOT_WITH_AUDITOR) or _works_for_member(person, alliance)),
        is_writable=alliance.state in WRITABLE,
        is_living=alliance.state in LIVING,
        goes_on=alliance.state in LIVING or alliance.state == State.LEGACY,
    )
