"""What the charter puts on an alliance's overview: the next step on its way, for whom it stands open."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.permissions import may
from alliance.models import Alliance
from alliance.panels import OVERVIEW_ACTS, Panel, add_panel
from alliance.sentences import add_choices, add_sentences
from alliance.states import State
from charter.selectors.waiting import LIFTING, decided_to_return, not_cured_yet, not_decided, not_forming_yet
from charter.states import Section
from traits.models import Assessment
from traits.selectors.pages import missing_in_words

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
    "charter.version.amended": gettext_lazy("The charter was amended: version %(version)s is in force"),
    "charter.dossier.imported": gettext_lazy("The alliance was taken in from a file"),
}
"""What this app's events mean, for the feed (alliance/sentences.py)."""


def register() -> None:
    """Add the panel; called once, when the app is ready."""
    add_sentences(SENTENCES)
    add_choices(section=Section)
    add_panel(OVERVIEW_ACTS, next_step)


def next_step(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """The one move that comes next in this state: a button for who may make it now, else what it waits for."""
    context: dict[str, object] = {"readiness_url": reverse("traits:readiness", args=[alliance.slug])}
    return Panel("charter/_next_step.html", context | _NEXT.get(State(alliance.state), _nothing)(alliance, person))


_TO_FORM = {
    "statement_missing": ("alliance:change", gettext_lazy("State it")),
    "too_few_invited": ("alliance:invite_member", gettext_lazy("Invite an organisation")),
}
"""Where what is missing before forming is mended."""


def _nothing(alliance: Alliance, person: Person) -> dict[str, object]:
    return {}


def _to_form(alliance: Alliance, person: Person) -> dict[str, object]:
    if not may("charter.begin_forming", person, alliance):
        return {}
    refusal = not_forming_yet(alliance)
    if refusal is None:
        return _button("charter:begin_forming", _("Begin forming"), alliance)
    where, label = _TO_FORM[refusal.code]
    return {"waits": refusal.sentence} | _link(where, str(label), alliance)


def _to_ready(alliance: Alliance, person: Person) -> dict[str, object]:
    """By the newest assessment; the move itself assesses anew."""
    if not may("charter.declare_ready", person, alliance):
        return {}
    latest = Assessment.objects.latest_of(alliance)
    if latest is None:
        return {"waits": _("Not assessed yet")}
    if latest.gate:
        return _button("charter:declare_ready", _("Move to ready"), alliance)
    return {"waits": missing_in_words(latest)}


def _to_sign(alliance: Alliance, person: Person) -> dict[str, object]:
    return _link("charter:signing", _("See the signing"), alliance)


def _to_return(alliance: Alliance, person: Person) -> dict[str, object]:
    """Cured first, then decided by the committee, then confirmed by the auditor."""
    refusal = not_cured_yet(alliance)
    if refusal is not None:
        return {"waits": refusal.sentence}
    if decided_to_return(alliance):
        confirms = may("charter.confirm_return", person, alliance)
        return _button("charter:confirm_return", _("Confirm the cure"), alliance) if confirms else {}
    if may("governance.draft_decision", person, alliance):
        return _link("governance:propose", _("Propose to return"), alliance, "?effect=" + LIFTING)
    return {"waits": not_decided().sentence}


_NEXT = {
    State.EXPLORING: _to_form,
    State.FORMING: _to_ready,
    State.READY: _to_sign,
    State.RATIFYING: _to_sign,
    State.SUSPENDED: _to_return,
}


def _button(name: str, label: str, alliance: Alliance) -> dict[str, object]:
    return {"action": reverse(name, args=[alliance.slug]), "label": label}


def _link(name: str, label: str, alliance: Alliance, more: str = "") -> dict[str, object]:
    return {"link": reverse(name, args=[alliance.slug]) + more, "label": label}
