"""The event log's rows. People and alliances are known by identifier only, so that the log depends on nothing."""

from uuid import UUID

from django.db import models

from audit.ids import uuid7

SYSTEM = UUID(int=0)
"""The stream of accounts, organisations and the installation."""


class Stream(models.Model):
    """The head of one chain: locked by every append, so that `seq` has no gap."""

    id = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.id} at {self.seq}"


class Event(models.Model):
    """One thing that happened. Never changed, never removed: triggers on both databases see to it.

    `verb`, `actor`, `subject` and `at` repeat what stands in `body`, for finding; the verifier compares them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    body = models.TextField()
    verb = models.CharField(max_length=80)
    actor = models.UUIDField(null=True)
    subject = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="audit_event_one_per_place")]
        indexes = [
            models.Index(fields=["stream", "verb", "seq"], name="audit_event_by_verb"),
            models.Index(fields=["subject", "seq"], name="audit_event_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.stream}/{self.seq}"
