"""What members save against paying alone, as it was published."""

from django.db import models

from alliance.models import Alliance
from audit.ids import uuid7


class Saving(models.Model):
    """A snapshot of Σ stand-alone cost − joint cost (`traits.reasons`): one a calendar quarter at most; never changed.

    `amount` is rounded, in minor units, and below zero where paying alone were cheaper; `contributors` are control
    groups. `sheets` are the worksheets that it sums, by which the next one is told apart; they are shown to nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="savings")
    quarter_on = models.DateField()
    amount = models.DecimalField(max_digits=24, decimal_places=0)
    currency = models.CharField(max_length=3)
    contributors = models.PositiveIntegerField()
    sheets = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "quarter_on"], name="traits_saving_one_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"saved as of {self.published_at:%Y-%m-%d}"
