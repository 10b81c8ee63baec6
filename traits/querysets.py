"""Reads, as adjectives that chain."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from alliance.models import Alliance
    from traits.models import Assessment, PulseRound


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments."""

    def newest_first(self) -> "AssessmentQuerySet":
        return self.order_by("-seq", "-pk")

    def latest_of(self, alliance: "Alliance") -> "Assessment | None":
        """The newest of an alliance, if it has been assessed."""
        return self.filter(alliance=alliance).newest_first().first()


class PulseRoundQuerySet(models.QuerySet["PulseRound"]):
    """Rounds of the pulse survey: the clock says which are open."""

    def open_at(self, at: datetime) -> "PulseRoundQuerySet":
        return self.filter(opened_at__lte=at, closes_at__gt=at)

    def newest_first(self) -> "PulseRoundQuerySet":
        return self.order_by("-number", "-pk")

    def newest(self) -> "PulseRound | None":
        return self.newest_first().first()
