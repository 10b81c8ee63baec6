"""Members, their kinds, how they came in, and how they stand to one another."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import KEYED, ControlGroup, Invitation, NameKeyField, Organisation, Person
from alliance import rules
from alliance.models.alliance import Alliance
from alliance.querysets import MemberQuerySet
from alliance.states import Membership, Participation, RelationKind
from audit.ids import uuid7


class Category(models.Model):
    """A kind of interest within an alliance: payer, provider, supplier, regulator, public …"""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="categories")
    name = models.CharField(_("kind"), max_length=80)
    key = NameKeyField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "key"], condition=KEYED, name="alliance_category_one_per_key")
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """An organisation in an alliance; its kind is confirmed by another member or the auditor."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="members")
    participation = models.CharField(
        _("takes part as"), max_length=8, choices=Participation, default=Participation.VOTING
    )
    state = models.CharField(max_length=10, choices=Membership, default=Membership.INVITED, editable=False)
    invited_at = models.DateTimeField(editable=False)
    admitted_at = models.DateTimeField(null=True, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)
    category_confirmed_by_member = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    category_confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    category_confirmed_at = models.DateTimeField(null=True, editable=False)
    statutory_limit = models.TextField(_("what the law does not let it cede"), blank=True)
    public_benefit = models.TextField(_("its benefit, in other units than money"), blank=True)
    group = models.ForeignKey(ControlGroup, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    """Under whose control it stands, as said in this alliance; else what its organisation brings."""
    group_said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    group_said_at = models.DateTimeField(null=True, editable=False)
    witnessed = models.BooleanField(default=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "organisation"],
                condition=~models.Q(state=Membership.WITHDRAWN),
                name="alliance_member_once",
            ),
            models.CheckConstraint(condition=models.Q(state__in=Membership.values), name="alliance_member_state_known"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_undescribed(self) -> bool:
        """A public participant of which it is not on record what it cannot cede, and what it gains."""
        return rules.is_undescribed(self.participation, self.statutory_limit, self.public_benefit)

    @property
    def group_key(self) -> UUID:
        """The identifier of the group under which this member counts."""
        return self.group_id or self.organisation.group_key

    @property
    def control(self) -> ControlGroup | None:
        """The group that controls it, if one does."""
        return self.group or self.organisation.control_group

    @property
    def votes(self) -> bool:
        return self.participation == Participation.VOTING


class ControlClaim(models.Model):
    """What a member has said of who controls it, while it waits to be confirmed; without a group: nobody does."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True, related_name="control_claim")
    group = models.ForeignKey(ControlGroup, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"claim of {self.member_id}"


class MemberInvitation(models.Model):
    """What accepting an invitation brings: which member the person speaks for, and in which roles."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, primary_key=True, related_name="offer")
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="invitations")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="invitations")
    roles = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"offer {self.pk}"


class Relation(models.Model):
    """That one member competes with, supplies, or litigates against another; any member may record it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="relations")
    first = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="relations_from")
    second = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="relations_to")
    kind = models.CharField(_("relation"), max_length=10, choices=RelationKind)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "kind"], name="alliance_relation_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="alliance_relation_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.kind} {self.second_id}"
