"""Acknowledging warnings: the chair does, with a reason that the charter prints."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock
from audit.errors import DomainError
from audit.services import record
from governance.models import Officer
from governance.rules import ACTING_CHAIR_DAYS
from governance.states import Office
from traits.models import Acknowledgement
from traits.selectors.reading import read_alliance
from traits.services.assessments import assess_alliance
from traits.states import Verdict


@transaction.atomic
def acknowledge_warning(*, actor: Person, alliance: Alliance, indicator: str, reason: str) -> Acknowledgement:
    """Accept a warning as it stands now, for a reason; it must be given anew when it comes to name others.

    The alliance is assessed with it at once. An acting chair acknowledges for 90 days.
    Raises DomainError after them, when the indicator does not warn, or the reason is missing. A failure cannot be
    acknowledged.
    """
    alliance, at = lock(alliance)
    require("traits.acknowledge_warning", actor, alliance)
    _require_in_office(actor, alliance, at)
    if not reason.strip():
        raise DomainError("reason_missing", _("Say why the alliance accepts this warning."), field="reason")
    judged = next((each for each in read_alliance(alliance, at=at).judged if each.indicator.id == indicator), None)
    if judged is None or judged.finding.verdict != Verdict.WARN or judged.acknowledged:
        raise DomainError("no_warning", _("There is no open warning here to acknowledge."))
    acknowledgement = Acknowledgement.objects.create(
        alliance=alliance,
        indicator=indicator,
        subjects=sorted(judged.finding.subjects),
        reason=reason.strip(),
        acknowledged_by=actor,
        acknowledged_at=at,
    )
    record(
        "traits.warning.acknowledged",
        stream=alliance.pk,
        actor=actor.pk,
        subject=acknowledgement.pk,
        at=at,
        data={"indicator": indicator},
    )
    assess_alliance(alliance=alliance, at=at, why="acknowledged", actor=actor)
    return acknowledgement


def _require_in_office(actor: Person, alliance: Alliance, at: datetime) -> None:
    chairs = Officer.objects.current().filter(alliance=alliance, office=Office.CHAIR, person=actor)
    lasting = chairs.filter(is_acting=False) | chairs.filter(starts_at__gte=at - timedelta(days=ACTING_CHAIR_DAYS))
    if not lasting.exists():
        raise DomainError("acting_over", _("An acting chair lasts 90 days, and they are over: elect a chair first."))
