"""Keys by which a repeated request is recognised and answered as the first time."""

from django.db import models

from accounts.models.person import Person


class IdempotencyKey(models.Model):
    """What a person's request with this key was answered. Only successes are kept, for 24 hours or more."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="idempotency_keys")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="accounts_idempotency_one_per_key")]

    def __str__(self) -> str:
        return self.key
