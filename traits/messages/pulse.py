"""What a round of the pulse survey tells people: asked, and still missing. No answer ever stands in a message."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.templatetags.moments import written
from alliance.messages import people
from alliance.models import Role
from alliance.states import LIVING, Membership, RoleKind
from audit import clock
from audit.models import Event
from notifications.registry import Due, Message, Recipient, Words, add_message, add_reminders
from traits.models import PulseRound, PulseTurn

OPENED = "traits.pulse.opened"
CLOSING = {"half": None, "day": timedelta(hours=24)}
"""The reminders: at half of the time, and a day before the close."""


def _round(event: Event) -> PulseRound:
    found: PulseRound = PulseRound.objects.select_related("alliance").get(pk=event.subject)
    return found


def missing(pulse: PulseRound) -> list[Recipient]:
    """Representatives of admitted members that have not answered."""
    gone = PulseTurn.objects.filter(round=pulse).values("member")
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).filter(alliance=pulse.alliance_id)
    found = roles.filter(member__state=Membership.ADMITTED).exclude(member__in=gone)
    return people(found.order_by("granted_at", "pk").values_list("person", flat=True))


def _asked(event: Event) -> list[Recipient]:
    return missing(_round(event))


def _still_missing(event: Event, to: Recipient) -> bool:
    pulse = _round(event)
    return pulse.alliance.state in LIVING and clock.read() < pulse.closes_at and to in missing(pulse)


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


def closing_soon(at: datetime) -> Iterator[Due]:
    """The newest reminder that each open round has reached; earlier ones that were missed are not made up for."""
    for pulse in PulseRound.objects.open_at(at).select_related("alliance").order_by("closes_at", "pk"):
        name = _reached(pulse, at)
        opened = Event.objects.filter(subject=pulse.pk, verb=OPENED).first() if name else None
        if opened is not None:
            yield Due(kind=f"traits.pulse_closing.{name}", event=opened.pk, recipients=missing(pulse))


def _reached(pulse: PulseRound, at: datetime) -> str | None:
    half = (pulse.closes_at - pulse.opened_at) / 2
    marks = {name: pulse.closes_at - (before or half) for name, before in CLOSING.items()}
    reached = [(when, name) for name, when in marks.items() if when <= at]
    return max(reached)[1] if reached else None


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
    add_reminders(closing_soon)
