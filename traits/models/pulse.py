"""The pulse survey: rounds, who has answered, and what was answered without who."""

from uuid import uuid4

from django.db import models

from accounts.models import Person
from alliance.models import Alliance, Member
from audit.ids import uuid7
from traits.querysets import PulseRoundQuerySet


class PulseRound(models.Model):
    """That members were asked, and until when; the clock closes it. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="pulse_rounds")
    number = models.PositiveIntegerField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    objects = PulseRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="traits_pulse_round_once"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opened_at")), name="traits_pulse_round_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"pulse {self.number}"


class PulseTurn(models.Model):
    """That a member has answered in a round, by whom and of which control group then; what it answered is not here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(PulseRound, on_delete=models.PROTECT, related_name="turns")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    group = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "member"], name="traits_pulse_turn_once")]

    def __str__(self) -> str:
        return f"turn of {self.member_id}"


class PulseAnswer(models.Model):
    """One answer: statement → 1 to 5. It names its member only if that agreed; it has no time, and a random number."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(PulseRound, on_delete=models.PROTECT, related_name="answers")
    scores = models.JSONField()
    named = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return "an answer"
