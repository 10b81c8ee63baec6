"""Addresses that an account had before."""

from django.db import models

from accounts.models.person import Person
from audit.ids import uuid7


class FormerAddress(models.Model):
    """An address that an account had, and until when: the only ones to which an operator can give it back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="former_addresses")
    email = models.EmailField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.email
