"""Reads, as adjectives that chain."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from governance.states import DecisionState

if TYPE_CHECKING:
    from accounts.models import Person
    from alliance.models import Alliance
    from governance.models import Decision


class SeatQuerySet(models.QuerySet):
    """Seats."""

    def standing(self) -> "SeatQuerySet":
        """Those that have not been abolished."""
        return self.filter(abolished_at__isnull=True)


class HoldingQuerySet(models.QuerySet):
    """Holdings."""

    def current(self) -> "HoldingQuerySet":
        """Those whose holder has not left (accepted or still to accept)."""
        return self.filter(left_at__isnull=True)

    def accepted(self) -> "HoldingQuerySet":
        """Those that their holders have accepted here; what a file says is accepted anew."""
        return self.filter(accepted_at__isnull=False, witnessed=True)


class OfficerQuerySet(models.QuerySet):
    """Officers."""

    def current(self) -> "OfficerQuerySet":
        """Those in office now, by an election or appointment that was witnessed here: a file elects nobody."""
        return self.filter(ends_at__isnull=True, witnessed=True)


class DecisionQuerySet(models.QuerySet):
    """Decisions."""

    def locked(self, pk: object) -> "Decision":
        """The row as it is now, locked until the transaction ends; casting and closing take the same lock."""
        found: Any = self.select_for_update(no_key=True).get(pk=pk)
        return found

    def with_its_page(self) -> "DecisionQuerySet":
        """With what a decision's page names: its class, its people, and what it goes on from."""
        return self.select_related(
            "decision_class", "proposer", "seconder", "alliance", "continues", "reopens", "topic"
        )

    def visible_in(self, alliance: "Alliance") -> "DecisionQuerySet":
        return self.filter(alliance=alliance)

    def open_at(self, at: datetime) -> "DecisionQuerySet":
        """Those whose window contains the time: [opened_at, closes_at)."""
        return self.filter(state=DecisionState.OPEN, opened_at__lte=at, closes_at__gt=at)

    def due_at(self, at: datetime) -> "DecisionQuerySet":
        """Those whose window has passed and whose outcome is not written down yet."""
        return self.filter(state=DecisionState.OPEN, closes_at__lte=at)

    def undecided(self) -> "DecisionQuerySet":
        """Those being voted on, and those adopted that have not taken effect."""
        waiting = models.Q(state=DecisionState.CLOSED, effective_at__isnull=False, took_effect_at__isnull=True)
        return self.filter(waiting | models.Q(state=DecisionState.OPEN))

    def taking_effect_at(self, at: datetime) -> "DecisionQuerySet":
        """Those adopted whose effects are due (one that could not be carried out waits for a person)."""
        return self.filter(
            state=DecisionState.CLOSED, effective_at__lte=at, took_effect_at__isnull=True, effect_problem=""
        )

    def adopted(self) -> "DecisionQuerySet":
        """Those that were adopted, whether or not they have taken effect yet."""
        return self.filter(state__in=(DecisionState.CLOSED, DecisionState.EFFECTIVE), effective_at__isnull=False)

    def awaiting(self, person: "Person", at: datetime) -> "DecisionQuerySet":
        """Open ones in which the person's seat has not voted and is not recused."""
        return self.open_at(at).filter(
            electors__person=person, electors__recused_at__isnull=True, electors__ballot__isnull=True
        )


class ConformanceQuerySet(models.QuerySet):
    """Statements that a member meets a specification."""

    def current(self) -> "ConformanceQuerySet":
        """Those that have not been taken back."""
        return self.filter(ended_at__isnull=True)
