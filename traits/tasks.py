"""What the clock does for the check."""

from collections.abc import Callable

import structlog
from celery import shared_task

from alliance.models import Alliance
from alliance.states import LIVING
from audit import clock
from audit.errors import DomainError
from traits.services.assessments import assess_changed, assess_nightly, changed_alliances, unread_today
from traits.services.chartered import announce_lapses
from traits.services.savings import publish_saving

log = structlog.get_logger(__name__)


def _alone(act: Callable[..., object], alliance: Alliance, *, otherwise: str = "not_assessed") -> None:
    """What refuses one alliance stops no other; the operator reads why in the log."""
    try:
        act(alliance=alliance)
    except DomainError as refusal:
        log.error(otherwise, alliance=alliance.slug, code=refusal.code, why=str(refusal))


@shared_task
def assess_changed_alliances() -> None:
    """Assess again where something has changed since the newest assessment."""
    for alliance in changed_alliances():
        _alone(assess_changed, alliance)


@shared_task
def assess_every_alliance() -> None:
    """Assess each living alliance once a day, announce what lapses, and publish what members save once a quarter.

    Each in a transaction of its own. Sent every hour: a night that was missed, or broken off half way, is made up for,
    and nothing is done twice.
    """
    for alliance in unread_today(clock.read()):
        _alone(assess_nightly, alliance)
    for alliance in Alliance.objects.filter(state__in=LIVING).order_by("pk"):
        announce_lapses(alliance=alliance)
        _alone(publish_saving, alliance, otherwise="saving_not_published")
