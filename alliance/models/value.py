"""Value: streams of benefit, who gains, how it is measured, and what outlives the alliance."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Person
from alliance.models.alliance import Alliance
from alliance.models.interest import Topic
from alliance.models.member import Member
from alliance.states import Form, LegacyPart, StreamEffect
from audit.ids import uuid7


class ValueStream(models.Model):
    """A benefit with beneficiaries, a metric with its baseline, a horizon, and a steward who has accepted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="streams")
    title = models.CharField(_("benefit"), max_length=160)
    description = models.TextField(_("what it brings"), blank=True)
    effect = models.CharField(_("effect"), max_length=14, choices=StreamEffect, default=StreamEffect.REMOVES_COST)
    is_primary = models.BooleanField(_("the main benefit"), default=False)
    steward = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="stewardships")
    steward_accepted_at = models.DateTimeField(null=True, editable=False)
    metric = models.CharField(_("what is measured"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=20, decimal_places=6, null=True, blank=True)
    baseline_on = models.DateField(_("measured on"), null=True, blank=True)
    baseline_source = models.CharField(_("source"), max_length=300, blank=True)
    baseline_set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    baseline_verified_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    baseline_verified_at = models.DateTimeField(null=True, editable=False)
    horizon_on = models.DateField(_("lasts until"), null=True, blank=True)
    is_permanent = models.BooleanField(_("lasts for good"), default=False)
    review_months = models.PositiveSmallIntegerField(_("months between reviews"), null=True, blank=True)
    upkeep_funded_until = models.DateField(_("upkeep funded until"), null=True, blank=True)
    created_at = models.DateTimeField(editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "title"], name="alliance_stream_one_per_title"),
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(is_primary=True), name="alliance_stream_one_primary"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Beneficiary(models.Model):
    """That a member gains from a stream."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.ForeignKey(ValueStream, on_delete=models.PROTECT, related_name="beneficiaries")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="benefits")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "member"], name="alliance_beneficiary_once")]

    def __str__(self) -> str:
        return f"{self.member_id} from {self.stream_id}"


class InterestLink(models.Model):
    """That a stream meets a member's interest in a topic; it counts once the stream's steward accepts it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.ForeignKey(ValueStream, on_delete=models.PROTECT, related_name="interest_links")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="interest_links")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="interest_links")
    accepted_at = models.DateTimeField(null=True, editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "member", "topic"], name="alliance_interest_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} by {self.stream_id}"


class Reading(models.Model):
    """What the metric stood at on a day, entered by the steward."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.ForeignKey(ValueStream, on_delete=models.PROTECT, related_name="readings")
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6)
    read_on = models.DateField(_("read on"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(editable=False)
    verified_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "read_on"], name="alliance_reading_one_per_day")]

    def __str__(self) -> str:
        return f"{self.value} on {self.read_on}"


class Target(models.Model):
    """What the metric is to stand at on a day to come, set by the steward or an organiser."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.ForeignKey(ValueStream, on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6)
    due_on = models.DateField(_("due on"))
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "due_on"], name="alliance_target_one_per_day")]

    def __str__(self) -> str:
        return f"{self.value} by {self.due_on}"


class DurableForm(models.Model):
    """In what a stream lives on, and which organisation has accepted in writing to keep it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.ForeignKey(ValueStream, on_delete=models.PROTECT, related_name="durable_forms")
    form = models.CharField(_("form"), max_length=12, choices=Form)
    description = models.TextField(_("what it is"))
    successor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="successions"
    )
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, editable=False)
    acceptance = models.TextField(_("the successor's words"), blank=True)
    witnessed = models.BooleanField(default=True, editable=False)

    def __str__(self) -> str:
        return f"{self.form} for {self.stream_id}"


class LegacyItem(models.Model):
    """What becomes of one of the six parts when the alliance ends, and who sees to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="legacy_items")
    part = models.CharField(_("part"), max_length=24, choices=LegacyPart)
    text = models.TextField(_("what becomes of it"))
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "part"], name="alliance_legacy_item_one_per_part"),
            models.CheckConstraint(condition=models.Q(part__in=LegacyPart.values), name="alliance_legacy_part_known"),
        ]

    def __str__(self) -> str:
        return self.part
