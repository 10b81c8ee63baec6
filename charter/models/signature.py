"""Signatures under a version of the charter."""

from django.db import models

from accounts.models import Person
from alliance.models import Alliance, Member
from audit.ids import uuid7
from charter.models.version import CharterVersion


class Signature(models.Model):
    """That a member's signatory signed this hash: name, organisation, mandate, time, proof. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="signatures")
    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="signatures")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="signatures")
    signatory = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signatures")
    signatory_name = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=160)
    mandate = models.TextField()
    hash = models.CharField(max_length=64)
    proof_method = models.CharField(max_length=20)
    signed_at = models.DateTimeField()
    witnessed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "member"], name="charter_signature_one_a_member")]

    def __str__(self) -> str:
        return f"{self.signatory_name} for {self.organisation_name}"
