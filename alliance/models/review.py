"""Counsel's review of competition law."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models.alliance import Alliance
from audit.ids import uuid7


class CounselReview(models.Model):
    """Counsel's dated word on whether the alliance keeps clear of forbidden subjects; `hits` is what the scan found.

    `texts` are the fingerprints of the texts in which it found it: the word covers them as they stood.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="counsel_reviews")
    counsel = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(editable=False)
    cleared = models.BooleanField(_("nothing forbidden is agreed here"))
    opinion = models.TextField(_("opinion"), blank=True)
    hits = models.JSONField(default=list, editable=False)
    texts = models.JSONField(default=list, db_default=[], editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    def __str__(self) -> str:
        return f"review {self.reviewed_at:%Y-%m-%d}"
