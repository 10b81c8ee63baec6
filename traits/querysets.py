"""Reads, as adjectives that chain."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from alliance.models import Alliance
    from traits.models import Assessment


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments."""

    def newest_first(self) -> "AssessmentQuerySet":
        return self.order_by("-seq", "-pk")

    def latest_of(self, alliance: "Alliance") -> "Assessment | None":
        """The newest of an alliance, if it has been assessed."""
        return self.filter(alliance=alliance).newest_first().first()
