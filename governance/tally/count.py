"""Counting: seats and ballots become the few sums on which every rule rests."""

from dataclasses import dataclass
from typing import NamedTuple

from governance.tally.cases import Case, Choice, Forum, Recusal, Rule, Seat


class Side(NamedTuple):
    """Seats that stand together: how many, and what they weigh."""

    heads: int = 0
    weight: int = 0

    def with_seat(self, weight: int) -> "Side":
        return Side(self.heads + 1, self.weight + weight)

    def joined(self, other: "Side") -> "Side":
        return Side(self.heads + other.heads, self.weight + other.weight)


@dataclass(frozen=True, slots=True)
class Count:
    """The sums over an electorate. Ballots of suspended, recused and absent seats are in none of them."""

    able: Side
    recused: Side
    recused_present: Side
    favour: Side
    against: Side
    abstain: Side
    out: Side
    """May still cast: able, present where the forum is a meeting, and without a ballot."""
    authorised: int

    @property
    def cast(self) -> Side:
        return self.favour.joined(self.against).joined(self.abstain)

    @property
    def heads(self) -> int:
        """Of the electorate: occupied, unsuspended seats, recused or not."""
        return self.able.heads + self.recused.heads

    def present(self, rule: Rule) -> Side:
        """Present and able: marked so in a meeting; electronically, who cast a ballot."""
        return self.cast.joined(self.out) if rule.forum is Forum.MEETING else self.cast

    def pool(self, rule: Rule) -> int:
        """W(pool): able seats where recused seats are excluded, otherwise the whole electorate."""
        return self.able.weight + (0 if rule.recusal is Recusal.EXCLUDE else self.recused.weight)


PILES = {
    Choice.YES: "favour",
    Choice.AGREE: "favour",
    Choice.NO: "against",
    Choice.OBJECT: "against",
    Choice.ABSTAIN: "abstain",
    None: "out",
}


def count(case: Case) -> Count:
    """The sums of `case`, in one pass over its seats."""
    piles = dict.fromkeys(("able", "recused", "recused_present", *PILES.values()), Side())
    for seat in case.seats:
        for name in _piles_of(seat, case):
            piles[name] = piles[name].with_seat(seat.weight)
    listed = sum(seat.weight for seat in case.seats)
    return Count(**piles, authorised=listed if case.authorised_weight is None else case.authorised_weight)


def _piles_of(seat: Seat, case: Case) -> tuple[str, ...]:
    is_present = seat.present or case.rule.forum is Forum.ELECTRONIC
    if seat.suspended:
        return ()
    if seat.recused:
        return ("recused", "recused_present") if is_present else ("recused",)
    return ("able", PILES[case.ballots.get(seat.id)]) if is_present else ("able",)
