"""Reads, as adjectives that chain."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, UUIDField
from django.db.models.functions import Coalesce

from accounts.models import Organisation
from alliance.sight import sights
from alliance.states import BESIDE, Membership, Participation, RoleKind

if TYPE_CHECKING:
    from accounts.models import Person
    from accounts.querysets import OrganisationQuerySet
    from alliance.models import Alliance, Hold, Member, Position, Role  # noqa: F401 - named in the bases below


UNDER = Coalesce("group_id", "organisation__control_group_id", "organisation_id", output_field=UUIDField())
"""The identifier of the group under which a member counts (`Member.group_key`)."""


class AllianceQuerySet(models.QuerySet["Alliance"]):
    """Alliances."""

    def visible_to(self, person: "Person") -> "AllianceQuerySet":
        """Those in which the person holds a role now, or that sights of apps above add; a guest sees the sample.

        The role of an auditor who works for a member, or for its group, counts for nothing.
        """
        if person.is_guest:
            return self.sample()
        roles: Any = self.model._meta.get_field("roles").related_model
        held = roles._default_manager.current().filter(person=person)
        counts = ~Q(kind=RoleKind.AUDITOR) | ~Exists(self._employers(person))
        seen = Q(pk__in=held.filter(counts).order_by().values("alliance"))
        for sight in sights():
            seen |= Q(pk__in=sight(person))
        return self.filter(seen)

    def _employers(self, person: "Person") -> "MemberQuerySet":
        """Of the alliance of the role around: members that the person, or who is under the same control, works for."""
        members: Any = self.model._meta.get_field("members").related_model
        there: MemberQuerySet = members._default_manager.filter(alliance=OuterRef("alliance")).present()
        return there.of_groups(Organisation.objects.employing(person))

    def sample(self) -> "AllianceQuerySet":
        """The illustrative alliance that the operator shows to everybody; never one of real organisations."""
        return self.filter(slug=settings.SAMPLE_ALLIANCE, is_illustrative=True)

    def locked(self, pk: object) -> "Alliance":
        """The row, locked until the transaction ends; what its services start with."""
        return self.select_for_update(no_key=True).get(pk=pk)


class MemberQuerySet(models.QuerySet["Member"]):
    """Members."""

    def admitted(self) -> "MemberQuerySet":
        return self.filter(state=Membership.ADMITTED)

    def present(self) -> "MemberQuerySet":
        """Invited, accepted or admitted: all that have not left."""
        return self.exclude(state=Membership.WITHDRAWN)

    def of_groups(self, organisations: "OrganisationQuerySet") -> "MemberQuerySet":
        """Those that are one of these organisations, or under the same control as one."""
        theirs = organisations.annotate(under=Coalesce("control_group_id", "id", output_field=UUIDField()))
        grouped = self.annotate(under=UNDER)
        here = self.model._default_manager.annotate(own=UNDER).filter(
            alliance=OuterRef("alliance"), organisation__in=organisations.order_by().values("pk"), own=OuterRef("under")
        )
        return grouped.filter(Q(under__in=theirs.order_by().values("under")) | Exists(here))

    def under(self, group: object) -> "MemberQuerySet":
        """Those that count under this group."""
        return self.annotate(under=UNDER).filter(under=group)

    def beside(self, *people: "Person | None") -> "MemberQuerySet":
        """Those that none of these people works or speaks for, nor for any under the same control."""
        named = [person for person in people if person]
        works = Q(affiliations__person__in=named, affiliations__ends_on__isnull=True)
        speaks = Q(memberships__roles__person__in=named, memberships__roles__revoked_at__isnull=True)
        own = Organisation.objects.filter(works | speaks)
        return self.exclude(pk__in=self.model._default_manager.of_groups(own).values("pk"))

    def voting(self) -> "MemberQuerySet":
        return self.filter(participation=Participation.VOTING)

    def with_names(self) -> "MemberQuerySet":
        return self.select_related("organisation", "organisation__control_group", "group", "category")

    def with_claims(self) -> "MemberQuerySet":
        """With what waits to be confirmed of who controls them."""
        return self.select_related("control_claim__group", "control_claim__said_by")


class PositionQuerySet(models.QuerySet["Position"]):
    """Positions on topics."""

    def open(self) -> "PositionQuerySet":
        """Those that everybody in the alliance reads."""
        return self.filter(is_confidential=False)

    def on_its_words(self) -> "PositionQuerySet":
        """Those that were confirmed on the words that their topic has now."""
        return self.filter(Q(topic__worded_at__isnull=True) | Q(confirmed_at__gte=F("topic__worded_at")))


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds."""

    def standing_at(self, at: datetime) -> "HoldQuerySet":
        """Those that stop their thing now: neither over nor lifted."""
        return self.filter(placed_at__lte=at, until__gt=at, lifting__isnull=True)

    def on(self, kind: str, subject: object) -> "HoldQuerySet":
        """Those on one thing; `subject` may be a reference to an outer row."""
        return self.filter(kind=kind, subject=subject)


class RoleQuerySet(models.QuerySet["Role"]):
    """Roles."""

    def current(self) -> "RoleQuerySet":
        return self.filter(revoked_at__isnull=True)

    def of_stewards(self) -> "RoleQuerySet":
        """Those that let a person keep a benefit alive."""
        return self.current().exclude(kind__in=BESIDE)

    def of_kind(self, *kinds: RoleKind) -> "RoleQuerySet":
        return self.filter(kind__in=kinds)
