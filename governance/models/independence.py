"""Independence: holders' statements and disclosures, and reports that somebody was told how to vote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Person
from alliance.models import Alliance
from audit.ids import uuid7, uuid_random
from governance.models.committee import Holding, Seat


class Attestation(models.Model):
    """A holder's signed statement of independence, current for 365 days and until a change of employer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="attestations")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="attestations")
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    def __str__(self) -> str:
        return f"attestation {self.holding_id}"


class Disclosure(models.Model):
    """A holder's disclosure of conflicts of interest, current for 365 days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="disclosures")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="disclosures")
    text = models.TextField(_("interests that could sway you"), blank=True)
    nothing_to_disclose = models.BooleanField(_("I have nothing to disclose"), default=False)
    made_at = models.DateTimeField(editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    def __str__(self) -> str:
        return f"disclosure {self.holding_id}"


class Addition(models.Model):
    """What somebody else says could sway a holder: on the record, beside the holder's own disclosure."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="additions")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="additions")
    text = models.TextField(_("what else could sway them"))
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    def __str__(self) -> str:
        return f"addition {self.pk}"


class InstructionReport(models.Model):
    """In confidence: that a holder was told how to vote. Read by the auditor alone; its order tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid_random, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="instruction_reports")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="instruction_reports")
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what happened"))
    reported_at = models.DateTimeField(editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    was_instructed = models.BooleanField(null=True, editable=False)

    def __str__(self) -> str:
        return f"report {self.pk}"
