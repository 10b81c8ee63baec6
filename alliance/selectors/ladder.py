"""The ladder as it stands, or as it stood at the end of a day, and what each round moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.templatetags.moments import dated
from alliance import rules
from alliance.models import Alliance, Member, Round, Step
from alliance.states import LADDER, NOT_MOVED, Domain, Membership, RoundState
from audit.errors import DomainError

Levels = Mapping[tuple[UUID, str], int]


def levels_of(alliance: Alliance) -> dict[tuple[UUID, str], int]:
    """Each member's signed level in each domain, from completed rounds: one statement."""
    rows = _signed(alliance).values_list("member", "domain").annotate(level=Max("to_level"))
    return {(member, domain): level for member, domain, level in rows}


def _levels_then_and_now(alliance: Alliance, cut: datetime) -> tuple[Levels, Levels]:
    """The levels signed for in rounds that were completed before a time, and those of today: one statement."""
    before = Max("to_level", filter=Q(round__completed_at__lt=cut), default=0)
    rows = _signed(alliance).values_list("member", "domain").annotate(then=before, level=Max("to_level"))
    found = list(rows)
    then = {(member, domain): level for member, domain, level, _now in found}
    return then, {(member, domain): level for member, domain, _then, level in found}


def _signed(alliance: Alliance) -> QuerySet[Step]:
    """Steps of completed rounds that were signed here; what a file says of rounds moves nobody."""
    steps = Step.objects.filter(alliance=alliance, round__state=RoundState.COMPLETED, signed_at__isnull=False)
    return steps.filter(witnessed=True).order_by()


@dataclass(frozen=True, slots=True)
class Balance:
    """Lowest and highest of what members have ceded, in levels, and the one over the other."""

    lowest: int
    highest: int
    ratio: Fraction

    @property
    def hundredths(self) -> int:
        return round(self.ratio * 100)


def balance_of(moves: Iterable[int]) -> Balance | None:
    """None where nobody has moved."""
    each = sorted(moves)
    ratio = rules.reciprocity(each)
    return None if ratio is None else Balance(each[0], each[-1], ratio)


@dataclass(frozen=True, slots=True)
class Rung:
    """One member's row: its level in every domain, and how far it has climbed there since."""

    member: Member
    levels: Mapping[str, int]
    since: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.levels.values())

    @property
    def climbed(self) -> int:
        return sum(self.since.values())

    @property
    def has_left(self) -> bool:
        return self.member.state == Membership.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Ladder:
    """The grid; `day` is the day at whose end it stood so, None for now."""

    day: date | None
    rungs: list[Rung]
    joined: list[Member]
    """Voting members that came after that day."""
    balance: Balance | None

    @property
    def has_changed(self) -> bool:
        return bool(self.joined) or any(each.climbed or each.has_left for each in self.rungs)


def ladder_of(alliance: Alliance, at: datetime, day: date | None = None) -> Ladder:
    """As it stands, or stood at the end of a day in the reader's zone. Two statements.

    Raises DomainError for a day before the alliance was founded, or to come.
    """
    cut = _end_of(alliance, day, at) if day else None
    if cut:
        then, levels = _levels_then_and_now(alliance, cut)
    else:
        then = levels = levels_of(alliance)
    members = list(_voting(alliance, cut))
    rungs = [_rung(member, then, levels) for member in members if _was_in(member, cut)]
    totals = [each.total for each in rungs]
    return Ladder(day, rungs, [each for each in members if not _was_in(each, cut)], balance_of(totals))


def _end_of(alliance: Alliance, day: date, at: datetime) -> datetime:
    first, today = timezone.localdate(alliance.created_at), timezone.localdate(at)
    if not first <= day <= today:
        raise DomainError(
            "day_out_of_range",
            _("Choose a day from %(first)s, when the alliance was founded, to today.") % {"first": dated(first)},
            field="at",
        )
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _voting(alliance: Alliance, cut: datetime | None) -> Any:
    """Voting members that are in now, and those that were before `cut` and have left since."""
    wanted = Q(state=Membership.ADMITTED)
    if cut:
        wanted |= Q(state=Membership.WITHDRAWN, admitted_at__lt=cut, left_at__gte=cut)
    return alliance.members.voting().filter(wanted).with_names().order_by("admitted_at", "pk")


def _was_in(member: Member, cut: datetime | None) -> bool:
    return cut is None or (member.admitted_at is not None and member.admitted_at < cut)


def _rung(member: Member, then: Levels, now: Levels) -> Rung:
    levels = {domain.value: then.get((member.pk, domain), 0) for domain in Domain}
    since = {domain: now.get((member.pk, domain), 0) - level for domain, level in levels.items()}
    return Rung(member, levels, since)


def grid_of(ladder: Ladder, core: Mapping[str, int], coming: Levels) -> list[dict[str, Any]]:
    """The rows as components/ladder.html draws them; `coming` are the levels of the open round, shown for now only."""
    return [_row(rung, ladder, core, coming) for rung in ladder.rungs]


def _row(rung: Rung, ladder: Ladder, core: Mapping[str, int], coming: Levels) -> dict[str, Any]:
    return {
        "name": str(rung.member),
        "note": _("has left since") if rung.has_left else "",
        "cells": [
            {
                "step": level,
                "word": LADDER[level],
                "note": _note(rung, domain, ladder, coming),
                "short": level < core.get(domain, 0),
            }
            for domain, level in rung.levels.items()
        ],
        "total": rung.total,
        "climbed": _("+%(number)s since") % {"number": rung.climbed} if rung.climbed else "",
    }


def _note(rung: Rung, domain: str, ladder: Ladder, coming: Levels) -> str:
    """What changed since that day, or what the open round brings: in words and figures."""
    if ladder.day is None:
        to_level = coming.get((rung.member.pk, domain))
        return f"→ {to_level}" if to_level is not None else ""
    climbed = rung.since[domain]
    return _("+%(number)s since") % {"number": climbed} if climbed else ""


@dataclass(frozen=True, slots=True)
class Moves:
    """How many levels each member climbs in a round, and how evenly."""

    number: int
    state: str
    moved: dict[UUID, int]
    balance: Balance | None


def moves_of(found: Round) -> Moves:
    """Of a round whose steps are prefetched. In one that has lapsed nobody has moved."""
    moved: dict[UUID, int] = {}
    for step in found.steps.all():
        climbed = 0 if found.state in NOT_MOVED else step.to_level - step.from_level
        moved[step.member_id] = moved.get(step.member_id, 0) + climbed
    return Moves(found.number, found.state, moved, balance_of(moved.values()))
