"""What a round of the pulse survey tells people: asked, and still missing. No answer ever stands in a message."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.templatetags.moments import written
from alliance.messages import people
from alliance.models import Role
from alliance.states import LIVING, Membership, RoleKind
from audit import clock
from audit.models import Event
from notifications.closing import ClosingReminders
from notifications.registry import Message, Recipient, Words, add_message, add_reminders
from traits.models import PulseRound, PulseTurn

OPENED = "traits.pulse.opened"
CLOSING = {"half": None, "day": timedelta(hours=24)}
"""The reminders: at half of the time, and a day before the close."""

Voice = tuple[UUID, UUID | None, UUID]
"""An alliance, one of its members, and who speaks for it."""


def _round(event: Event) -> PulseRound:
    found: PulseRound = PulseRound.objects.select_related("alliance").get(pk=event.subject)
    return found


def missing_of(rounds: Sequence[PulseRound]) -> dict[UUID, list[Recipient]]:
    """Representatives of admitted members that have not answered, by round."""
    gone = set(PulseTurn.objects.filter(round__in=rounds).values_list("round", "member"))
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE)
    asked = roles.filter(alliance__in={each.alliance_id for each in rounds}, member__state=Membership.ADMITTED)
    voices = list(asked.order_by("granted_at", "pk").values_list("alliance", "member", "person"))
    return {each.pk: people(_waiting(each, voices, gone)) for each in rounds}


def _waiting(pulse: PulseRound, voices: Sequence[Voice], gone: set[tuple[UUID, UUID]]) -> list[UUID]:
    own = ((member, person) for alliance, member, person in voices if alliance == pulse.alliance_id)
    return [person for member, person in own if (pulse.pk, member) not in gone]


def _asked(event: Event) -> list[Recipient]:
    pulse = _round(event)
    return missing_of([pulse])[pulse.pk]


def _still_missing(event: Event, to: Recipient) -> bool:
    pulse = _round(event)
    return pulse.alliance.state in LIVING and clock.read() < pulse.closes_at and to in missing_of([pulse])[pulse.pk]


def _opened_words(event: Event, to: Recipient) -> Words:
    return _words(_round(event), _("%(alliance)s asks what you think"))


def _closing_words(event: Event, to: Recipient) -> Words:
    return _words(_round(event), _("%(alliance)s still waits for what you think"))


def _words(pulse: PulseRound, subject: str) -> Words:
    about = {"alliance": pulse.alliance, "end": written(pulse.closes_at)}
    return Words(
        subject=subject % about,
        paragraphs=[
            _("Nine statements, two minutes, until %(end)s.") % about,
            _("Nobody sees your answer. Results appear after the close, from five answers on."),
        ],
        path=reverse("traits:pulse", args=[pulse.alliance.slug]),
        act=_("Answer"),
    )


def _open_rounds(at: datetime) -> list[PulseRound]:
    return list(PulseRound.objects.open_at(at).order_by("closes_at", "pk"))


CLOSING_SOON = ClosingReminders("traits.pulse_closing", OPENED, CLOSING, _open_rounds, missing_of)


def register() -> None:
    """Have these messages sent, and the reminders made."""
    add_message(
        Message(
            kind="traits.pulse_opened",
            verbs=(OPENED,),
            recipients=_asked,
            still_wanted=_still_missing,
            words=_opened_words,
        )
    )
    for name in CLOSING:
        add_message(Message(kind=f"traits.pulse_closing.{name}", still_wanted=_still_missing, words=_closing_words))
    add_reminders(CLOSING_SOON)
