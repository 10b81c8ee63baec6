"""What the founders told before there was anything on record."""

from django.db import models

from accounts.models import Person
from alliance.models import Alliance
from audit.ids import uuid7


class ToldCheck(models.Model):
    """The fifteen answers with which an alliance was founded: kept as they were given, beside what evidence says later.

    `answers` maps each question's key (traits/selfcheck.py) to yes, partly, no or unsure.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.OneToOneField(Alliance, on_delete=models.PROTECT, related_name="told_check")
    answers = models.JSONField()
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"told at the founding of {self.alliance_id}"
