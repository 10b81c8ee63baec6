"""A person's inbox."""

from django.db import models

from accounts.models import Person
from audit.ids import uuid7
from notifications.models.delivery import Delivery


class Notice(models.Model):
    """One message in a person's inbox, written in the transaction that marks its delivery as sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="notice")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    stream = models.UUIDField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="notifications_notice_of")]

    def __str__(self) -> str:
        return self.subject
