"""What the clock does to decisions: each is closed, or carried out, in a transaction of its own."""

import logging
from collections.abc import Callable

from celery import shared_task

from audit import clock
from governance.models import Decision
from governance.services.closing import close_decision, take_effect

log = logging.getLogger(__name__)


@shared_task
def close_due_decisions() -> None:
    """Write down every vote whose window has passed, and carry out what is due; one failure stops no other."""
    at = clock.read()
    for closed in Decision.objects.due_at(at).order_by("closes_at", "pk"):
        _attempt(close_decision, closed)
    for adopted in Decision.objects.taking_effect_at(at).order_by("effective_at", "pk"):
        _attempt(take_effect, adopted)


def _attempt(command: Callable[..., Decision], decision: Decision) -> None:
    try:
        command(decision=decision)
    except Exception:  # the next sweep tries again; the log says what went wrong, and of which decision
        log.exception("decision %s could not be swept", decision.pk)
