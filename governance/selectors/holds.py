"""Decisions as things that counsel or the auditor may hold: a draft does not open, an open vote goes on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance import holdable
from alliance.models import Alliance
from audit.errors import DomainError
from governance.counting import words_of
from governance.models import Decision
from governance.states import DecisionState

DECISION = "decision"


def _find(alliance: Alliance, subject: UUID) -> Decision | None:
    return Decision.objects.visible_in(alliance).filter(pk=subject).first()


def _require_not_closed(decision: Decision, at: datetime) -> None:
    is_open = decision.state == DecisionState.OPEN and decision.closes_at is not None and at < decision.closes_at
    if decision.state != DecisionState.DRAFT and not is_open:
        raise DomainError("decision_over", _("Voting on it is over: there is nothing left to stop."))


def _stops(decision: Decision, at: datetime) -> str:
    """Votes that are cast already must not hang: what is open goes on, and who votes reads the reason."""
    if decision.state == DecisionState.DRAFT:
        return _("While it is held, its vote is not opened. The draft can be changed.")
    return _("Voting is open and goes on: who votes reads the reason.")


def _places(alliance: Alliance, subjects: set[UUID]) -> dict[UUID, str]:
    numbers = Decision.objects.visible_in(alliance).filter(pk__in=subjects).values_list("pk", "number")
    return {pk: reverse("governance:decision", args=[alliance.slug, number]) for pk, number in numbers}


def _supporters(decision: Any) -> list[UUID]:
    return [each for each in (decision.proposer_id, decision.seconder_id) if each]


def register() -> None:
    """Have decisions held."""
    holdable.add_kind(
        holdable.Holdable(
            kind=DECISION,
            word=gettext_lazy("Decision"),
            find=_find,
            title=str,
            words=words_of,
            require_open=_require_not_closed,
            effect=_stops,
            places=_places,
            also_told=_supporters,
        )
    )
