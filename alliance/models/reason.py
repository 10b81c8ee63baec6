"""Why the founders do it, and what they discover on the way."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models.alliance import Alliance
from alliance.models.value import ValueStream
from audit.ids import uuid7


class Expectation(models.Model):
    """For which of the four reasons value is expected (`alliance.states.Reason`). Never changed: the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="expectations")
    reasons = models.JSONField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return ", ".join(self.reasons)


class Opportunity(models.Model):
    """An opportunity discovered in the problem, and the benefit that came of it. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.ForeignKey(ValueStream, on_delete=models.PROTECT, related_name="opportunities")
    text = models.TextField(_("what was discovered"))
    found_on = models.DateField(_("discovered on"))
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"discovered on {self.found_on}"
