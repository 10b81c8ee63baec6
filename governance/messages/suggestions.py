"""What is told of changes that are suggested to a draft."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.messages import people
from audit.models import Event
from governance.messages.audience import everyone_in
from governance.models import Suggestion
from governance.states import DecisionState
from notifications.registry import Message, Recipient, Words, add_message


def _of(event: Event) -> Suggestion:
    joined = Suggestion.objects.select_related("decision__alliance", "suggested_by", "member__organisation")
    return joined.get(pk=event.subject)


def _proposer(event: Event) -> list[Recipient]:
    proposer = _of(event).decision.proposer_id
    return people([proposer]) if proposer != event.actor else []


def _waits(event: Event, to: Recipient) -> bool:
    found = _of(event)
    is_open = found.answered_at is None and found.decision.state == DecisionState.DRAFT
    return is_open and to.id == found.decision.proposer_id


def _suggested_words(event: Event, to: Recipient) -> Words:
    found = _of(event)
    about = {"title": found.decision.title, "who": found.suggested_by, "alliance": found.decision.alliance}
    return Words(
        subject=_("A change to “%(title)s” is suggested, in %(alliance)s") % about,
        paragraphs=[
            _("%(who)s suggests a change to your draft “%(title)s”:") % about,
            found.text,
            _("Change the draft and say that you took it, or say why not. It stands beside the draft until then."),
        ],
        path=_path(found),
        act=_("Read and answer it"),
    )


def _author(event: Event) -> list[Recipient]:
    return people([_of(event).suggested_by_id])


def _answered_words(event: Event, to: Recipient) -> Words:
    found = _of(event)
    about = {"title": found.decision.title, "alliance": found.decision.alliance}
    said = (
        _("Your suggestion to “%(title)s” was taken: the draft has been changed.")
        if found.is_taken
        else _("Your suggestion to “%(title)s” was not taken. The proposer says why:")
    )
    return Words(
        subject=_("Your suggestion to “%(title)s” is answered, in %(alliance)s") % about,
        paragraphs=[said % about, *([found.answer] if found.answer else [])],
        path=_path(found),
        act=_("See the draft"),
    )


def _path(found: Suggestion) -> str:
    return reverse("governance:decision", args=[found.decision.alliance.slug, found.decision.number])


def register() -> None:
    """Have these messages sent."""
    add_message(
        Message(
            kind="governance.change_suggested",
            verbs=("governance.change.suggested",),
            recipients=_proposer,
            still_wanted=_waits,
            words=_suggested_words,
        )
    )
    add_message(
        Message(
            kind="governance.suggestion_answered",
            verbs=("governance.suggestion.answered",),
            recipients=_author,
            still_wanted=lambda event, to: to in everyone_in(_of(event).decision.alliance_id),
            words=_answered_words,
        )
    )
