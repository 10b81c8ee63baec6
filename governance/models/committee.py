"""The executive committee: its terms, its seats, who holds them, and its officers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Person
from alliance.models import Alliance, Member
from audit.ids import uuid7
from governance.querysets import HoldingQuerySet, OfficerQuerySet, SeatQuerySet
from governance.states import Office


class CommitteeTerms(models.Model):
    """What holds for the committee as a whole; the charter's text is filled from it."""

    alliance = models.OneToOneField(
        Alliance, on_delete=models.PROTECT, primary_key=True, related_name="committee_terms"
    )
    term_months = models.PositiveSmallIntegerField(_("length of a term, in months"), null=True, blank=True)
    term_limit = models.PositiveSmallIntegerField(_("terms in a row, at most"), null=True, blank=True)
    forbids_instruction = models.BooleanField(_("nobody may tell a holder how to vote"), default=True)
    forbids_proxies = models.BooleanField(_("nobody votes for another"), default=True)
    appeal_route = models.TextField(_("where a decision can be appealed"), blank=True)
    records_held_by = models.TextField(_("who keeps the records, outside any one member"), blank=True)

    def __str__(self) -> str:
        return f"terms of {self.alliance_id}"


class Seat(models.Model):
    """A place on the committee. Its weight counts for a member's kind and group; a neutral seat counts for none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="seats")
    label = models.CharField(_("seat"), max_length=120)
    weight = models.PositiveIntegerField(_("weight"), default=1)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    created_at = models.DateTimeField(editable=False)
    abolished_at = models.DateTimeField(null=True, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "label"],
                condition=models.Q(abolished_at__isnull=True),
                name="governance_seat_one_per_label",
            ),
            models.CheckConstraint(condition=models.Q(weight__range=(1, 10_000)), name="governance_seat_weight_range"),
        ]

    def __str__(self) -> str:
        return self.label


class Holding(models.Model):
    """A person in a seat for a term: appointed, accepted, and free of strings. Half-open in days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="holdings")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    appointed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="appointments")
    appointed_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    irrevocable_until = models.DateField(_("cannot be recalled before"), null=True, blank=True)
    removable_by_employer = models.BooleanField(_("the employer may recall the holder"), default=False)
    left_at = models.DateTimeField(null=True, editable=False)
    suspended_at = models.DateTimeField(null=True, editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(left_at__isnull=True), name="governance_holding_one_a_seat"
            ),
            models.UniqueConstraint(
                fields=["alliance", "person"],
                condition=models.Q(left_at__isnull=True),
                name="governance_holding_one_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="governance_holding_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.seat_id}"


class SeatInvitation(models.Model):
    """What accepting an invitation brings: the nomination for a seat, if it is still free then."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, primary_key=True, related_name="seat_offer")
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="seat_invitations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="invitations")
    appointed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    irrevocable_until = models.DateField(null=True)
    removable_by_employer = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"offer of {self.seat_id}"


class Officer(models.Model):
    """Chair or secretary, elected by a recorded decision; an acting (interim) chair lasts 90 days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="officers")
    office = models.CharField(_("office"), max_length=10, choices=Office)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    is_acting = models.BooleanField(default=False)
    decision = models.ForeignKey(
        "governance.Decision", on_delete=models.PROTECT, null=True, related_name="officers_elected"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    witnessed = models.BooleanField(default=True, editable=False)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "office"],
                condition=models.Q(ends_at__isnull=True),
                name="governance_officer_one_an_office",
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.person_id}"
