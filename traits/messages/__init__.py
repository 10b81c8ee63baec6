"""What this app's events tell people."""

from traits.messages import lapses, pulse, readiness


def register() -> None:
    """Have these messages sent, and the reminders made."""
    readiness.register()
    lapses.register()
    pulse.register()
