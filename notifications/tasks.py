"""Background work of this app; what it works on stands in the database, a task only says "look"."""

from celery import shared_task

from notifications.services import relay as relaying


@shared_task(name="notifications.tasks.relay", ignore_result=True)
def relay() -> None:
    """Send what is due."""
    relaying.run()
