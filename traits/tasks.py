"""What the clock does for the check."""

from celery import shared_task

from alliance.models import Alliance
from alliance.states import LIVING
from audit import clock
from traits.services.assessments import assess_changed, assess_nightly, changed_alliances, unread_today
from traits.services.chartered import announce_lapses


@shared_task
def assess_changed_alliances() -> None:
    """Assess again where something has changed since the newest assessment."""
    for alliance in changed_alliances():
        assess_changed(alliance=alliance)


@shared_task
def assess_every_alliance() -> None:
    """Assess each living alliance once a day, and announce what lapses; each in a transaction of its own.

    Sent every hour: a night that was missed, or broken off half way, is made up for, and nothing is done twice.
    """
    for alliance in unread_today(clock.read()):
        assess_nightly(alliance=alliance)
    for alliance in Alliance.objects.filter(state__in=LIVING).order_by("pk"):
        announce_lapses(alliance=alliance)
