"""Who voted as their employer's stated positions would have it, each time it was contested (TRAITS.md, below G9)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from governance.schemas import Decision
from traits.evidence import Evidence

CONTESTED = 10
"""From so many contested votes on, agreement in all of them is worth a word."""
SIGN = {"yes": 1, "no": -1}


@dataclass(frozen=True, slots=True)
class Echo:
    """A holder who agreed with the group behind the seat in every one of so many contested votes."""

    person: str
    group: str
    votes: int


def in_step(evidence: Evidence) -> list[Echo]:
    """The holders who matched the stated stance of the group behind their seat on all of at least ten contested votes.

    A vote is contested where somebody voted yes and somebody no. It is matched where the group's members stand for or
    against the topic that it concerns, in the open, and the holder voted that way. Who abstained did not match.
    """
    contested = [(decision, _votes(decision)) for decision in _contested(evidence)]
    if len(contested) < CONTESTED:
        return []
    stances = _stances(evidence, {decision.topic for decision, _votes in contested})
    found = []
    for seat, (group, _weight) in zip(evidence.governance.seats, evidence.seat_groups, strict=True):
        holder = evidence.holders[seat.id]
        matches = [
            cast == stances[group, decision.topic] * (-1 if decision.opposes_topic else 1)
            for decision, votes in contested
            if (group, decision.topic) in stances and holder
            for cast in votes.get((seat.id, holder.person), ())
        ]
        if holder and len(matches) >= CONTESTED and all(matches):
            found.append(Echo(holder.person, group, len(matches)))
    return found


def _stances(evidence: Evidence, topics: Collection[str | None]) -> dict[tuple[str, str | None], int]:
    """(group, topic) → 1 for, −1 against, of what its members said openly; nothing where they differ or do not care.

    Of the groups behind a seat, on these topics.
    """
    stated, groups = evidence.stated, {group for group, _weight in evidence.seat_groups}
    members = [each.id for each in evidence.members if evidence.group_of[each.id] in groups]
    openly = evidence.counting & ~stated.confidential & stated.on(topics) & stated.of(members)
    said: dict[tuple[str, str | None], set[int]] = {}
    for member, topic, stance in stated.rows(openly):
        said.setdefault((evidence.group_of[member], topic), set()).add((stance > 0) - (stance < 0))
    return {key: sign for key, signs in said.items() if len(signs) == 1 for sign in signs if sign}


def _contested(evidence: Evidence) -> Iterator[Decision]:
    for decision in evidence.governance.decisions:
        choices = {each.ballot.choice for each in decision.electors if each.ballot and not each.recused_at}
        if decision.topic and {"yes", "no"} <= choices and evidence.counted(decision.outcomes):
            yield decision


def _votes(decision: Decision) -> dict[tuple[str | None, str | None], list[int]]:
    """(seat, person) → 1 for yes, −1 for no, 0 for an abstention, where they voted."""
    found: dict[tuple[str | None, str | None], list[int]] = {}
    for each in decision.electors:
        if each.ballot and not each.recused_at:
            found.setdefault((each.seat, each.person), []).append(SIGN.get(each.ballot.choice, 0))
    return found
