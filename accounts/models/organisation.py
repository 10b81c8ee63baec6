"""Organisations, who controls them, and who works for them."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.names import KEYED, NameKeyField
from accounts.models.person import Person
from accounts.querysets import AffiliationQuerySet, OrganisationQuerySet
from audit.ids import uuid7


class ControlGroup(models.Model):
    """Organisations under common control (more than half): one party wherever control matters."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=160)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A legal person. Without a control group it is a group of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=160)
    key = NameKeyField()
    control_group = models.ForeignKey(
        ControlGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=KEYED, name="accounts_organisation_one_per_key")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def group_key(self) -> UUID:
        """The identifier under which this organisation counts: its group's, or its own."""
        return self.control_group_id or self.pk


class Affiliation(models.Model):
    """That a person works for an organisation, from a day to a day (half-open; no end means still)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    title = models.CharField(_("position"), max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_vouched = models.BooleanField(default=True, db_default=True, editable=False)
    """Did the organisation say so itself: its first person, or one of its people? An alliance’s word is none."""

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(ends_on__isnull=True),
                name="accounts_affiliation_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="accounts_affiliation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.organisation_id}"
