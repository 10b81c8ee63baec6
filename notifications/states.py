"""What a delivery may be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

RELAY = "relay"
"""The consumer of events that makes deliveries of them."""


class Channel(TextChoices):
    INBOX = "inbox", _("Inbox")
    EMAIL = "email", _("E-mail")


class DeliveryState(TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    UNWANTED = "unwanted", _("No longer wanted")
    DEAD = "dead", _("Given up")
