"""Four reasons for value, measured from the record. Pure.

What the record does not hold is not there: a figure is None, and a page says that there are no data. Days, counts and
money are whole numbers, shares are exact fractions.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Protocol
from uuid import UUID

CONTRIBUTORS = 5
LARGEST_SHARE = Fraction(1, 4)
"""A sum is shown from so many contributors on, none of whom gives more than this share of it."""
CATEGORIES = 2
"""From so many kinds of members on, amending a decision brought perspectives together."""
MOSTLY = Fraction(9, 10)
HALF = Fraction(1, 2)
"""Shares of commitments kept on time from which on trust shows, or shows in part."""
DAY = timedelta(days=1)


class Promise(Protocol):
    """A signed commitment."""

    due_on: date | None
    kept_on: date | None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `of` is at least 1."""

    part: int
    of: int

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.part, self.of)


def share(part: int, of: int) -> Share | None:
    """None of nothing."""
    return Share(part, of) if of else None


def kept_on_time(promises: Iterable[Promise], today: date) -> Share | None:
    """Commitments kept by the day on which they were due, of those that are due by today."""
    due = [(each.due_on, each.kept_on) for each in promises if each.due_on and each.due_on <= today]
    return share(sum(kept is not None and kept <= day for day, kept in due), len(due))


def median_days(spans: Iterable[tuple[datetime, datetime]]) -> Fraction | None:
    """The median of whole days between two moments each; the mean of the two in the middle of an even number."""
    days = sorted((end - start) // DAY for start, end in spans)
    if not days:
        return None
    middle = len(days) // 2
    return Fraction(days[middle]) if len(days) % 2 else Fraction(days[middle - 1] + days[middle], 2)


def may_be_summed(amounts: Collection[int]) -> bool:
    """Amounts of five contributors or more, none above a quarter of the sum.

    Who gives nothing contributes nothing. Beside an amount below zero no share of the sum bounds anything.
    """
    total = sum(amounts)
    if sum(each > 0 for each in amounts) < CONTRIBUTORS or min(amounts) < 0:
        return False
    return Fraction(max(amounts), total) <= LARGEST_SHARE


def saved(alone: Sequence[int], joint: Sequence[int]) -> int | None:
    """Σ stand-alone cost − joint cost over the same members, in minor units; None where either may not be summed."""
    if len(alone) != len(joint) or not may_be_summed(alone) or not may_be_summed(joint):
        return None
    return sum(alone) - sum(joint)


@dataclass(frozen=True, slots=True)
class Costs:
    """What one sealed worksheet says, in minor units, base case: to reach the same alone, and together.

    `group` is the control group under which its member counts.
    """

    sheet: UUID
    group: UUID
    alone: int
    joint: int
    currency: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What may be published: a rounded amount in minor units, below zero where alone were cheaper; and of how many."""

    amount: int
    currency: str
    contributors: int


def saving_of(costs: Sequence[Costs]) -> Saved | None:
    """What members save against paying alone, rounded (TRAITS.md, Four reasons for value; Competition safety).

    Σ alone − Σ joint of the same members, where five groups or more say both and none is above a quarter of either sum:
    a group counts once, for whoever controls it knows all of its figures. None otherwise, and over two currencies.
    """
    currencies = {each.currency for each in costs}
    if len(currencies) != 1:
        return None
    alone: dict[UUID, int] = {}
    joint: dict[UUID, int] = {}
    for each in costs:
        alone[each.group] = alone.get(each.group, 0) + each.alone
        joint[each.group] = joint.get(each.group, 0) + each.joint
    amount = saved([*alone.values()], [*joint.values()])
    return None if amount is None else Saved(two_digits(amount), currencies.pop(), len(alone))


def two_digits(amount: int) -> int:
    """To two significant digits, halves away from zero: exact sums could be taken apart by who knows some of them."""
    unit: int = 10 ** max(len(str(abs(amount))) - 2, 0)
    size = (2 * abs(amount) + unit) // (2 * unit) * unit
    return size if amount >= 0 else -size


def may_follow(before: Iterable[UUID], now: Iterable[UUID], groups: Mapping[UUID, UUID]) -> bool:
    """May a sum of the worksheets `now` be published beside one of those `before`?

    Only where the worksheets of five groups or more differ (sealed anew, joined or left): the difference of two sums is
    itself a sum, and of one group it is that group's figure. Where nothing differs there is nothing to say. `groups`
    has the group of each worksheet, as its member is controlled now.
    """
    return len({groups[each] for each in {*before} ^ {*now}}) >= CONTRIBUTORS


def quarter_of(day: date) -> date:
    """The first day of its calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def amended_across(kinds: Sequence[int]) -> Share | None:
    """Adopted decisions that members of two kinds or more amended; for each, of how many kinds those are who did."""
    return share(sum(each >= CATEGORIES for each in kinds), len(kinds))


def conformant(counts: Sequence[int], members: int) -> Share | None:
    """Members that meet an adopted standard, of all members, over all standards: each pair of both counts once."""
    return share(sum(counts), len(counts) * members)


def per_decision(options: Sequence[int]) -> Fraction | None:
    """Options weighed, per decision."""
    return Fraction(sum(options), len(options)) if options else None
