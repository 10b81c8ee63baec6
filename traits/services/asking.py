"""Asking somebody to mend what stands in the way: one click, once a day."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock
from audit.errors import DomainError
from audit.services import record
from traits.gate import read
from traits.mending import Step, steps_of
from traits.models import Ask
from traits.selectors.directory import directory_of
from traits.selectors.mending import AGAIN
from traits.selectors.reading import evidence_of


@transaction.atomic
def ask_to_mend(*, actor: Person, alliance: Alliance, indicator: str, step: str, person: UUID) -> Ask:
    """Ask a person to take a step that mends an indicator. `step` is its key (`traits.mending.Step.key`).

    Within a day of the same request nothing is asked again, and that one is returned.
    Raises DomainError when the indicator does not stand in the way, the step does not mend it, or the person may not.
    """
    alliance, at = lock(alliance)
    require("traits.ask_to_mend", actor, alliance)
    found = _open_step(alliance, indicator, step, at)
    asked = _who_may(alliance, found, person, actor)
    same = Ask.objects.filter(alliance=alliance, indicator=indicator, person=asked, asked_at__gt=at - AGAIN)
    known = same.filter(act=found.act, ref=found.ref, of=found.of).order_by("-asked_at").first()
    if known is not None:
        return known
    ask = Ask.objects.create(
        alliance=alliance,
        indicator=indicator,
        act=found.act,
        ref=found.ref,
        of=found.of,
        name=found.name,
        person=asked,
        asked_by=actor,
        asked_at=at,
    )
    data = {"indicator": indicator, "act": found.act, "person": str(asked.pk)}
    record("traits.mending.asked", stream=alliance.pk, actor=actor.pk, subject=ask.pk, at=at, data=data)
    return ask


def _open_step(alliance: Alliance, indicator: str, key: str, at: datetime) -> Step:
    """The step of that key, read from the record as it is now."""
    evidence = evidence_of(alliance, at=at)
    reading = read(evidence)
    judged = next((each for each in reading.judged if each.indicator.id == indicator), None)
    if judged is None or not judged.stands_in_the_way:
        raise DomainError("nothing_to_mend", _("This does not stand in the way any more."), field="indicator")
    steps = {each.key: each for each in steps_of(judged, evidence, reading.profile)}
    if key not in steps:
        raise DomainError("no_such_step", _("This is not what mends it now. Look at readiness again."), field="step")
    return steps[key]


def _who_may(alliance: Alliance, step: Step, person: UUID, actor: Person) -> Person:
    if person == actor.pk:
        raise DomainError("asks_oneself", _("You may do this yourself: open its page."), field="person")
    found = {each.pk: each for each in directory_of(alliance).people(step)}
    if person not in found:
        raise DomainError("may_not_mend", _("Choose somebody who may do this."), field="person")
    return found[person]
