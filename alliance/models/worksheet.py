"""What a member gains: its signed statement, or its sealed figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models.alliance import Alliance
from alliance.models.member import Member
from audit.ids import uuid7


class Worksheet(models.Model):
    """One version of a member's worksheet; the highest counts. Figures are sealed to the member and the custodian.

    `sealed_for` is the member that the figures are bound to: another than this one's only in an imported alliance,
    whose sealed figures are checked as claimed, and opened by nobody. `reopened_at` is when the custodian let it be
    corrected.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="worksheets")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="worksheets")
    version = models.PositiveIntegerField()
    statement = models.TextField(_("we are better off than without the alliance, because"), blank=True)
    ciphertext = models.TextField(blank=True, editable=False)
    key_id = models.CharField(max_length=16, blank=True, editable=False)
    sealed_for = models.UUIDField(null=True, editable=False)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(editable=False)
    reopened_at = models.DateTimeField(null=True, editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "version"], name="alliance_worksheet_one_per_version")]

    def __str__(self) -> str:
        return f"worksheet {self.member_id} v{self.version}"


class Actual(models.Model):
    """What has come of a member's worksheet by a day: benefit, cost, what there would have been. Sealed likewise."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="actuals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="actuals")
    number = models.PositiveIntegerField()
    measured_on = models.DateField(_("measured on"))
    ciphertext = models.TextField(editable=False)
    key_id = models.CharField(max_length=16, editable=False)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "number"], name="alliance_actual_one_per_number")]

    def __str__(self) -> str:
        return f"actual {self.member_id} n{self.number}"
