"""Shared control: the ladder, its rounds, what is kept back, and counsel's word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Prefetch
from django.utils.translation import gettext as _

from alliance import rules
from alliance.models import Alliance, CounselReview, Member, ReservedPower, Round, Step
from alliance.selectors.standing import Standing
from alliance.states import LADDER, Domain, RoundState

Levels = Mapping[tuple[UUID, str], int]


def levels_of(alliance: Alliance) -> dict[tuple[UUID, str], int]:
    """Each member's signed level in each domain, from completed rounds: one statement."""
    steps = Step.objects.filter(alliance=alliance, round__state=RoundState.COMPLETED, signed_at__isnull=False)
    rows = steps.order_by().values_list("member", "domain").annotate(level=Max("to_level"))
    return {(member, domain): level for member, domain, level in rows}


def preset_round(alliance: Alliance, members: Iterable[Member], standing: Levels) -> dict[tuple[UUID, str], int]:
    """A round that brings each of these members nearest to the core domains' levels: one statement."""
    core = dict(alliance.core_domains.order_by("domain").values_list("domain", "required_level"))
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

    @property
    def look(self) -> str:
        return "open" if self.is_open else {"completed": "done", "lapsed": "returned"}.get(self.round.state, "waiting")


@dataclass(frozen=True, slots=True)
class Control:
    domains: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    core: int
    rounds: list[RoundLine]
    powers: list[ReservedPower]
    review: CounselReview | None
    open_round: RoundLine | None


def control_of(alliance: Alliance, standing: Standing, at: datetime) -> Control:
    """Seven statements: members, levels, core domains, rounds with steps, reserved powers, the last review."""
    members = list(alliance.members.admitted().voting().with_names().order_by("admitted_at", "pk"))
    core = dict(alliance.core_domains.order_by().values_list("domain", "required_level"))
    steps = Step.objects.select_related("member__organisation", "signed_by")
    steps = steps.order_by("member__organisation__name", "pk")
    rounds = alliance.rounds.prefetch_related(Prefetch("steps", steps)).order_by("-number")
    lines = [_round(each, standing, at) for each in rounds]
    open_round = next((line for line in lines if line.is_open), None)
    levels = levels_of(alliance)
    return Control(
        domains=[{"name": domain.label, "needed": core.get(domain)} for domain in Domain],
        rows=[_row(member, levels, core, open_round) for member in members],
        steps=[{"level": level, "word": word} for level, word in LADDER.items()],
        core=len(core),
        rounds=lines,
        powers=list(alliance.reserved_powers.select_related("member__organisation").order_by("pk")),
        review=alliance.counsel_reviews.select_related("counsel").order_by("-reviewed_at", "-pk").first(),
        open_round=open_round,
    )


def _row(member: Member, levels: Levels, core: Mapping[str, int], open_round: RoundLine | None) -> dict[str, Any]:
    coming = {
        step.domain: step.to_level
        for step in (open_round.round.steps.all() if open_round else ())
        if step.member_id == member.pk
    }
    standing = {domain: levels.get((member.pk, domain), 0) for domain in Domain}
    cells = [
        {
            "step": standing[domain],
            "word": LADDER[standing[domain]],
            "note": f"→ {coming[domain]}" if domain in coming else "",
            "short": standing[domain] < core.get(domain, 0),
        }
        for domain in Domain
    ]
    return {"name": str(member), "cells": cells, "total": sum(standing.values())}


def _round(found: Round, standing: Standing, at: datetime) -> RoundLine:
    """Whose steps; prefetched."""
    by_member: dict[UUID, list[Step]] = {}
    for step in found.steps.all():
        by_member.setdefault(step.member_id, []).append(step)
    is_open = found.state == RoundState.OPEN and at < found.closes_at
    members = [_part(steps, standing, is_open=is_open) for steps in by_member.values()]
    return RoundLine(found, is_open, members, sum(1 for each in members if each["signed_at"]))


def _part(steps: list[Step], standing: Standing, *, is_open: bool) -> dict[str, Any]:
    first = steps[0]
    is_signed = all(step.signed_at for step in steps)
    return {
        "member": first.member,
        "step": first,
        "others": steps[1:],
        "steps": ", ".join(step_words(step) for step in steps),
        "signed_at": first.signed_at if is_signed else None,
        "signed_by": first.signed_by.name if is_signed and first.signed_by else "",
        "may_sign": is_open and not is_signed and standing.signs_for(first.member_id) and standing.is_living,
    }


def step_words(step: Step) -> str:
    """One step in words: "Standards: 1 informs → 3 consents"."""
    before, after = (f"{level} {LADDER[level]}" for level in (step.from_level, step.to_level))
    return _("%(domain)s: %(before)s → %(after)s") % {
        "domain": step.get_domain_display(),
        "before": before,
        "after": after,
    }
