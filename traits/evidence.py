"""The readiness check's input, pure: what an alliance has recorded, as of a time, and who of it counts.

It is the dossier's parts, so that a file and the record are read by one rule. Only witnessed records count, unless it
is read as claimed. Sealed figures come in beside it, opened by whoever may: net range by member, None for no data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import compress
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from accounts.rules import name_key
from alliance.rules import (
    FOR,
    SCANNED,
    SCANNED_OF_ALLIANCE,
    Hit,
    floor_profile,
    higher_profile,
    hold_stands,
    scan,
    touching,
)
from alliance.schemas import (
    Affiliation,
    AlliancePart,
    CoreDomain,
    Exhibit,
    Hold,
    Member,
    Position,
    Role,
    Step,
    Topic,
    ValueStream,
)
from alliance.states import BEFORE_CHARTER, BESIDE
from governance.rules import ACTING_CHAIR_DAYS
from governance.schemas import GovernancePart, Holding, Officer, Seat
from traits.analysis import Flags, Interests, Positions, positions_on, topic_figures
from traits.schemas import Acknowledgement

MONTH_DAYS = 30.436875


def _held(role: Role, at: datetime | None) -> bool:
    """Was a role that has ended held at this time?"""
    return bool(at and role.revoked_at and role.granted_at <= at <= role.revoked_at)


class Witnessed(Protocol):
    """A record that says whether it was made before this installation's log."""

    @property
    def witnessed(self) -> bool: ...


W = TypeVar("W", bound=Witnessed)
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A member's sealed figures, opened: low, base and high net; base benefit and cost. Minor units of the currency."""

    low: int
    base: int
    high: int
    benefit: int
    cost: int
    currency: str


def by_chairs(
    given: Iterable[Acknowledgement], officers: Iterable[Officer], *, as_claimed: bool
) -> tuple[Acknowledgement, ...]:
    """Those acknowledgements that were given by who was chair then; an acting chair is one for 90 days.

    Only an office that was taken here counts, or as claimed any.
    """
    chairs = [each for each in officers if each.office == "chair" and (each.witnessed or as_claimed)]
    return tuple(each for each in given if any(_was_chair(officer, each) for officer in chairs))


def _was_chair(officer: Officer, said: Acknowledgement) -> bool:
    at, since = said.acknowledged_at, officer.starts_at
    ends = [officer.ends_at] if officer.ends_at else []
    ends += [since + timedelta(days=ACTING_CHAIR_DAYS)] if officer.is_acting else []
    return officer.person == said.acknowledged_by and since <= at and all(at <= end for end in ends)


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


@dataclass(frozen=True)
class Evidence:
    """Everything that the indicators read. `only_members`, where given, are the members that signed.

    `is_foreign` says that it comes from a file: what a file claims to be witnessed was not witnessed here.
    `imagined` are the seats that a what-if gives to another member, whoever sits in them.
    `moments` are those to come that were asked about: until the first of them the answers stay the same.
    """

    alliance: AlliancePart
    governance: GovernancePart
    at: datetime
    acknowledgements: tuple[Acknowledgement, ...] = ()
    sealed: Mapping[str, Sealed] = field(default_factory=dict)
    as_claimed: bool = False
    is_foreign: bool = False
    only_members: frozenset[str] | None = None
    imagined: frozenset[str] = frozenset()
    moments: set[datetime] = field(default_factory=set, compare=False, repr=False)

    def counted(self, records: Iterable[W]) -> list[W]:
        """Those records that count: witnessed here, or all where it is read as claimed."""
        if self.as_claimed:
            return list(records)
        return [] if self.is_foreign else [record for record in records if record.witnessed]

    def stands(self, record: Witnessed, done_at: datetime | None) -> bool:
        """Was it done, so that it counts?"""
        return done_at is not None and bool(self.counted([record]))

    @property
    def today(self) -> date:
        return self.at.date()

    def within(self, then: datetime | None, days: int) -> bool:
        """Was it, and no longer ago than so many days?"""
        return then is not None and self.has_come(then) and not self.is_past(then + timedelta(days=days))

    def has_come(self, moment: datetime) -> bool:
        """Is it now, or was it before?"""
        has_come = moment <= self.at
        return has_come or self._to_come(moment)

    def is_past(self, moment: datetime) -> bool:
        """Was it before now?"""
        is_past = moment < self.at
        return is_past or self._to_come(moment)

    def _to_come(self, moment: datetime) -> bool:
        self.moments.add(moment)
        return False

    @property
    def holds_until(self) -> datetime:
        """Up to when time alone changes nothing that was read: the day's end (UTC), or a moment before it."""
        day_end = self.at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return min({day_end, *self.moments})

    # -- Members ----------------------------------------------------------------------------------------------------
    @cached_property
    def members(self) -> list[Member]:
        """Admitted members, of those that signed where only they count."""
        admitted = [each for each in self.alliance.members if each.state == "admitted"]
        return [each for each in admitted if self.only_members is None or each.id in self.only_members]

    @cached_property
    def voting(self) -> list[Member]:
        return [each for each in self.members if each.participation == "voting"]

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Each member's control group: as said here, its organisation's, or the organisation itself."""
        return {each.id: each.group or self._own_control[each.organisation] for each in self.alliance.members}

    @cached_property
    def _own_control(self) -> dict[str, str]:
        return {each.id: each.group or each.id for each in self.alliance.organisations}

    @cached_property
    def control_of(self) -> dict[str, str]:
        """Each organisation's control group: its member's here, or its own."""
        present = [each for each in self.alliance.members if each.state != "withdrawn"]
        return self._own_control | {each.organisation: self.group_of[each.id] for each in present}

    @cached_property
    def groups(self) -> set[str]:
        return {self.group_of[each.id] for each in self.members}

    @cached_property
    def profile(self) -> str:
        """The profile that it says, or that its record asks for, whichever is deeper: never below the floor."""
        head = self.alliance.alliance
        floor = floor_profile(
            groups=len(self.groups),
            term_months=head.term_months,
            pooled=max(head.pooled_amount, sum(self._money_signed())),
            pools_patents=head.pools_patents,
            pools_personal_data=head.pools_personal_data,
        )
        return higher_profile(head.profile, floor)

    def _money_signed(self) -> Iterator[int]:
        """What members have signed to pay in, in minor units of whatever currency."""
        for each in self.counted(self.alliance.contributions):
            if each.kind == "money" and each.signed_at:
                yield each.amount or 0

    @cached_property
    def category_of(self) -> dict[str, str | None]:
        """Each member's kind, which is its group's: that of its first member whose kind is confirmed; else None."""
        kinds: dict[str, str] = {}
        for each in self.members:
            if self._confirmed(each):
                kinds.setdefault(self.group_of[each.id], name_key(each.category))
        return {each.id: kinds.get(self.group_of[each.id]) for each in self.members}

    @cached_property
    def kind_of_group(self) -> dict[str, str | None]:
        """The kind of each group that takes part."""
        return {self.group_of[member]: kind for member, kind in self.category_of.items()}

    def _confirmed(self, member: Member) -> bool:
        """Did another group's member, or the auditor, say so too?"""
        if not self.counted([member]) or member.category_confirmed_at is None:
            return False
        by = member.category_confirmed_by_member
        return by is None or self.group_of[by] != self.group_of[member.id]

    @cached_property
    def _parties(self) -> dict[str, str]:
        organisations = {each.id: each.name for each in self.alliance.organisations}
        people = {each.id: each.name for each in self.alliance.people}
        groups = {each.id: each.name for each in self.alliance.groups}
        members = {each.id: organisations[each.organisation] for each in self.alliance.members}
        return organisations | people | groups | members

    @cached_property
    def _seats(self) -> dict[str, str]:
        return {each.id: each.label for each in self.governance.seats}

    def name(self, ref: str | None) -> str:
        """The name behind an identifier of the document: a party's, or else a seat's."""
        if not ref:
            return ""
        return self._parties[ref] if ref in self._parties else self._seats.get(ref, ref)

    def names(self, refs: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(self.name(ref) for ref in refs))

    @cached_property
    def jobs_of(self) -> dict[str, list[Affiliation]]:
        """Each person's jobs, past and present."""
        return {each.id: each.affiliations for each in self.alliance.people}

    @cached_property
    def roles_of(self) -> dict[str, list[Role]]:
        """Each person's roles now."""
        return _grouped((role.person, role) for role in self._standing_roles)

    @cached_property
    def _roles_for(self) -> dict[str | None, list[Role]]:
        return _grouped((role.member, role) for role in self._standing_roles)

    @cached_property
    def _ended_for(self) -> dict[str | None, list[Role]]:
        return _grouped((role.member, role) for role in self.alliance.roles if role.revoked_at is not None)

    @cached_property
    def _standing_roles(self) -> list[Role]:
        return [role for role in self.alliance.roles if role.revoked_at is None]

    def has_role(self, kind: str) -> bool:
        """Does anybody hold this role now?"""
        return any(role.kind == kind for role in self._standing_roles)

    def employers_of(self, person: str | None) -> set[str]:
        """The organisations that a person works for now."""
        jobs = self.jobs_of.get(person or "", [])
        return {each.organisation for each in jobs if each.ends_on is None or each.ends_on > self.today}

    def groups_of(self, person: str | None) -> set[str]:
        """The control groups that a person works for now, or speaks for here."""
        employing = {self.control_of[each] for each in self.employers_of(person)}
        roles = self.roles_of.get(person or "", [])
        return employing | {self.group_of[role.member] for role in roles if role.member}

    def people_of(self, member: str, *kinds: str) -> set[str]:
        """Who acts for a member in one of these roles now."""
        return {role.person for role in self._roles_for.get(member, []) if role.kind in kinds}

    def signatories_of(self, member: str, at: datetime | None) -> set[str]:
        """Who signs for a member now, or did then: what somebody signed in a role binds when the role has ended."""
        before = (role for role in self._ended_for.get(member, []) if role.kind == "signatory" and _held(role, at))
        return self.people_of(member, "signatory") | {role.person for role in before}

    # -- Interests --------------------------------------------------------------------------------------------------
    @cached_property
    def stated(self) -> Positions:
        """All positions by columns, whether they count or not."""
        return positions_on(self.alliance.topics, [each.id for each in self.members])

    @cached_property
    def counting(self) -> Flags:
        """Which positions count: of members that count; none on words that were changed since."""
        counts = (self.stated.member >= 0) & self.stated.of_these_words()
        return counts if self.as_claimed else counts & self.stated.witnessed & (not self.is_foreign)

    @cached_property
    def told(self) -> Flags:
        """Those whose author may be told from a finding: open ones, and confidential ones among enough others."""
        return self.stated.told(self.counting)

    @property
    def positions(self) -> list[Position]:
        return list(self.stated.at(self.counting))

    @property
    def told_positions(self) -> list[Position]:
        return list(self.stated.at(self.told))

    @cached_property
    def interest_table(self) -> Interests:
        """The positions that count and may be told, as the table that the analysis reads: members × topics."""
        return self.stated.table(self.told)

    @cached_property
    def shared_ground(self) -> list[Topic]:
        """The topics of shared ground, as far as it may be told."""
        if not self.members or not self.alliance.topics:
            return []
        shared = {each.topic for each in topic_figures(self.interest_table) if each.shared}
        return [topic for topic in self.alliance.topics if topic.id in shared]

    @cached_property
    def self_interests(self) -> dict[str, list[Position]]:
        """Each member's self-interests: its positions of at least 1."""
        return self.stated.by_member(self.counting & (self.stated.stance >= FOR))

    @cached_property
    def positions_confirmed_at(self) -> datetime | None:
        """When the newest of the positions that count was confirmed; None where there are none."""
        return max(compress(self.stated.confirmed_at, self.counting.tolist()), default=None)

    @cached_property
    def forbidden(self) -> list[Hit]:
        """Forbidden subjects that the alliance's texts touch."""
        return scan(self.touching)

    @cached_property
    def touching(self) -> list[str]:
        """Of its texts those that may touch a forbidden subject."""
        return touching(self.scanned)

    @cached_property
    def scanned(self) -> list[str]:
        """The texts that the scan for forbidden subjects reads; what was said in confidence is not among them."""
        part = self.alliance
        positions = self.stated.at(self.stated.worded & ~self.stated.confidential)
        records: dict[str, Iterable[object]] = {
            "topics": part.topics,
            "positions": positions,
            "streams": part.streams,
            "contributions": part.contributions,
            "reserved_powers": part.reserved_powers,
            "exhibits": self.open_exhibits,
        }
        texts = [getattr(part.alliance, name) for name in SCANNED_OF_ALLIANCE]
        for kind, names in SCANNED.items():
            texts += [text for record in records[kind] for name in names if (text := getattr(record, name))]
        return [text for text in texts if text]

    # -- Attached evidence ------------------------------------------------------------------------------------------
    @cached_property
    def open_exhibits(self) -> list[Exhibit]:
        """Attached evidence that all members see and nobody took back: on nothing that was said in confidence."""
        standing = [each for each in self.alliance.exhibits if each.withdrawn_at is None]
        if not standing:
            return []
        secret = {
            each.id for topic in self.alliance.topics for each in topic.positions if each.is_confidential and each.id
        }
        return [each for each in standing if not {each.record, each.source} & secret]

    @cached_property
    def exhibits(self) -> list[Exhibit]:
        """Attached evidence that counts: of that which is open, what was witnessed here and has not lapsed."""
        found = self.counted(self.open_exhibits)
        return [each for each in found if each.valid_until is None or each.valid_until >= self.today]

    # -- Shared control ---------------------------------------------------------------------------------------------
    @cached_property
    def core_domains(self) -> list[CoreDomain]:
        """Those that the members have chosen by a vote that counts."""
        return self.counted(self.alliance.core_domains)

    @cached_property
    def steps(self) -> list[Step]:
        """Signed steps of completed rounds, of voting members."""
        ids = {each.id for each in self.voting}
        done = [each for each in self.alliance.rounds if each.state == "completed"]
        signed = [step for each in done for step in self.counted(each.steps) if step.signed_at]
        return [step for step in signed if step.member in ids]

    @cached_property
    def levels(self) -> dict[tuple[str, str], int]:
        """(member, domain) → the level signed for; nothing means 0."""
        found: dict[tuple[str, str], int] = {}
        for step in self.steps:
            key = (step.member, step.domain)
            found[key] = max(found.get(key, 0), step.to_level)
        return found

    @cached_property
    def held_by_counsel(self) -> list[tuple[str, Hold]]:
        """What counsel stops at this time, by its name, soonest over first: topics, and rounds (“Round 2”).

        A hold counts wherever it was placed: it speaks against the alliance, as an open report does.
        """
        rounds = [(_("Round %(number)s") % {"number": each.number}, each.holds) for each in self.alliance.rounds]
        things = [*((each.name, each.holds) for each in self.alliance.topics), *rounds]
        found = [(name, hold) for name, holds in things for hold in holds if self._stops(hold)]
        return sorted(found, key=lambda each: (each[1].until, each[0]))

    def _stops(self, hold: Hold) -> bool:
        for moment in (hold.placed_at, hold.until, hold.lifted_at or hold.until):
            self.has_come(moment)
        stands = hold_stands(placed_at=hold.placed_at, until=hold.until, lifted_at=hold.lifted_at, at=self.at)
        return stands and hold.role == "counsel"

    # -- Committee --------------------------------------------------------------------------------------------------
    @cached_property
    def holders(self) -> dict[str, Holding | None]:
        """Seat → its holder now: accepted, within the term; None for a vacant seat."""
        return {seat.id: self._holder(seat) for seat in self.governance.seats}

    def _holder(self, seat: Seat) -> Holding | None:
        for held in self.counted(seat.holdings):
            if held.left_at is None and held.accepted_at and held.starts_on <= self.today < held.ends_on:
                return held
        return None

    @cached_property
    def seat_groups(self) -> list[tuple[str, int]]:
        """For each seat the group that its weight counts for, and the weight; one that is nobody's is its own group."""
        return [(self._group_behind(seat) or seat.id, seat.weight) for seat in self.governance.seats]

    def _group_behind(self, seat: Seat) -> str | None:
        """That which its holder works for, else that which appointed them; its member's, while it is vacant.

        A seat is not another's for being said to count for it. What was imagined counts as it was.
        """
        stated = self.group_of[seat.member] if seat.member else None
        holder = self.holders[seat.id]
        if holder is None or seat.id in self.imagined:
            return stated
        appointed = self.group_of[holder.appointed_by] if holder.appointed_by else None
        employing = self.groups_of(holder.person) & self.groups
        if employing and not employing & {stated, appointed}:
            return min(employing)
        found = [each for each in (appointed, stated) if each and (not employing or each in employing)]
        return found[0] if found else stated

    # -- Value ------------------------------------------------------------------------------------------------------
    @cached_property
    def streams(self) -> list[ValueStream]:
        """Streams whose steward has accepted, before this log, and is here still."""
        return [each for each in self.counted(self.alliance.streams) if self.is_kept(each)]

    def is_kept(self, stream: ValueStream) -> bool:
        """Has its steward accepted, and does the steward act for a member, or organise, still?"""
        return stream.steward_accepted_at is not None and self.is_here(stream.steward)

    def is_here(self, person: str | None) -> bool:
        """Does the person act for a member, or organise, now?"""
        return any(role.kind not in BESIDE for role in self.roles_of.get(person or "", []))

    @cached_property
    def end_on(self) -> date | None:
        """When the charter's term ends, counted from its start or, before there is one, from today; None: never."""
        head = self.alliance.alliance
        months = head.term_months
        if months is None:
            return None
        has_begun = self.as_claimed or head.state not in BEFORE_CHARTER
        start = (head.activated_at if has_begun else None) or self.at
        return start.date() + timedelta(days=round(months * MONTH_DAYS))

    @property
    def is_permanent(self) -> bool:
        return self.alliance.alliance.permanence == "permanent"
