"""Shared control: core domains, rounds on the ladder, and what members keep back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models.alliance import Alliance
from alliance.models.member import Member
from alliance.states import Domain, RoundState
from audit.ids import uuid7


class CoreDomain(models.Model):
    """A domain in which every voting member cedes at least the required level (3 or more)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="core_domains")
    domain = models.CharField(_("domain"), max_length=24, choices=Domain)
    required_level = models.PositiveSmallIntegerField(_("level each member reaches"), default=3)
    witnessed = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "domain"], name="alliance_core_domain_once"),
            models.CheckConstraint(condition=models.Q(domain__in=Domain.values), name="alliance_core_domain_allowed"),
            models.CheckConstraint(
                condition=models.Q(required_level__range=(3, 5)), name="alliance_core_domain_level_range"
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class Round(models.Model):
    """One mutual step: each voting member signs its own part within the window, or the round lapses."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.OPEN)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="alliance_round_one_per_number"),
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(state=RoundState.OPEN), name="alliance_round_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"


class Step(models.Model):
    """A member's move on the ladder in one domain, binding once its signatory has signed it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="steps")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="steps")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="steps")
    domain = models.CharField(_("domain"), max_length=24, choices=Domain)
    from_level = models.PositiveSmallIntegerField(_("from"))
    to_level = models.PositiveSmallIntegerField(_("to"))
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    witnessed = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "member", "domain"], name="alliance_step_one_per_domain"),
            models.CheckConstraint(condition=models.Q(domain__in=Domain.values), name="alliance_step_domain_allowed"),
            models.CheckConstraint(
                condition=models.Q(from_level__range=(0, 5), to_level__range=(0, 5)), name="alliance_step_level_range"
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True, signed_by__isnull=True)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False),
                name="alliance_step_signed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.from_level}→{self.to_level}"


class ReservedPower(models.Model):
    """What a member keeps for itself; a sole veto in a core domain undoes its surrender."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="reserved_powers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="reserved_powers")
    domain = models.CharField(_("domain"), max_length=24, choices=Domain, blank=True)
    text = models.TextField(_("what it keeps"))
    sole_veto = models.BooleanField(_("it may block alone"), default=False)

    def __str__(self) -> str:
        return self.text[:60]
