"""Who may do what in an alliance."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from alliance.models.alliance import Alliance
from alliance.models.member import Member
from alliance.querysets import RoleQuerySet
from alliance.states import OF_A_MEMBER, RoleKind
from audit.ids import uuid7


class Role(models.Model):
    """A role of a person in an alliance, until it is revoked; representatives and signatories act for one member."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=16, choices=RoleKind)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    mandate = models.TextField(_("mandate"), blank=True)
    granted_at = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "member"],
                condition=models.Q(revoked_at__isnull=True, member__isnull=False),
                name="alliance_role_of_member_once",
            ),
            models.UniqueConstraint(
                fields=["alliance", "person", "kind"],
                condition=models.Q(revoked_at__isnull=True, member__isnull=True),
                name="alliance_role_of_alliance_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(OF_A_MEMBER), member__isnull=False)
                | (~models.Q(kind__in=sorted(OF_A_MEMBER)) & models.Q(member__isnull=True)),
                name="alliance_role_has_member_when_it_speaks_for_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
