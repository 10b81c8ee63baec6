"""What the clock does to alliances: each task calls one service a thing that is due."""

from celery import shared_task

from alliance.models import Alliance
from alliance.services.control import lapse_round, rounds_due
from alliance.states import State
from charter.services.amending import amendments_due, settle_amendment
from charter.services.drafting import outdated_charters, refresh_composition
from charter.services.lifecycle import recheck_ready
from charter.services.ratification import ratifying_alliances, settle_ratification
from charter.services.suspension import suspend_uncured, uncured_alliances


@shared_task
def move_due_alliances() -> None:
    """Lapse rounds, settle ratifications and amendments, send back what is ready no more, suspend what is uncured."""
    for due in rounds_due():
        lapse_round(round=due)
    for ratifying in ratifying_alliances():
        settle_ratification(alliance=ratifying)
    for amending in amendments_due():
        settle_amendment(alliance=amending)
    for ready in Alliance.objects.filter(state=State.READY).order_by("pk"):
        recheck_ready(alliance=ready)
    for uncured in uncured_alliances():
        suspend_uncured(alliance=uncured)


@shared_task
def compose_changed_charters() -> None:
    """Compose drafts anew whose record has changed."""
    for charter in outdated_charters():
        refresh_composition(charter)
