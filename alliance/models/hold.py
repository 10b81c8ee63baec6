"""Holds: counsel or the auditor stops something for some days, with a reason."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models.alliance import Alliance
from alliance.querysets import HoldQuerySet
from alliance.states import MAY_HOLD, RoleKind
from audit.ids import uuid7


class Hold(models.Model):
    """That a thing is stopped from `placed_at` until `until`, or until it is lifted; it ends by itself. Never changed.

    `kind` and `subject` name the thing (`alliance/holdable.py`), which may be an app's above, or be gone by now;
    `title` is what it was called, `words_hash` the fingerprint of its words then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=24, editable=False)
    subject = models.UUIDField(editable=False)
    title = models.CharField(max_length=200, editable=False)
    words_hash = models.CharField(max_length=64, editable=False)
    role = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in MAY_HOLD], editable=False)
    reason = models.TextField(_("reason"))
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(editable=False)
    until = models.DateTimeField(_("until"))
    witnessed = models.BooleanField(default=True, editable=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=MAY_HOLD), name="alliance_hold_by_counsel_or_auditor"),
            models.CheckConstraint(condition=Q(until__gt=F("placed_at")), name="alliance_hold_lasts"),
        ]
        indexes = [models.Index(fields=["alliance", "kind", "subject"], name="alliance_hold_of_thing")]

    def __str__(self) -> str:
        return self.title

    @property
    def holder(self) -> str:
        """Who holds it, within a sentence."""
        return gettext("counsel") if self.role == RoleKind.COUNSEL else gettext("the auditor")

    @property
    def lifted_at(self) -> datetime | None:
        """When it was lifted before its time. Read together with `lifting`."""
        return self.lifting.lifted_at if hasattr(self, "lifting") else None


class HoldLifting(models.Model):
    """That a hold was lifted before its time: the hold itself stays as it was placed."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, primary_key=True, related_name="lifting")
    lifted_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"lifting of {self.hold_id}"
