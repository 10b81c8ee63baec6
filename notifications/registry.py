"""Which events are told to whom, in which words: apps above register their messages and reminders in `ready()`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Event
from notifications.states import Channel

PERSON, INVITE = "person", "invite"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person, or somebody who is invited and has no account yet; written `person:ID` or `invite:ID`."""

    kind: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def read(cls, text: str) -> "Recipient":
        kind, _colon, identifier = text.partition(":")
        return cls(kind, UUID(identifier))


@dataclass(frozen=True, slots=True)
class Words:
    """What a recipient reads. `paragraphs` are plain text; `path` is where `act` leads, from the site's root."""

    subject: str
    paragraphs: Sequence[str]
    path: str
    act: str


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of message.

    `recipients` says who is told when the event has happened; `still_wanted` is asked again when it is sent;
    `words` are made then, in the recipient's time zone. A reminder has no verb: its source says when it falls due.
    """

    kind: str
    words: Callable[[Event, Recipient], Words]
    still_wanted: Callable[[Event, Recipient], bool]
    verbs: Sequence[str] = ()
    recipients: Callable[[Event], Iterable[Recipient]] = lambda event: ()
    channels: Sequence[Channel] = (Channel.INBOX, Channel.EMAIL)


@dataclass(frozen=True, slots=True)
class Due:
    """That a reminder of this kind, about this event, falls due now for these."""

    kind: str
    event: UUID
    recipients: Sequence[Recipient]


Reminders = Callable[[datetime], Iterable[Due]]
_messages: dict[str, Message] = {}
_reminders: list[Reminders] = []


def add_message(message: Message) -> None:
    """Have this message sent. Raises ValueError when another has its kind."""
    if _messages.setdefault(message.kind, message) != message:
        raise ValueError(f"There is another message of the kind {message.kind}.")


def add_reminders(source: Reminders) -> None:
    """Have `source(at)` asked at every sweep which reminders are due; it may name the same again, sent once only."""
    if source not in _reminders:
        _reminders.append(source)


def messages_for(verb: str) -> list[Message]:
    """The messages that an event of this verb causes."""
    return [message for message in _messages.values() if verb in message.verbs]


def message_of(kind: str) -> Message | None:
    """The message of this kind, while this release knows it."""
    return _messages.get(kind)


def reminders_at(at: datetime) -> list[Due]:
    """All reminders that are due."""
    return [due for source in _reminders for due in source(at)]


def all_messages() -> list[Message]:
    """Every message, by kind."""
    return [_messages[kind] for kind in sorted(_messages)]
