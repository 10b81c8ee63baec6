"""How a message reaches its reader: a row in the inbox, or a mail in plain text and HTML."""

from datetime import datetime
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from notifications.models import Delivery, Notice
from notifications.registry import INVITE, Words
from notifications.services.recipients import Reader

PIECE = 24
"""After so many characters an address may break its line in HTML: a phone shows no more beside each other."""


def put_in_inbox(delivery: Delivery, stream: UUID, reader: Reader, words: Words, *, at: datetime) -> Notice:
    """Write a message into a person's inbox, in the transaction that marks its delivery as sent."""
    return Notice.objects.create(
        delivery=delivery,
        person_id=reader.recipient.id,
        stream=stream,
        subject=words.subject[:200],
        text="\n\n".join(words.paragraphs),
        path=words.path,
        created_at=at,
    )


class Mailer:
    """One connection to the mail server for a batch, opened when the first mail is sent."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def send(self, delivery: UUID, reader: Reader, words: Words) -> None:
        """Send one mail; raises what the mail server answered."""
        try:
            self._connection.send_messages([mail_of(delivery, reader, words)])
        except Exception:
            self._connection = get_connection()
            raise


def mail_of(delivery: UUID, reader: Reader, words: Words) -> EmailMultiAlternatives:
    """The mail: readable as plain text, the same in HTML, its Message-ID the same at every attempt."""
    url = settings.SITE_ADDRESS + words.path
    context = {
        "reader": reader,
        "words": words,
        "url": url,
        "pieces": [url[at : at + PIECE] for at in range(0, len(url), PIECE)],
        "site": settings.SITE_ADDRESS,
        "why": _why(reader),
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(words.subject.split()),
        body=render_to_string("notifications/mail.txt", context),
        to=[reader.email],
        headers={
            "Message-ID": f"<{delivery}@{urlsplit(settings.SITE_ADDRESS).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail


def _why(reader: Reader) -> str:
    if reader.recipient.kind == INVITE:
        return _("You get this mail because somebody invited this address. If you know nothing of it, do nothing.")
    return _("You get this mail because it concerns your part in an alliance.")
