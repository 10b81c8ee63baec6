"""What this app's events tell people."""

from governance.messages import outcomes, reports, seats, suggestions, votes


def register() -> None:
    """Have these messages sent, and the reminders made."""
    votes.register()
    outcomes.register()
    seats.register()
    reports.register()
    suggestions.register()
