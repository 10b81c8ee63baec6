"""The alliance itself, and the parties that its problem touches."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from alliance.querysets import AllianceQuerySet
from alliance.states import UNDER_CHARTER, WRITABLE, Area, Origin, Permanence, Profile, State
from audit import clock
from audit.ids import uuid7


class Alliance(models.Model):
    """A formally organised group of organisations that pursue an outcome with value for each of them.

    Its event stream has its own identifier. `state` moves only through the life cycle's one `move()`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160)
    purpose = models.TextField(_("purpose"))
    origin = models.CharField(_("starts from"), max_length=12, choices=Origin)
    statement = models.TextField(_("the problem or opportunity"), blank=True)
    permanence = models.CharField(_("how long"), max_length=12, choices=Permanence)
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    next_problem = models.TextField(_("the next problem"), blank=True)
    convener = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="convened")
    state = models.CharField(max_length=12, choices=State, default=State.EXPLORING, editable=False)
    profile = models.CharField(_("profile"), max_length=12, choices=Profile, default=Profile.ESSENTIAL)
    pooled_amount = models.PositiveBigIntegerField(_("money pooled, in minor units"), default=0)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    pools_patents = models.BooleanField(_("patents are pooled"), default=False)
    pools_personal_data = models.BooleanField(_("personal data are pooled"), default=False)
    exit_notice_days = models.PositiveSmallIntegerField(_("notice to leave, in days"), null=True, blank=True)
    exit_cost = models.TextField(_("what leaving costs"), blank=True)
    entire_agreement = models.BooleanField(_("no side agreement counts"), default=False)
    is_illustrative = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    activated_at = models.DateTimeField(null=True, editable=False)
    ended_because = models.TextField(blank=True, editable=False)
    amendable = models.JSONField(default=list, db_default=[], editable=False)
    """The parts of the record that an adopted amendment has opened, until `amendable_until`."""
    amendable_until = models.DateTimeField(null=True, editable=False)

    objects = AllianceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="alliance_state_known"),
            models.CheckConstraint(condition=models.Q(profile__in=Profile.values), name="alliance_profile_known"),
            models.CheckConstraint(
                condition=models.Q(permanence=Permanence.PERMANENT, term_months__isnull=True)
                | models.Q(permanence=Permanence.TEMPORARY, term_months__gte=1),
                name="alliance_term_when_temporary",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_permanent(self) -> bool:
        return self.permanence == Permanence.PERMANENT

    @property
    def writable_areas(self) -> frozenset[Area]:
        """What may be changed now: everything before the charter, under it what an amendment has opened."""
        if self.state in WRITABLE:
            return frozenset(Area)
        until = self.amendable_until
        return self.amended_areas if until and clock.read() < until else frozenset()

    @property
    def amended_areas(self) -> frozenset[Area]:
        """What an amendment has opened that is not closed yet, though its time to be written may be over."""
        under = self.state in UNDER_CHARTER and self.amendable_until is not None
        return frozenset(Area(each) for each in self.amendable) if under else frozenset()


class AffectedParty(models.Model):
    """Somebody whom the problem touches: a member, or absent for a recorded reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="affected_parties")
    name = models.CharField(_("name"), max_length=160)
    member = models.ForeignKey("alliance.Member", on_delete=models.PROTECT, null=True, blank=True)
    reason_absent = models.TextField(_("why it is not a member"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "name"], name="alliance_affected_party_one_per_name")
        ]

    def __str__(self) -> str:
        return self.name
