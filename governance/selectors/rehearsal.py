"""A vote that is only imagined: how a class would count it, and whose other choice would turn it. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alliance.models import Alliance
from governance import recount, tally
from governance.counting import rule_document, unsaid
from governance.models import DecisionClass
from governance.selectors.electorate import groups_of
from governance.selectors.holders import holders_of
from governance.sentences import outcome_sentence
from governance.states import CHOICES_OF, Body, Choice, Forum, Method, Result

RECUSED = "recused"
SILENT = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A seat, or a group of members, that could vote now."""

    key: str
    name: str
    note: str
    weight: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Under which class who could vote; `absent` are those that could not, in words, and `authorised` all weight."""

    decided_by: DecisionClass
    parts: list[Part]
    absent: list[str]
    authorised: int | None

    @property
    def choices(self) -> tuple[Choice, ...]:
        return CHOICES_OF[Method(self.decided_by.method)]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would come out; is it so whatever those who are silent do; and who alone could turn it."""

    outcome: tally.Outcome
    sentence: str
    turning: list[Part]

    @property
    def result(self) -> Result:
        return Result(self.outcome.result)

    @property
    def is_settled(self) -> bool:
        return self.outcome.decided is not None


def classes_to_rehearse(alliance: Alliance) -> list[DecisionClass]:
    """The classes in use that leave nothing unsaid: one statement."""
    rows = DecisionClass.objects.filter(alliance=alliance, retired_at__isnull=True)
    return [row for row in rows.order_by("-is_founding", "created_at", "pk") if not unsaid(row)]


def stage_of(alliance: Alliance, decided_by: DecisionClass, at: datetime) -> Stage:
    """Who would be among the electorate if a vote opened now."""
    return (_members if decided_by.body == Body.MEMBERS else _committee)(alliance, decided_by, at)


def _committee(alliance: Alliance, decided_by: DecisionClass, at: datetime) -> Stage:
    holders = {each.holding.seat_id: each for each in holders_of(alliance, at)}
    parts, absent, total = [], [], 0
    for seat in alliance.seats.standing().order_by("created_at", "pk"):
        holder = holders.get(seat.pk)
        total += seat.weight
        if holder is not None and holder.may_vote:
            parts.append(Part(str(seat.pk), holder.holding.person.name, seat.label, seat.weight))
        else:
            absent.append(seat.label)
    return Stage(decided_by, parts, absent, total or None)


def _members(alliance: Alliance, decided_by: DecisionClass, at: datetime) -> Stage:
    parts, absent = [], []
    for group in groups_of(alliance, at):
        if group.voter:
            control = group.voter.control
            parts.append(Part(str(group.voter.group_key), str(group.voter), control.name if control else "", 1))
        else:
            absent.append(str(group.first))
    return Stage(decided_by, parts, absent, None)


def rehearse(stage: Stage, said: Mapping[str, str]) -> Rehearsed:
    """Count what was said: by part a choice, RECUSED, or SILENT as for those left out."""
    case = _case(stage, said)
    outcome = tally.tally(case)
    turning = [part for part in stage.parts if said.get(part.key) != RECUSED and _turns(case, stage, part, outcome)]
    return Rehearsed(outcome, outcome_sentence(outcome, by_members=stage.decided_by.body == Body.MEMBERS), turning)


def _case(stage: Stage, said: Mapping[str, str]) -> tally.Case:
    document = {
        "id": stage.decided_by.key,
        "rule": rule_document(stage.decided_by),
        "seats": [_seat(stage, part, said.get(part.key, SILENT)) for part in stage.parts],
        "ballots": {key: choice for key, choice in said.items() if choice not in {RECUSED, SILENT}},
        **({} if stage.authorised is None else {"authorised_weight": stage.authorised}),
    }
    return recount.case_of(recount.case_at((), document))


def _seat(stage: Stage, part: Part, choice: str) -> dict[str, Any]:
    """At a meeting, who says something is there."""
    there = {"present": bool(choice)} if stage.decided_by.forum == Forum.MEETING else {}
    return {"id": part.key, "weight": part.weight, "recused": choice == RECUSED, **there}


def _turns(case: tally.Case, stage: Stage, part: Part, outcome: tally.Outcome) -> bool:
    """Would another choice of this part alone bring another result?"""
    now = case.ballots.get(part.key)
    others = [None, *(tally.Choice(each) for each in stage.choices)]
    return any(tally.tally(_with(case, part, each)).result is not outcome.result for each in others if each != now)


def _with(case: tally.Case, part: Part, choice: tally.Choice | None) -> tally.Case:
    ballots = {key: each for key, each in case.ballots.items() if key != part.key}
    if choice is not None:
        ballots[part.key] = choice
    seats = tuple(replace(seat, present=choice is not None) if seat.id == part.key else seat for seat in case.seats)
    return replace(case, ballots=ballots, seats=seats if case.rule.forum is tally.Forum.MEETING else case.seats)


def as_document(rehearsed: Rehearsed) -> dict[str, Any]:
    """For the API: `turning` names those who alone could turn it."""
    return {
        "result": str(rehearsed.result),
        "sentence": rehearsed.sentence,
        "figures": rehearsed.outcome.figures(),
        "turning": [part.key for part in rehearsed.turning],
    }


def label_of(said: str) -> str:
    """A choice, silence or a recusal in words."""
    return {SILENT: _("Does not vote"), RECUSED: _("Is recused")}.get(said) or str(Choice(said).label)
