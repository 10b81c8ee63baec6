"""Who may take a step: an alliance's people and what they act for, in four statements.

It says what the permissions say (`alliance/permissions.py`, `governance/permissions.py`); the services of each step
ask there again, under their lock. A test holds both together.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery, UUIDField
from django.db.models.functions import Coalesce

from accounts.models import Affiliation, Person
from alliance.models import Alliance, Member, Role
from alliance.querysets import UNDER
from alliance.states import BEFORE_CHARTER, NOT_WITH_AUDITOR, OF_A_MEMBER, Membership, RoleKind
from governance.models import Holding, Officer
from governance.states import Office
from traits.mending import Step
from traits.states import Who

PLAIN = {Who.ORGANISER: RoleKind.ORGANISER, Who.COUNSEL: RoleKind.COUNSEL}
SPEAKING = {Who.REPRESENTATIVE: RoleKind.REPRESENTATIVE, Who.SIGNATORY: RoleKind.SIGNATORY}


def is_chartered(alliance: Alliance) -> bool:
    """Is the charter in force, or was it? Then it fixes what the acts before it wrote, but for an open amendment."""
    return alliance.state not in BEFORE_CHARTER and not alliance.writable_areas


@dataclass(frozen=True)
class Directory:
    """The alliance's current roles, holders, chair, and employers of those people."""

    alliance: Alliance
    roles: list[Role]
    holders: list[Holding]
    chairs: list[Person]
    employed: set[tuple[UUID, UUID, UUID]]
    """Person, organisation, and the organisation's control group."""
    vouched: set[tuple[UUID, UUID]]
    """Person and organisation, where the organisation says so itself."""
    dependent: set[UUID]
    """Those who work for a member, or for its group: auditors and custodians no more."""

    @cached_property
    def everybody(self) -> dict[UUID, Person]:
        people = [each.person for each in self.roles] + [each.person for each in self.holders] + self.chairs
        return {each.pk: each for each in people if each.is_active}

    @cached_property
    def groups(self) -> dict[str, UUID]:
        """Each member's control group, as far as somebody acts for it."""
        return {str(role.member_id): role.member.group_key for role in self.roles if role.member}

    def people(self, step: Step) -> list[Person]:
        """Who may take this step now, by name."""
        act = step.act_in(chartered=is_chartered(self.alliance))
        found = {pk for who in act.who for pk in self._of(who, step.of)}
        return sorted(
            (self.everybody[pk] for pk in found if pk in self.everybody), key=lambda each: (each.name, each.pk)
        )

    def may(self, person: Person, step: Step) -> bool:
        return any(each.pk == person.pk for each in self.people(step))

    def organisers(self) -> list[Person]:
        """Who hears of it where nobody who may take a step is here any more."""
        found = {role.person_id for role in self.roles if role.kind == RoleKind.ORGANISER}
        return [each for each in self.everybody.values() if each.pk in found]

    def is_organiser(self, person: Person) -> bool:
        return any(role.person_id == person.pk and role.kind == RoleKind.ORGANISER for role in self.roles)

    def _of(self, who: str, of: str) -> Iterable[UUID]:
        if who in PLAIN:
            return (role.person_id for role in self.roles if role.kind == PLAIN[Who(who)])
        if who in SPEAKING:
            return self._speaking(SPEAKING[Who(who)], of)
        others: dict[Who, Callable[[str], Iterable[UUID]]] = {
            Who.FORMING_ORGANISER: self._forming,
            Who.AUDITOR: lambda of: self._independent(RoleKind.AUDITOR),
            Who.CUSTODIAN: lambda of: self._independent(RoleKind.CUSTODIAN),
            Who.MEMBERS: lambda of: self._acting(apart_from=frozenset()),
            Who.OTHER_MEMBERS: lambda of: self._acting(apart_from={self.groups.get(of)}),
            Who.BESIDE: lambda of: self._acting(apart_from=self._groups_of(of.split(","))),
            Who.CHAIR: lambda of: [each.pk for each in self.chairs],
            Who.HOLDER: lambda of: [each.person_id for each in self.holders if each.accepted_at],
            Who.PERSON: lambda of: [UUID(of)] if of else [],
            Who.SUCCESSOR: lambda of: [person for person, employer in self.vouched if str(employer) == of],
        }
        return others[Who(who)](of)

    def _forming(self, of: str) -> Iterable[UUID]:
        return self._of(Who.ORGANISER, of) if self.alliance.state in BEFORE_CHARTER else []

    def _independent(self, kind: RoleKind) -> Iterable[UUID]:
        sided = self.dependent | {role.person_id for role in self.roles if role.kind in NOT_WITH_AUDITOR}
        return (role.person_id for role in self.roles if role.kind == kind and role.person_id not in sided)

    def _speaking(self, kind: RoleKind, member: str) -> Iterator[UUID]:
        return (role.person_id for role in self.roles if role.kind == kind and str(role.member_id) == member)

    def _groups_of(self, people: Collection[str]) -> set[UUID]:
        """The control groups that these people work for, or speak for here."""
        works = {group for who, _employer, group in self.employed if str(who) in people}
        return works | {role.member.group_key for role in self.roles if role.member and str(role.person_id) in people}

    def _acting(self, *, apart_from: AbstractSet[UUID | None]) -> Iterator[UUID]:
        for role in self.roles:
            acts = role.kind in OF_A_MEMBER and role.member and role.member.state == Membership.ADMITTED
            if acts and role.member and role.member.group_key not in apart_from:
                yield role.person_id


def directory_of(alliance: Alliance) -> Directory:
    """Read it: four statements, whatever the number of people."""
    roles = Role.objects.current().filter(alliance=alliance)
    joined = roles.select_related("person", "member__organisation__control_group", "member__group").order_by(
        "granted_at", "pk"
    )
    holders = Holding.objects.current().filter(alliance=alliance, seat__abolished_at__isnull=True)
    chairs = Officer.objects.current().filter(alliance=alliance, office=Office.CHAIR)
    people = roles.order_by().values("person")
    employed = Affiliation.objects.filter(person__in=people, ends_on__isnull=True).order_by()
    present = Member.objects.filter(alliance=alliance).present().order_by()
    said = Subquery(present.filter(organisation=OuterRef("organisation")).values("group")[:1])
    group = Coalesce(said, "organisation__control_group_id", "organisation_id", output_field=UUIDField())
    groups = present.values_list(UNDER)
    jobs = employed.annotate(group=group).annotate(by_member=ExpressionWrapper(Q(group__in=groups), BooleanField()))
    where = list(jobs.values_list("person", "organisation", "group", "by_member", "is_vouched"))
    return Directory(
        alliance=alliance,
        roles=list(joined),
        holders=list(holders.select_related("person").order_by("appointed_at", "pk")),
        chairs=[each.person for each in chairs.select_related("person").order_by("starts_at", "pk")],
        employed={(person, organisation, group) for person, organisation, group, *_more in where},
        vouched={(person, organisation) for person, organisation, _group, _member, is_vouched in where if is_vouched},
        dependent={person for person, _organisation, _group, by_member, _vouched in where if by_member},
    )
