"""Warnings that the chair has acknowledged, with the reason; they are printed in the charter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models import Alliance
from audit.ids import uuid7


class Acknowledgement(models.Model):
    """That a warning of an indicator is known and accepted, for this reason, until its subjects change."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="acknowledgements")
    indicator = models.CharField(max_length=2)
    subjects = models.JSONField(default=list)
    reason = models.TextField(_("reason"))
    acknowledged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()
    witnessed = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["alliance", "indicator"], name="traits_acknowledgement_of")]

    def __str__(self) -> str:
        return f"{self.indicator} acknowledged"
