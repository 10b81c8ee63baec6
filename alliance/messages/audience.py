"""Who hears of what happens in an alliance."""

from collections.abc import Iterable
from uuid import UUID

from alliance.models import Role
from alliance.states import RoleKind
from notifications.registry import PERSON, Recipient


def people(ids: Iterable[UUID]) -> list[Recipient]:
    """These people as recipients, each once."""
    return [Recipient(PERSON, each) for each in dict.fromkeys(ids)]


def holders_of(member: UUID, *kinds: RoleKind) -> list[UUID]:
    """The people who act for a member now, in these roles (any, if none is named)."""
    roles = Role.objects.current().filter(member=member, **({"kind__in": kinds} if kinds else {}))
    return list(roles.order_by("granted_at", "pk").values_list("person", flat=True))
