"""The electorate of a decision, frozen when voting opens, and its ballots."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models import Alliance, Member
from audit.ids import uuid7
from governance.models.committee import Seat
from governance.models.decision import Decision
from governance.states import Choice


class Elector(models.Model):
    """One vote in a decision: a seat with its holder, or (members' votes) a group with its first member.

    `key` is what the recount's case calls it. Recused, it may not vote and its ballot counts for nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="electors")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="electors")
    key = models.CharField(max_length=64)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="electors")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="electors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="electors")
    group = models.UUIDField(null=True)
    weight = models.PositiveIntegerField(default=1)
    recused_at = models.DateTimeField(null=True)
    recusal_reason = models.TextField(_("what the conflict is"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "key"], name="governance_elector_one_per_key"),
            models.UniqueConstraint(
                fields=["decision", "seat"],
                condition=models.Q(seat__isnull=False),
                name="governance_elector_one_per_seat",
            ),
            models.CheckConstraint(
                condition=models.Q(seat__isnull=False, person__isnull=False) | models.Q(member__isnull=False),
                name="governance_elector_is_seat_or_member",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def group_key(self) -> UUID | None:
        return self.group


class Ballot(models.Model):
    """That an elector has voted; how stands in its versions, which no door reads before the close."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="ballots")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="ballots")
    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="ballot")
    version = models.PositiveIntegerField(default=1)
    cast_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ballot of {self.elector_id}"


class BallotVersion(models.Model):
    """One casting of a ballot: the last counts, earlier ones stay on record. Rows are only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    choice = models.CharField(max_length=8, choices=Choice)
    reason = models.TextField(_("reason"), blank=True)
    proposed_change = models.TextField(_("what would have to change"), blank=True)
    salt = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    declared = models.BooleanField()
    cast_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="governance_ballot_version_one_per_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.ballot_id}"
