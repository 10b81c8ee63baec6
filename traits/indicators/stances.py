"""Who voted as their employer's stated positions would have it, each time it was contested (TRAITS.md, below G9)."""

from collections.abc import Iterator
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
    stances = _stances(evidence)
    contested = list(_contested(evidence)) if stances else []
    if len(contested) < CONTESTED:
        return []
    found = []
    for seat, (group, _weight) in zip(evidence.governance.seats, evidence.seat_groups, strict=True):
        holder = evidence.holders[seat.id]
        matches = [
            cast == stances[group, decision.topic] * (-1 if decision.opposes_topic else 1)
            for decision in contested
            if (group, decision.topic) in stances and holder
            for cast in _cast(decision, seat.id, holder.person)
        ]
        if holder and len(matches) >= CONTESTED and all(matches):
            found.append(Echo(holder.person, group, len(matches)))
    return found


def _stances(evidence: Evidence) -> dict[tuple[str, str | None], int]:
    """(group, topic) → 1 for, −1 against, of what its members said openly; nothing where they differ or do not care."""
    said: dict[tuple[str, str | None], set[int]] = {}
    for topic, position in evidence.positions:
        if not position.is_confidential:
            key = evidence.group_of[position.member], topic.id
            said.setdefault(key, set()).add((position.stance > 0) - (position.stance < 0))
    return {key: sign for key, signs in said.items() if len(signs) == 1 for sign in signs if sign}


def _contested(evidence: Evidence) -> Iterator[Decision]:
    for decision in evidence.governance.decisions:
        choices = {each.ballot.choice for each in decision.electors if each.ballot and not each.recused_at}
        if decision.topic and {"yes", "no"} <= choices and evidence.counted(decision.outcomes):
            yield decision


def _cast(decision: Decision, seat: str, person: str) -> Iterator[int]:
    """1 for yes, −1 for no, 0 for an abstention: of this person in this seat, where they voted."""
    for each in decision.electors:
        if each.seat == seat and each.person == person and each.ballot and not each.recused_at:
            yield SIGN.get(each.ballot.choice, 0)
