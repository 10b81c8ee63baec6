"""Changes that others suggest to a draft."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models import Alliance, Member
from audit.ids import uuid7
from governance.models.decision import Decision


class Suggestion(models.Model):
    """A change to a draft, suggested by somebody other than its proposer, who takes it or says why not.

    `member` is whom its author spoke for then, if anybody: its kind is the perspective that was brought in. `text_hash`
    is the draft's then: a suggestion is taken only once the draft has changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="suggestions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="suggestions")
    suggested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("change"))
    text_hash = models.CharField(max_length=64, editable=False)
    suggested_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    is_taken = models.BooleanField(null=True, editable=False)
    answer = models.TextField(_("why not"), blank=True)
    witnessed = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, is_taken__isnull=True)
                | models.Q(answered_at__isnull=False, is_taken__isnull=False),
                name="governance_suggestion_answered_whole",
            )
        ]

    def __str__(self) -> str:
        return self.text
