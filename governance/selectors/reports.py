"""Reports in confidence, as those see them who made them."""

from accounts.models import Person
from alliance.models import Alliance
from governance.models import InstructionReport


def own_reports(*, actor: Person, alliance: Alliance) -> list[InstructionReport]:
    """What a person has reported here, the latest first: one statement."""
    found = InstructionReport.objects.filter(alliance=alliance, reported_by=actor)
    return list(found.select_related("seat").order_by("-reported_at", "-pk"))
