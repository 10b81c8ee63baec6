"""What the charter puts on an alliance's overview: the next step on its way, for whom it stands open."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.permissions import may
from alliance.models import Alliance
from alliance.panels import OVERVIEW_ACTS, Panel, add_panel
from alliance.sentences import add_sentences
from alliance.states import State
from traits.models import Assessment

SENTENCES = {
    "charter.alliance.forming": gettext_lazy("The alliance is forming"),
    "charter.alliance.ready": gettext_lazy("The alliance is ready: all five traits are in place"),
    "charter.alliance.ratifying": gettext_lazy("The charter is open for signing"),
    "charter.alliance.active": gettext_lazy("The charter is in force: the alliance is active"),
    "charter.alliance.suspended": gettext_lazy("The alliance is suspended: not cured in time: %(indicators)s"),
    "charter.alliance.abandoned": gettext_lazy("The alliance was given up"),
    "charter.draft.started": gettext_lazy("The charter was started from a template"),
    "charter.section.written": gettext_lazy("A section of the charter was written: %(section)s"),
    "charter.signing_terms.set": gettext_lazy("Terms of signing were set"),
    "charter.ratification.proposed": gettext_lazy("Ratification was proposed"),
    "charter.version.loaded": gettext_lazy("A charter was taken over as it was in force"),
    "charter.version.signed": gettext_lazy("%(member)s signed the charter"),
    "charter.dossier.imported": gettext_lazy("The alliance was taken in from a file"),
}
"""What this app's events mean, for the feed (alliance/sentences.py)."""


def register() -> None:
    """Add the panel; called once, when the app is ready."""
    add_sentences(SENTENCES)
    add_panel(OVERVIEW_ACTS, next_step)


def next_step(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """The one move that comes next in this state: a button for who may make it, a link for the rest."""
    organises = may("charter.declare_ready", person, alliance)
    context: dict[str, object] = {"readiness_url": reverse("traits:readiness", args=[alliance.slug])}
    if organises and alliance.state == State.EXPLORING:
        context |= {"action": reverse("charter:begin_forming", args=[alliance.slug]), "label": _("Begin forming")}
    if organises and alliance.state == State.FORMING:
        context |= {"action": reverse("charter:declare_ready", args=[alliance.slug]), "label": _("Move to ready")}
        context["to_go"] = _to_go(alliance)
    if alliance.state in {State.READY, State.RATIFYING}:
        context |= {"link": reverse("charter:signing", args=[alliance.slug]), "label": _("See the signing")}
    if alliance.state == State.SUSPENDED and may("charter.confirm_return", person, alliance):
        context |= {"action": reverse("charter:confirm_return", args=[alliance.slug]), "label": _("Confirm the cure")}
    elif alliance.state == State.SUSPENDED and may("governance.draft_decision", person, alliance):
        propose = reverse("governance:propose", args=[alliance.slug])
        context |= {"link": f"{propose}?effect=lift_suspension", "label": _("Propose to return")}
    return Panel("charter/_next_step.html", context)


def _to_go(alliance: Alliance) -> int:
    """How much stood in the way when it was last assessed; the move itself assesses anew."""
    latest = Assessment.objects.latest_of(alliance)
    return len(latest.missing) if latest else 0
