"""Who was asked to mend what."""

from django.db import models

from accounts.models import Person
from alliance.models import Alliance
from audit.ids import uuid7


class Ask(models.Model):
    """That an organiser asked a person to take one step that mends an indicator; never changed.

    `act`, `ref` and `of` name the step as `traits.mending.Step` does, `name` what it is about to a reader.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="asks")
    indicator = models.CharField(max_length=2)
    act = models.CharField(max_length=24)
    ref = models.CharField(max_length=80, blank=True)
    of = models.CharField(max_length=36, blank=True)
    name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["alliance", "-asked_at"], name="traits_ask_newest"),
            models.Index(fields=["person", "-asked_at"], name="traits_ask_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.act}"
