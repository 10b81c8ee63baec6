"""What a member brings in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models.alliance import Alliance
from alliance.models.member import Member
from alliance.states import ContributionKind
from audit.ids import uuid7


class Contribution(models.Model):
    """A promise of money, people, data, rights or facilities, binding once the member's signatory has signed it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="contributions")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(_("of what kind"), max_length=12, choices=ContributionKind)
    description = models.TextField(_("what"))
    amount = models.PositiveBigIntegerField(_("amount, in minor units"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    kept_on = models.DateField(null=True, editable=False)
    mandate = models.TextField(blank=True, editable=False)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True, signed_by__isnull=True)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False),
                name="alliance_contribution_signed_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.member_id}"
