"""The field's words with their definitions, in plain English; pages show them on hover and focus."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Term(NamedTuple):
    """The word as it stands on a page, and one sentence that says what it means."""

    word: Promise
    meaning: Promise


TERMS: dict[str, Term] = {
    "alignment": Term(_("alignment"), _("How much members want the same, from −1 (opposed) over 0 to 1 (the same).")),
    "blocking": Term(_("blocking indicator"), _("A measurement that must pass before the charter can be signed.")),
    "charter": Term(
        _("charter"), _("The text by which members bind themselves; it takes effect when all required have signed.")
    ),
    "convener": Term(_("convener"), _("Who calls the members together and keeps the way to the charter in order.")),
    "core_domain": Term(
        _("core domain"), _("A subject of shared control in which every member must reach the agreed step.")
    ),
    "decision_class": Term(
        _("decision class"), _("A kind of decision with its own rule: who votes, how many, how long.")
    ),
    "disclosure": Term(_("disclosure"), _("A yearly statement of interests that could conflict with the alliance’s.")),
    "electorate": Term(_("who may vote"), _("The seats that count for this decision, fixed when voting opens.")),
    "fall_back": Term(_("without the alliance"), _("What a member could reach on its own, if there were no alliance.")),
    "gate": Term(_("gate"), _("The check that all five traits are in place; without it no charter can be signed.")),
    "group": Term(_("group"), _("Organisations under common control; they count as one.")),
    "independence_statement": Term(
        _("independence statement"), _("A seat holder’s signed word that they decide by their own judgement.")
    ),
    "kind": Term(_("kind"), _("The side a member stands on, such as payer, provider or public.")),
    "polarisation": Term(_("polarisation"), _("How far positions lie apart, from 0 (together) to 1 (two camps).")),
    "position": Term(
        _("position"), _("What a member wants on a topic, from −2 (strongly against) to +2 (strongly for).")
    ),
    "power": Term(_("power"), _("How often a seat’s vote makes the difference, over all ways the others may vote.")),
    "profile": Term(_("profile"), _("How strict the readiness check is: Essential, Standard or Strict.")),
    "quorum": Term(_("quorum"), _("How many seats must take part for a decision to count.")),
    "recount_file": Term(_("recount file"), _("Every figure of a decision, so that anyone can count it again.")),
    "recuse": Term(
        _("recuse"), _("To step out of one decision because of a conflict of interest; the seat leaves the count.")
    ),
    "round": Term(_("round"), _("A set of small steps that all members take together within 30 days.")),
    "salience": Term(_("how much it matters"), _("How important a topic is to a member, from 0 to 1.")),
    "seat": Term(_("seat"), _("A place on the committee, held by a person and not by an organisation.")),
    "shared_control": Term(
        _("shared control"), _("Decision rights that members hand over to the alliance, step by step.")
    ),
    "shared_ground": Term(
        _("shared ground"), _("A topic that most members want, that matters to them, and that nobody opposes.")
    ),
    "signatory": Term(_("signatory"), _("Who may bind an organisation with a signature.")),
    "steward": Term(_("steward"), _("Who keeps a value stream alive and enters its readings.")),
    "successor": Term(_("successor"), _("Who carries a value stream on when the alliance has ended.")),
    "support": Term(_("support"), _("The mean position, weighted by how much it matters to each, from −1 to 1.")),
    "tension": Term(_("tension"), _("The strongest pair of opposed members on a topic; flagged from 0.30.")),
    "value_stream": Term(
        _("value stream"), _("A benefit that the alliance brings about, with someone who keeps it and a measure.")
    ),
    "worksheet": Term(
        _("worksheet"), _("A member’s sealed figures of benefit and cost; others see only pass or fail.")
    ),
}
