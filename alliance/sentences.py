"""What happened, in words: one sentence for each verb of the log. Apps above add theirs in `ready()`.

A sentence may name what the event's data holds (`%(days)s`), what an identifier in it stands for (`%(member)s`),
and `%(subject)s`. A namer turns identifiers into names; an event never holds one.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alliance.states import Form, LegacyPart, Profile, RelationKind, RoleKind

Namer = Callable[[UUID, set[UUID]], Mapping[UUID, str]]
_sentences: dict[str, Any] = {
    "alliance.alliance.founded": _("Alliance founded"),
    "alliance.alliance.changed": _("Founding facts changed"),
    "alliance.profile.raised": _("Profile raised from %(from)s to %(to)s"),
    "alliance.affected_party.added": _("Affected party added: %(subject)s"),
    "alliance.affected_party.explained": _("Affected party explained: %(subject)s"),
    "alliance.member.invited": _("%(subject)s invited"),
    "alliance.person.invited": _("A person invited as %(roles)s"),
    "alliance.invitation.accepted": _("Invitation accepted as %(roles)s"),
    "alliance.role.ended": _("A role ended: %(roles)s"),
    "alliance.member.admitted": _("%(subject)s admitted"),
    "alliance.member.withdrawn": _("%(subject)s withdrawn"),
    "alliance.control.stated": _("%(subject)s: under whose control it stands"),
    "alliance.control.claimed": _("%(subject)s said under whose control it stands, to be confirmed"),
    "alliance.control.confirmed": _("%(subject)s: under whose control it stands, confirmed"),
    "alliance.control.claim_dropped": _("%(subject)s: what was said of its control does not hold"),
    "alliance.public_part.described": _("%(subject)s: what it cannot cede, and what it gains"),
    "alliance.category.confirmed": _("Kind of %(subject)s confirmed"),
    "alliance.relation.recorded": _("Relation between two members recorded: %(kind)s"),
    "alliance.topic.changed": _("Topic worded anew: %(subject)s"),
    "alliance.topic.removed": _("A topic was removed, with the positions on it"),
    "alliance.topic.added": _("Topic added: %(subject)s"),
    "alliance.positions.read": _("The custodian read confidential positions"),
    "alliance.position.stated": _("%(member)s stated its position"),
    "alliance.questions.answered": _("%(subject)s answered the six questions"),
    "alliance.contribution.promised": _("%(subject)s promised a contribution"),
    "alliance.contribution.taken_back": _("A promise was taken back"),
    "alliance.contribution.signed": _("%(subject)s signed its contribution"),
    "alliance.contribution.kept": _("%(subject)s brought in its contribution"),
    "alliance.stream.added": _("Benefit added: %(subject)s"),
    "alliance.stream.changed": _("Benefit changed: %(subject)s"),
    "alliance.stewardship.accepted": _("Steward accepted: %(subject)s"),
    "alliance.baseline.set": _("Baseline measured: %(subject)s"),
    "alliance.baseline.verified": _("%(member)s verified the baseline of “%(subject)s”"),
    "alliance.reading.verified": _("%(member)s verified a reading"),
    "alliance.target.set": _("Target set: %(stream)s"),
    "alliance.expectation.stated": _("Founders said for which reasons they expect value"),
    "alliance.opportunity.discovered": _("Opportunity discovered in the problem"),
    "alliance.reading.recorded": _("Reading entered: %(stream)s"),
    "alliance.reading.taken_back": _("A reading was taken back: %(value)s of %(day)s, “%(subject)s”"),
    "alliance.interest.linked": _("Interest linked to “%(stream)s”"),
    "alliance.interest_link.accepted": _("Link of an interest to a benefit accepted"),
    "alliance.durable_form.added": _("Durable form proposed: %(form)s"),
    "alliance.succession.accepted": _("Successor accepted a durable form"),
    "alliance.legacy_plan.written": _("Legacy plan written: %(part)s"),
    "alliance.worksheet.signed": _("Worksheet signed, version %(version)s"),
    "alliance.actual.signed": _("%(member)s sealed what came of its worksheet"),
    "alliance.seals.renewed": _("Sealed figures were sealed anew with a newer key"),
    "alliance.worksheet.reopened": _("The custodian let %(member)s correct its worksheet"),
    "alliance.worksheet.read": _("A sealed worksheet was opened"),
    "alliance.round.proposed": _("Round %(number)s of shared control proposed"),
    "alliance.steps.signed": _("%(member)s signed its steps of shared control"),
    "alliance.round.taken_back": _("Round %(number)s of shared control was taken back"),
    "alliance.round.completed": _("Round %(number)s of shared control completed"),
    "alliance.round.lapsed": _("Round %(number)s of shared control lapsed unsigned"),
    "alliance.power.reserved": _("A power was reserved"),
    "alliance.power.released": _("A reserved power was given up"),
    "alliance.exit_terms.set": _("Exit terms set; days of notice: %(days)s"),
    "alliance.evidence.attached": _("Evidence attached"),
    "alliance.evidence.withdrawn": _("Evidence taken back"),
    "alliance.hold.placed": _("Held by %(role)s: %(subject)s"),
    "alliance.hold.lifted": _("Hold lifted: %(subject)s"),
    "alliance.review.recorded": _("Counsel’s review recorded; words found: %(hits)s"),
}
_namers: list[Namer] = []
_choices: dict[str, type[TextChoices]] = {
    "from": Profile,
    "to": Profile,
    "roles": RoleKind,
    "kind": RelationKind,
    "part": LegacyPart,
    "form": Form,
}
"""Which of the data's values are codes, and of what."""


def add_sentences(sentences: Mapping[str, Any]) -> None:
    """Say what these verbs mean: full verb → sentence, translated when it is shown."""
    _sentences.update(sentences)


def add_namer(namer: Namer) -> None:
    """Have `namer(alliance id, ids)` give names for those identifiers that it knows, in one statement."""
    if namer not in _namers:
        _namers.append(namer)


def add_choices(**choices: type[TextChoices]) -> None:
    """Say what the codes under these keys of an event's data mean, so that sentences tell them in words."""
    _choices.update(choices)


def names_of(alliance: UUID, ids: set[UUID]) -> dict[UUID, str]:
    """What all namers know of these identifiers."""
    found: dict[UUID, str] = {}
    for namer in _namers:
        found.update(namer(alliance, ids))
    return found


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence_of(verb: str, data: Mapping[str, Any], subject: UUID, names: Mapping[UUID, str]) -> str:
    """The event in words; a verb without a sentence is shown as it stands in the log."""
    if verb not in _sentences:
        return verb
    words = {key: _word(_labelled(key, value), names) for key, value in data.items()}
    if subject in names:
        words["subject"] = names[subject]
    return str(_sentences[verb]) % _Words(words)


def _labelled(key: str, value: Any) -> Any:
    """The words of a code, or of each in a list, as they stand within a sentence; anything else as it is."""
    if isinstance(value, list):
        return [_labelled(key, each) for each in value]
    known = _choices.get(key)
    if known is None or value not in known.values:
        return value
    label = str(known(value).label)
    return label[:1].lower() + label[1:]


def _word(value: Any, names: Mapping[UUID, str]) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    try:
        return names.get(UUID(value), str(value))
    except (TypeError, ValueError, AttributeError):
        return str(value)


def title_of(verb: str) -> str:
    """The verb in words, without what it was about: for a list of kinds of event."""
    return str(_sentences[verb]) % _Words() if verb in _sentences else verb
