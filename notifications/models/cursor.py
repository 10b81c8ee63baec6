"""How far each consumer has read each stream."""

from django.db import models


class Cursor(models.Model):
    """The last `seq` of a stream that a consumer has expanded."""

    consumer = models.CharField(max_length=20)
    stream = models.UUIDField()
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consumer", "stream"], name="notifications_cursor_once")]

    def __str__(self) -> str:
        return f"{self.consumer} {self.stream} {self.seq}"
