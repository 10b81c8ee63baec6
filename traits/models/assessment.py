"""Stored assessments: whole, and never changed."""

from django.db import models
from django.db.models import Value

from alliance.models import Alliance
from alliance.states import Profile
from audit.ids import uuid7
from traits.querysets import AssessmentQuerySet


class Assessment(models.Model):
    """One reading of the five traits: verdicts with figures (but the sealed ones), levels, gate, strict reading.

    `earliest_on` is the first day on which the charter could come into force as of then, `earliest_because` the waits.
    `indicators` holds each verdict with the steps that mend it, `lapses` the evidence that lapses next.
    `basis` is what the next one needs to read only what has changed (see `traits.selectors.recomputing`); where it is
    empty, nothing builds upon it.
    `digest` is the salted SHA-256 of the evidence it read; `why` the act that asked for it, `seq` the
    place of its event in the alliance's stream: what stands after it has not been read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="assessments")
    at = models.DateTimeField()
    profile = models.CharField(max_length=12, choices=Profile)
    gate = models.BooleanField()
    passing = models.PositiveSmallIntegerField()
    blocking = models.PositiveSmallIntegerField()
    strict_passing = models.PositiveSmallIntegerField()
    strict_blocking = models.PositiveSmallIntegerField()
    missing = models.JSONField(default=list)
    levels = models.JSONField()
    indicators = models.JSONField()
    earliest_on = models.DateField(null=True)
    earliest_because = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    lapses = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    basis = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["alliance", "-at"], name="traits_assessment_latest")]

    def __str__(self) -> str:
        return f"{self.profile} {self.passing}/{self.blocking}"
