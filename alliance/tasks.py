"""What this app does by itself: sweep files that no evidence names."""

from celery import shared_task

from alliance import files
from alliance.selectors.evidence import strays
from audit import clock


@shared_task
def sweep_files() -> None:
    """Take away files that a broken-off upload left behind, an hour after it."""
    for name in strays(clock.read()):
        files.remove(name)
