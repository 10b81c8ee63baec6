"""Which template the members chose."""

from alliance.models import Alliance
from governance.models import Decision

EFFECT = "choose_template"


def template_vote(alliance: Alliance) -> Decision | None:
    """The newest decision that chose the charter's template and is in effect, if there was one."""
    chosen = Decision.objects.filter(alliance=alliance, effect=EFFECT, took_effect_at__isnull=False)
    return chosen.order_by("-took_effect_at", "-number").first()
