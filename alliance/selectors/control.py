"""Shared control: the ladder, its rounds, what is kept back, and counsel's word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance import rules
from alliance.models import Alliance, CounselReview, Member, ReservedPower, Round, Step
from alliance.selectors.holds import ROUND, Held, Holds, holds_of
from alliance.selectors.ladder import Balance, Levels, moves_of
from alliance.selectors.standing import Standing
from alliance.states import LADDER, NOT_MOVED, Domain, RoundState


def preset_round(alliance: Alliance, members: Iterable[Member], standing: Levels) -> dict[tuple[UUID, str], int]:
    """A round that brings each of these members nearest to the core domains' levels: one statement."""
    core = dict(alliance.core_domains.filter(witnessed=True).order_by("domain").values_list("domain", "required_level"))
    return {
        (member.pk, domain): level
        for member in members
        for domain, level in rules.next_levels(
            {each: standing.get((member.pk, each), 0) for each in core}, core
        ).items()
    }


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round: whose steps are signed, and whose are not."""

    round: Round
    is_open: bool
    members: list[dict[str, Any]]
    signed: int
    balance: Balance | None
    held: Held | None
    may_hold: bool

    @property
    def is_claimed(self) -> bool:
        """Does it come from a file, so that it moves nobody here?"""
        return self.round.state == RoundState.COMPLETED and not all(step.witnessed for step in self.round.steps.all())

    @property
    def completed_on(self) -> date | None:
        """The day, in the reader's zone."""
        return timezone.localdate(self.round.completed_at) if self.round.completed_at else None

    @property
    def look(self) -> str:
        if self.round.state in NOT_MOVED:
            return "returned"
        return "open" if self.is_open else {"completed": "done"}.get(self.round.state, "waiting")


@dataclass(frozen=True, slots=True)
class Control:
    domains: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    core: dict[str, int]
    rounds: list[RoundLine]
    powers: list[ReservedPower]
    review: CounselReview | None
    open_round: RoundLine | None

    @property
    def coming(self) -> Levels:
        """The level that the open round brings, by member and domain."""
        steps = self.open_round.round.steps.all() if self.open_round else ()
        return {(step.member_id, step.domain): step.to_level for step in steps}

    @property
    def completed(self) -> list[RoundLine]:
        """Completed rounds, oldest first."""
        return [line for line in reversed(self.rounds) if line.completed_on]


def control_of(alliance: Alliance, standing: Standing, at: datetime) -> Control:
    """Six statements: core domains, rounds with steps, holds on them, reserved powers, the last review."""
    core = dict(alliance.core_domains.filter(witnessed=True).order_by().values_list("domain", "required_level"))
    steps = Step.objects.select_related("member__organisation", "signed_by")
    steps = steps.order_by("member__organisation__name", "pk")
    rounds = alliance.rounds.prefetch_related(Prefetch("steps", steps)).order_by("-number")
    holds = holds_of(alliance, standing, at, ROUND)
    lines = [_round(each, holds, standing, at) for each in rounds]
    return Control(
        domains=[{"name": domain.label, "needed": core.get(domain)} for domain in Domain],
        steps=[{"level": level, "word": word} for level, word in LADDER.items()],
        core=core,
        rounds=lines,
        powers=list(alliance.reserved_powers.select_related("member__organisation").order_by("pk")),
        review=alliance.counsel_reviews.select_related("counsel").order_by("-reviewed_at", "-pk").first(),
        open_round=next((line for line in lines if line.is_open), None),
    )


def _round(found: Round, holds: Holds, standing: Standing, at: datetime) -> RoundLine:
    """Whose steps; prefetched."""
    by_member: dict[UUID, list[Step]] = {}
    for step in found.steps.all():
        by_member.setdefault(step.member_id, []).append(step)
    is_open = found.state == RoundState.OPEN and at < found.closes_at
    held = holds.on(ROUND, found) if is_open else None
    moves = moves_of(found)
    members = [
        _part(steps, moves.moved, standing, takes_signatures=is_open and not held) for steps in by_member.values()
    ]
    return RoundLine(
        round=found,
        is_open=is_open,
        members=members,
        signed=sum(1 for each in members if each["signed_at"]),
        balance=moves.balance,
        held=held,
        may_hold=is_open and holds.is_offered(ROUND, found),
    )


def _part(
    steps: list[Step], moved: Mapping[UUID, int], standing: Standing, *, takes_signatures: bool
) -> dict[str, Any]:
    first = steps[0]
    is_signed = all(step.signed_at for step in steps)
    return {
        "member": first.member,
        "step": first,
        "others": steps[1:],
        "steps": ", ".join(step_words(step) for step in steps),
        "moved": moved[first.member_id],
        "signed_at": first.signed_at if is_signed else None,
        "signed_by": first.signed_by.name if is_signed and first.signed_by else "",
        "may_sign": takes_signatures and not is_signed and standing.signs_for(first.member_id) and standing.is_living,
    }


def step_words(step: Step) -> str:
    """One step in words: "Standards: 1 informs → 3 consents"."""
    before, after = (f"{level} {LADDER[level]}" for level in (step.from_level, step.to_level))
    return _("%(domain)s: %(before)s → %(after)s") % {
        "domain": step.get_domain_display(),
        "before": before,
        "after": after,
    }
