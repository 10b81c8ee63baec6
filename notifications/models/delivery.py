"""One message to one recipient by one channel."""

from django.db import models

from audit.ids import uuid7
from notifications.states import Channel, DeliveryState


class Delivery(models.Model):
    """What is to be told to whom: claimed under a lease, sent outside any transaction, marked by its token.

    `kind` names the message (`notifications/registry.py`); `recipient` is `person:`, `invite:` or `hook:` + id.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.UUIDField()
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=8, choices=Channel)
    recipient = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind", "channel", "recipient"], name="notifications_delivery_once"
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="notifications_delivery_due"),
            models.Index(fields=["recipient", "-created_at"], name="notifications_delivery_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"
