"""What this app's events mean, in words, and the names behind their identifiers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from governance.models import Decision, DecisionClass, Holding, Officer, Seat

SENTENCES: Mapping[str, Any] = {
    "governance.committee_terms.set": _("The committee’s terms were set"),
    "governance.seat.added": _("Seat added: %(subject)s"),
    "governance.seat.changed": _("Seat changed: %(subject)s"),
    "governance.seat.abolished": _("A seat was abolished: %(subject)s"),
    "governance.holder.invited": _("Somebody was invited to hold the seat “%(seat)s”"),
    "governance.holder.nominated": _("%(subject)s was named for the seat “%(seat)s”"),
    "governance.nomination.lapsed": _("An invitation to a seat came too late"),
    "governance.nomination.withdrawn": _("The nomination for “%(subject)s” was taken back"),
    "governance.seat.accepted": _("%(subject)s accepted the seat “%(seat)s”"),
    "governance.seat.left": _("%(subject)s left the seat “%(seat)s”"),
    "governance.seat.recused": _("A seat was recused: %(subject)s"),
    "governance.attestation.signed": _("%(holding)s signed the independence statement"),
    "governance.disclosure.made": _("%(holding)s disclosed their interests"),
    "governance.disclosure.added_to": _("Somebody added to the disclosure of %(holding)s"),
    "governance.instruction.reported": _("A report was made in confidence"),
    "governance.instruction.settled": _("A report made in confidence was settled"),
    "governance.classes.adopted": _("%(classes)s decision classes adopted"),
    "governance.class.changed": _("Decision class changed: %(subject)s"),
    "governance.decision.drafted": _("Decision proposed: %(subject)s"),
    "governance.draft.changed": _("Draft changed: %(subject)s"),
    "governance.decision.seconded": _("Decision seconded: %(subject)s"),
    "governance.change.suggested": _("A change was suggested to “%(decision)s”"),
    "governance.suggestion.answered": _("A suggested change to “%(decision)s” was answered"),
    "governance.conformance.declared": _("%(member)s says that it meets “%(decision)s”"),
    "governance.conformance.ended": _("%(member)s took back that it meets “%(decision)s”"),
    "governance.notice.given": _("Notice given: %(subject)s"),
    "governance.decision.lapsed": _("Lapsed before it took effect: %(subject)s"),
    "governance.decision.withdrawn": _("Draft withdrawn: %(subject)s"),
    "governance.voting.opened": _("Voting opened: %(subject)s"),
    "governance.voting.extended": _("Voting extended by a day: %(subject)s"),
    "governance.ballot.cast": _("A ballot was cast: %(subject)s"),
    "governance.decision.closed": _("Outcome recorded (%(result)s): %(subject)s"),
    "governance.decision.recounted": _("Counted again after a recusal (%(result)s): %(subject)s"),
    "governance.decision.returned": _("Sent back for changes: %(subject)s"),
    "governance.decision.referred": _("Goes to the members, too many seats being recused: %(subject)s"),
    "governance.effect.carried_out": _("Took effect: %(subject)s"),
    "governance.effect.refused": _("Could not take effect yet: %(subject)s"),
    "governance.effect.retried": _("Taking effect was tried again: %(subject)s"),
    "governance.officer.elected": _("%(person)s was elected %(office)s"),
}


def name_ours(alliance: UUID, ids: set[UUID]) -> dict[UUID, str]:
    """Names of this app's seats, decisions, classes, and of holders and officers by their person: one statement."""
    decisions = _pairs(Decision, alliance, ids, "title")
    seats = _pairs(Seat, alliance, ids, "label")
    classes = _pairs(DecisionClass, alliance, ids, "name")
    holders = _pairs(Holding, alliance, ids, "person__name")
    officers = _pairs(Officer, alliance, ids, "person__name")
    people = Officer.objects.filter(alliance=alliance, person__in=ids).order_by().values_list("person", "person__name")
    return dict(decisions.union(seats, classes, holders, officers, people, all=True))


def _pairs(model: Any, alliance: UUID, ids: set[UUID], name: str) -> Any:
    return model.objects.filter(alliance=alliance, pk__in=ids).order_by().values_list("pk", name)
