"""What if the seats, weights, thresholds or members were others? Pure: evidence in, changed evidence and power out.

Nothing is stored. The same check that reads the record reads what would be: a new seat is vacant, a new member has
signed nothing, and the readings say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from alliance.schemas import AlliancePart, Member, Organisation
from governance.power import collapsed, mending_quotas, power_of
from governance.rules import class_quota
from governance.schemas import DecisionClass, GovernancePart, Seat
from traits.evidence import Evidence
from traits.indicators.power import standing_classes

NEW_MEMBER = "new-member"


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat that does not exist yet; `member` is an identifier of the evidence, NEW_MEMBER, or None for neutral."""

    label: str
    weight: int
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What would be different. Seats and classes that are not named stay as they are; weight 0 takes a seat away."""

    weights: Mapping[str, int] = field(default_factory=dict)
    counts_for: Mapping[str, str | None] = field(default_factory=dict)
    new_seats: tuple[NewSeat, ...] = ()
    thresholds: Mapping[str, Fraction] = field(default_factory=dict)
    new_member: tuple[str, str] | None = None
    """Name and kind."""
    recused: frozenset[str] = frozenset()


def changed(evidence: Evidence, change: Change) -> Evidence:
    """The evidence as it would be. Recusal belongs to single decisions and changes nothing here."""
    return replace(
        evidence,
        alliance=_with_member(evidence, change.new_member),
        governance=_with_rules(evidence.governance, change),
        imagined=frozenset(
            seat.id
            for seat in evidence.governance.seats
            if seat.id in change.counts_for and change.counts_for[seat.id] != seat.member
        ),
    )


def _with_member(evidence: Evidence, named: tuple[str, str] | None) -> AlliancePart:
    part = evidence.alliance
    if named is None:
        return part
    name, kind = named
    organisation = Organisation(id=f"{NEW_MEMBER}-organisation", name=name)
    member = Member(
        id=NEW_MEMBER,
        organisation=organisation.id,
        category=kind,
        invited_at=evidence.at,
        admitted_at=evidence.at,
        category_confirmed_at=evidence.at,
        witnessed=True,
    )
    return part.model_copy(
        update={"organisations": [*part.organisations, organisation], "members": [*part.members, member]}
    )


def _with_rules(part: GovernancePart, change: Change) -> GovernancePart:
    seats = [_seat(seat, change) for seat in part.seats if change.weights.get(seat.id, seat.weight) > 0]
    added = [
        Seat(id=f"new-seat-{number}", label=new.label, weight=new.weight, member=new.member)
        for number, new in enumerate(change.new_seats, start=1)
    ]
    return part.model_copy(
        update={"seats": [*seats, *added], "classes": [_class(each, change) for each in part.classes]}
    )


def _seat(seat: Seat, change: Change) -> Seat:
    return seat.model_copy(
        update={
            "weight": change.weights.get(seat.id, seat.weight),
            "member": change.counts_for.get(seat.id, seat.member),
        }
    )


def _class(each: DecisionClass, change: Change) -> DecisionClass:
    if each.key not in change.thresholds:
        return each
    share = change.thresholds[each.key]
    return each.model_copy(update={"threshold": f"{share.numerator}/{share.denominator}"})


@dataclass(frozen=True, slots=True)
class GroupPower:
    """A group of the committee: its weight, and its share of the power by both indices. Shares are of 1."""

    key: str
    name: str
    weight: int
    banzhaf: Fraction
    shapley_shubik: Fraction


@dataclass(frozen=True, slots=True)
class QuotaPower:
    """Who decides where `quota` of `total` is needed: all classes that amount to it share one reading.

    `recused` weighs what may not vote; `groups` is empty where too much is recused for anything to be adopted.
    `mending` names, for the first group without power, the nearest quotas that give it some.
    """

    quota: int
    total: int
    classes: tuple[str, ...]
    groups: tuple[GroupPower, ...]
    recused: int = 0
    powerless: tuple[str, ...] = ()
    mending: tuple[int, ...] = ()


def power_by_quota(evidence: Evidence, recused: frozenset[str] = frozenset()) -> tuple[QuotaPower, ...]:
    """The power of each group in the committee's classes, by the quota that a class amounts to; lowest quota first.

    Recused seats leave the vote; where the class excludes them, what is needed is a share of those that remain.
    """
    found: dict[tuple[int, int], list[str]] = {}
    able = [
        pair
        for seat, pair in zip(evidence.governance.seats, evidence.seat_groups, strict=True)
        if seat.id not in recused
    ]
    all_, remaining = sum(seat.weight for seat in evidence.governance.seats), sum(weight for _group, weight in able)
    for each in standing_classes(evidence):
        pool = remaining if each.recusal in {None, "exclude"} else all_
        if each.body == "committee" and pool:
            found.setdefault((class_quota(each, pool), pool), []).append(each.name)
    weights = collapsed(able)
    return tuple(
        _power(quota, pool, tuple(classes), weights, all_ - remaining, evidence)
        for (quota, pool), classes in sorted(found.items())
    )


def _power(
    quota: int, total: int, classes: tuple[str, ...], weights: Mapping[str, int], recused: int, evidence: Evidence
) -> QuotaPower:
    sizes = list(weights.values())
    if not sizes or quota > sum(sizes):
        return QuotaPower(quota, total, classes, (), recused)
    groups = tuple(
        GroupPower(key, evidence.name(key), weight, each.banzhaf, Fraction(each.shapley_shubik))
        for (key, weight), each in zip(weights.items(), power_of(sizes, quota), strict=True)
    )
    idle = [place for place, group in enumerate(groups) if group.banzhaf == 0]
    return QuotaPower(
        quota,
        total,
        classes,
        groups,
        recused,
        tuple(groups[place].name for place in idle),
        mending_quotas(sizes, quota, idle[0]) if idle else (),
    )
