"""The charter as it is being written: a template, its sections, and how it will be signed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models import Alliance
from audit.ids import uuid7
from charter.states import Section, SigningRule, Template


class Charter(models.Model):
    """The draft from which versions are frozen. The convener proposes to ratify it, the chair agrees.

    `composed` is how it reads with the record filled in, as of `composed_seq` in the alliance's stream: a copy for
    reading; what is signed is composed anew.
    """

    alliance = models.OneToOneField(Alliance, on_delete=models.PROTECT, primary_key=True, related_name="charter")
    template = models.CharField(_("template"), max_length=20, choices=Template)
    signing_rule = models.CharField(
        _("who signs"), max_length=16, choices=SigningRule, default=SigningRule.ALL_FOUNDERS
    )
    notice_days = models.PositiveSmallIntegerField(_("days to sign"), default=14)
    changed_at = models.DateTimeField(editable=False)
    proposed_at = models.DateTimeField(null=True, editable=False)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    composed = models.TextField(blank=True, editable=False)
    composed_hash = models.CharField(max_length=64, blank=True, editable=False)
    composed_seq = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(notice_days__gte=14), name="charter_notice_at_least_14_days")
        ]

    def __str__(self) -> str:
        return f"charter of {self.alliance_id}"


class CharterSection(models.Model):
    """One section's text: Markdown with merge fields such as {{ alliance.name }}."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=24, choices=Section)
    text = models.TextField(_("text"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["charter", "key"], name="charter_section_once")]

    def __str__(self) -> str:
        return self.get_key_display()
