"""What this app's events tell people."""

from traits.messages import pulse, readiness


def register() -> None:
    """Have these messages sent, and the reminders made."""
    readiness.register()
    pulse.register()
