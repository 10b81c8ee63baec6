"""What the clock does for the check."""

from celery import shared_task

from traits.services.assessments import assess_changed, changed_alliances


@shared_task
def assess_changed_alliances() -> None:
    """Assess again where something has changed since the newest assessment."""
    for alliance in changed_alliances():
        assess_changed(alliance=alliance)
