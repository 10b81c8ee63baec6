"""Which members meet the standards that the alliance has adopted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models import Alliance, Member
from audit.ids import uuid7
from governance.models.decision import Decision
from governance.querysets import ConformanceQuerySet


class Conformance(models.Model):
    """A member's own statement that it meets an adopted specification, from a day on until it is taken back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="conformances")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="conformances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="conformances")
    since = models.DateField(_("since"))
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    objects = ConformanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "member"],
                condition=models.Q(ended_at__isnull=True),
                name="governance_conformance_one_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.decision}"
