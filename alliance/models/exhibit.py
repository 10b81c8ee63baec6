"""Evidence that people attach to what they say: a link, a file, or another record of the alliance."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models.alliance import Alliance
from audit.ids import uuid7


class Exhibit(models.Model):
    """One piece of evidence on one record (`kind` and `record`), never changed; it may lapse or be withdrawn.

    It is exactly one of three: an `address`, another record (`source_kind`, `source`), or a file. `stored` is where the
    file lies here; empty for one that came in an alliance file, which brings no bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="exhibits")
    kind = models.CharField(max_length=24)
    record = models.UUIDField()
    title = models.CharField(_("what it is"), max_length=160)
    address = models.CharField(_("link"), max_length=2000, blank=True)
    source_kind = models.CharField(max_length=24, blank=True)
    source = models.UUIDField(null=True)
    file_name = models.CharField(max_length=160, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(editable=False)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    witnessed = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__isnull=True, source_kind="", size__isnull=True, sha256="")
                & ~models.Q(address="")
                | models.Q(address="", source__isnull=False, size__isnull=True, sha256="") & ~models.Q(source_kind="")
                | models.Q(address="", source__isnull=True, source_kind="", size__isnull=False)
                & ~models.Q(sha256="", file_name=""),
                name="alliance_exhibit_is_one_of_three",
            )
        ]
        indexes = [models.Index(fields=["alliance", "kind", "record"], name="alliance_exhibit_of_record")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        return self.size is not None

    @property
    def is_withdrawn(self) -> bool:
        """Has it been taken back? Read together with `withdrawal`."""
        return hasattr(self, "withdrawal")

    def has_lapsed(self, today: date) -> bool:
        """Is it past the last day on which it holds?"""
        return self.valid_until is not None and self.valid_until < today


class ExhibitWithdrawal(models.Model):
    """That a piece of evidence was taken back: it stays on record, and counts no longer."""

    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal")
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"withdrawal of {self.exhibit_id}"
