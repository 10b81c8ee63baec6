"""A real SMTP server for tests: it accepts every mail and keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tools.processes import free_port


@dataclass
class MailServer:
    """Keeps what it was given, in the order of arrival."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.messages.append(message_from_bytes(envelope.original_content, policy=policy.default))
        return "250 Kept"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails for this address."""
        return [message for message in self.messages if address in str(message["To"])]


@contextmanager
def serving() -> Iterator[MailServer]:
    """The server, for the length of a block."""
    sink = MailServer(free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
