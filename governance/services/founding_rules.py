"""The founding rules end: what they have not brought about by then lapses with them."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alliance.models import Alliance
from governance.models import Decision, DecisionClass
from governance.services.closing import close_if_due
from governance.services.locking import move, tell
from governance.states import DecisionState


def close_due_votes(alliance: Alliance, at: datetime) -> None:
    """Write down every vote of the alliance that the clock has closed, in the caller's transaction and lock."""
    for pk in _numbered(Decision.objects.due_at(at).filter(alliance=alliance)):
        decision = Decision.objects.locked(pk)
        decision.alliance = alliance
        close_if_due(alliance, decision, at)


def lapse_undecided(alliance: Alliance, at: datetime) -> None:
    """Let lapse what is open, and what is adopted but has not taken effect. Drafts stay: nobody is bound by one.

    Ballots on a vote that lapses while it is open stay secret for good.
    """
    undecided = Decision.objects.undecided().filter(alliance=alliance)
    for pk in _numbered(undecided):
        decision = Decision.objects.locked(pk)
        move(decision, DecisionState.LAPSED)
        tell("decision.lapsed", alliance.pk, subject=decision, at=at)


def end_founding_rules(alliance: Alliance, at: datetime) -> None:
    """As the charter comes into force: its own classes decide from now on, and no vote by the founding rules counts."""
    lapse_undecided(alliance, at)
    DecisionClass.objects.filter(alliance=alliance, is_founding=True, retired_at__isnull=True).update(retired_at=at)


def _numbered(decisions: QuerySet[Decision]) -> list[UUID]:
    return list(decisions.order_by("number").values_list("pk", flat=True))
