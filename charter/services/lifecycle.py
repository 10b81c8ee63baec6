"""The life cycle: one `move()`, and the commands that use it. No door past the five traits."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock
from alliance.states import BEFORE_CHARTER, MOVES, State
from audit.errors import DomainError
from audit.services import record
from charter.selectors.waiting import not_forming_yet
from charter.services.versions import void_offered
from charter.states import VoidReason
from governance.services.founding_rules import close_due_votes, lapse_undecided
from traits.indicators.registry import REGISTRY
from traits.models import Assessment
from traits.selectors.reading import read_alliance
from traits.services.assessments import assess_alliance
from traits.states import Verdict


def move(
    alliance: Alliance,
    to: State,
    *,
    at: datetime,
    actor: Person | None = None,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> Alliance:
    """Move an alliance to another state: a conditional UPDATE that tests the old one, and the event of it.

    The caller holds the lock and has asked the guards. Raises DomainError for a move that MOVES does not know, or
    when the state has changed meanwhile.
    """
    before = State(alliance.state)
    if to not in MOVES[before]:
        raise DomainError(
            "no_such_move",
            _("An alliance that is %(before)s cannot become %(after)s.")
            % {"before": before.label.lower(), "after": to.label.lower()},
        )
    if not Alliance.objects.filter(pk=alliance.pk, state=before).update(state=to, **changes):
        raise DomainError("state_changed", _("The alliance has moved on meanwhile. Look again."))
    record(
        f"charter.alliance.{to}",
        stream=alliance.pk,
        actor=actor.pk if actor else None,
        subject=alliance.pk,
        at=at,
        data={"from": before, **(data or {})},
    )
    alliance.refresh_from_db()
    return alliance


def require_gate(assessment: Assessment) -> None:
    """Raise DomainError unless all five traits are in place; the sentence names the indicators that block."""
    if assessment.gate:
        return
    warnings = {each["id"] for each in assessment.indicators if each["verdict"] == Verdict.WARN}
    failing = [each for each in assessment.missing if each not in warnings]
    said = [_("Not all five traits are in place.")]
    if failing:
        said.append(_("What blocks: %(missing)s.") % {"missing": _named(failing)})
    if len(failing) < len(assessment.missing):
        waiting = _named(each for each in assessment.missing if each in warnings)
        said.append(
            _("Warnings that the chair accepts, with a reason, or you mend: %(warnings)s.") % {"warnings": waiting}
        )
    raise DomainError("traits_missing", " ".join(said))


def _named(indicators: Iterable[str]) -> str:
    return ", ".join(f"{REGISTRY[each].name} ({each})" for each in indicators)


@transaction.atomic
def begin_forming(*, actor: Person, alliance: Alliance) -> Alliance:
    """Exploring → forming: once the problem or opportunity is stated and two other organisations are invited."""
    alliance, at = lock(alliance)
    require("charter.begin_forming", actor, alliance)
    if refusal := not_forming_yet(alliance):
        raise refusal
    return move(alliance, State.FORMING, at=at, actor=actor)


@transaction.atomic
def declare_ready(*, actor: Person, alliance: Alliance) -> Alliance:
    """Forming → ready: once the five-trait gate passes, assessed here and now. The assessment is stored."""
    alliance, at = lock(alliance)
    require("charter.declare_ready", actor, alliance)
    assessment = assess_alliance(alliance=alliance, at=at, why="to_ready", actor=actor)
    require_gate(assessment)
    return move(alliance, State.READY, at=at, actor=actor, data={"assessment": str(assessment.pk)})


@transaction.atomic
def recheck_ready(*, alliance: Alliance) -> Alliance:
    """Ready → forming, by itself, when a trait has dropped. Does nothing in any other state, or while all hold."""
    alliance, at = lock(alliance)
    if alliance.state != State.READY:
        return alliance
    if read_alliance(alliance, at=at).gate:
        return alliance
    assessment = assess_alliance(alliance=alliance, at=at, why="recheck")
    data = {"assessment": str(assessment.pk), "missing": assessment.missing}
    return move(alliance, State.FORMING, at=at, data=data)


@transaction.atomic
def abandon_alliance(*, actor: Person, alliance: Alliance, reason: str) -> Alliance:
    """Give up an alliance that has no charter yet, for a reason. It stays readable."""
    alliance, at = lock(alliance)
    require("charter.abandon_alliance", actor, alliance)
    if alliance.state not in BEFORE_CHARTER:
        raise DomainError("chartered", _("Under its charter an alliance is dissolved by its members."))
    if not reason.strip():
        raise DomainError("reason_missing", _("Say why it is given up."), field="reason")
    void_offered(alliance, why=VoidReason.ABANDONED, at=at)
    close_due_votes(alliance, at)
    lapse_undecided(alliance, at)
    return move(alliance, State.ABANDONED, at=at, actor=actor, ended_because=reason)
