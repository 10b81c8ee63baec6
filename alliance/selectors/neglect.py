"""Members whose confirmation of their interests has lapsed: under a charter they do not vote until they renew it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from alliance import rules
from alliance.models import Alliance, Member, Position, Role
from alliance.states import BEFORE_CHARTER, RoleKind


def lapsed_members(alliance: Alliance, at: datetime, among: Iterable[UUID] | None = None) -> set[UUID]:
    """The admitted members without a current self-interest of their own (S1's rule): one statement.

    Nobody is suspended before the charter. `among` limits it to these members.
    """
    if alliance.state in BEFORE_CHARTER:
        return set()
    members = Member.objects.admitted().filter(alliance=alliance)
    if among is not None:
        members = members.filter(pk__in=list(among))
    speaks = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE)
    own = speaks.filter(member=OuterRef("member"), person=OuterRef("confirmed_by"))
    current = Position.objects.on_its_words().filter(
        Exists(own),
        member=OuterRef("pk"),
        witnessed=True,
        stance__gte=rules.FOR,
        salience__gte=rules.FIRM_SALIENCE,
        confirmed_at__lte=at,
        confirmed_at__gte=at - rules.CONFIRMED_FOR,
    )
    return set(members.filter(~Exists(current)).values_list("pk", flat=True))
