"""Invitations: how a person comes in."""

from datetime import datetime

from django.db import models

from accounts.models.organisation import Organisation
from accounts.models.person import Person
from audit.ids import uuid_random


class Invitation(models.Model):
    """A token of 256 bits sent to one address, kept as a hash, used once, by that address only.

    What else accepting it means (a membership, a role) is added by the apps above: `accounts/acceptance.py`.
    """

    id = models.UUIDField(primary_key=True, default=uuid_random, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="invitations")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_sent")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="invitations_used")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True, used_by__isnull=True)
                | models.Q(used_at__isnull=False, used_by__isnull=False),
                name="accounts_invitation_used_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def is_open(self, at: datetime) -> bool:
        """Can it still be used at this time?"""
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at
