"""Why the founders do it, and opportunities that they discover in the problem."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from accounts.rules import name_key
from alliance.models import Alliance, Expectation, Opportunity, ValueStream
from alliance.services.locking import lock, require_living, tell
from alliance.states import Reason
from audit.errors import DomainError


@transaction.atomic
def state_expectation(*, actor: Person, alliance: Alliance, reasons: Collection[str]) -> Expectation:
    """Say for which of the four reasons value is expected. What was said before stays on record; the newest counts.

    Raises DomainError when none is named, or one that is not known.
    """
    alliance, at = lock(alliance)
    require("alliance.state_expectation", actor, alliance)
    require_living(alliance)
    named = [each.value for each in Reason if each in reasons]
    if not named or len(named) != len(set(reasons)):
        raise DomainError("reasons_unknown", _("Choose at least one of the four reasons."), field="reasons")
    expectation = Expectation.objects.create(alliance=alliance, reasons=named, said_by=actor, said_at=at)
    tell("expectation.stated", alliance, actor=actor, subject=expectation, at=at, data={"number": len(named)})
    return expectation


@transaction.atomic
def add_opportunity(*, actor: Person, stream: ValueStream, text: str, found_on: date) -> Opportunity:
    """Enter an opportunity that was discovered in the problem, with the benefit that it led to.

    Raises DomainError when it is not described, was discovered after today, or is entered already.
    """
    alliance, at = lock(stream.alliance_id)
    require("alliance.add_opportunity", actor, stream)
    require_living(alliance)
    if not text.strip():
        raise DomainError("text_missing", _("Say what was discovered."), field="text")
    if found_on > at.date():
        raise DomainError(
            "in_the_future", _("Enter the day on which it was discovered, today at the latest."), field="found_on"
        )
    if any(name_key(each.text) == name_key(text) for each in stream.opportunities.all()):
        raise DomainError("opportunity_known", _("This is entered already."), field="text")
    found = Opportunity.objects.create(stream=stream, text=text.strip(), found_on=found_on, added_by=actor, added_at=at)
    tell("opportunity.discovered", alliance, actor=actor, subject=found, at=at)
    return found
