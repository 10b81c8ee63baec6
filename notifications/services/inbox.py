"""Reading one's inbox. A private matter: nothing of it is recorded."""

from accounts.models import Person
from audit import clock
from notifications.models import Notice


def mark_read(*, actor: Person, notice: Notice | None = None) -> int:
    """Mark one of the person's messages as read, or all of them; says how many were unread."""
    unread = Notice.objects.filter(person=actor, read_at__isnull=True)
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    return unread.update(read_at=clock.read())
