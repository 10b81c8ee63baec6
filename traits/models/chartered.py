"""After chartering: notices of a substantive drop, and what was announced before it lapses."""

from django.db import models

from alliance.models import Alliance
from audit.ids import uuid7
from traits.models.assessment import Assessment


class DropNotice(models.Model):
    """That an indicator which must hold under the charter does not: 30 days to cure it, else the alliance is suspended.

    One stands open for an indicator at a time; `closed_at` is when it was cured.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="drop_notices")
    indicator = models.CharField(max_length=2)
    opened_by = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    cure_by = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "indicator"],
                condition=models.Q(closed_at__isnull=True),
                name="traits_drop_notice_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="traits_drop_notice_closed_by_an_assessment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} since {self.opened_at:%Y-%m-%d}"


class Announcement(models.Model):
    """That a person was told that something of theirs lapses, so many days before: once each; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=16)
    of = models.CharField(max_length=36, blank=True)
    name = models.CharField(max_length=200, blank=True)
    lapses_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    announced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "kind", "of", "name", "lapses_on", "days"], name="traits_announcement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} lapses {self.lapses_on}"
