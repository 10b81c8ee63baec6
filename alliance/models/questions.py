"""That a member has answered the six questions, with what it said for itself alone."""

from django.db import models

from accounts.models import Person
from alliance.models.alliance import Alliance
from alliance.models.member import Member
from audit.ids import uuid7


class MemberAnswers(models.Model):
    """A representative's six answers, once a member. What became positions and a promise stands there.

    The two answers that are the member's own (what it would do without the alliance, why it is better off) are sealed
    as worksheets are, and opened only for who acts for the member. `sealed_for` as in a worksheet.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="member_answers")
    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="answers")
    ciphertext = models.TextField(editable=False)
    key_id = models.CharField(max_length=16, editable=False)
    sealed_for = models.UUIDField(editable=False)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    def __str__(self) -> str:
        return f"answers of {self.member_id}"
