"""Frozen versions of the charter."""

from django.db import models

from accounts.models import Person
from alliance.models import Alliance
from audit.ids import uuid7
from charter.states import VersionState, VoidReason
from governance.models import Decision


class CharterVersion(models.Model):
    """An immutable text with the hash of its canonical form. Only `state` moves, with when, and why it is void.

    `document` is canonical JSON (RFC 8785) of text, merge values, members and classes; `hash` its SHA-256. One that
    `amends` another was adopted by a `decision`, and nobody signs it: the members signed what it amends.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="charter_versions")
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField(default=0)
    patch = models.PositiveSmallIntegerField(default=0)
    document = models.TextField()
    hash = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.OFFERED)
    void_reason = models.CharField(max_length=80, choices=VoidReason, blank=True)
    voided_at = models.DateTimeField(null=True)
    signing_rule = models.CharField(max_length=16)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sign_by = models.DateTimeField()
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="amended_by")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "major", "minor", "patch"], name="charter_version_one_per_number"
            ),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=models.Q(state=VersionState.OFFERED),
                name="charter_version_one_offered",
            ),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=models.Q(state=VersionState.IN_FORCE),
                name="charter_version_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=VersionState.values), name="charter_version_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def signed(self) -> "CharterVersion":
        """The version that the members signed: this one, or the one that it amends."""
        found = self
        while found.amends:
            found = found.amends
        return found
