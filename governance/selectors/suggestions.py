"""Whom a person speaks for when suggesting a change, and what was suggested to a draft."""

from accounts.models import Person
from alliance.models import Alliance, Member
from alliance.states import OF_A_MEMBER, Membership
from governance.models import Decision, Holding, Suggestion


def spoken_for(person: Person, alliance: Alliance) -> Member | None:
    """The admitted member that a person acts for, else that appointed them to their seat, if any."""
    roles = person.roles.current().of_kind(*OF_A_MEMBER).filter(alliance=alliance, member__state=Membership.ADMITTED)
    role = roles.select_related("member").order_by("granted_at", "pk").first()
    if role:
        return role.member
    seats = Holding.objects.current().accepted().filter(alliance=alliance, person=person, appointed_by__isnull=False)
    holding = seats.select_related("appointed_by").order_by("appointed_at", "pk").first()
    return holding.appointed_by if holding else None


def suggestions_to(decision: Decision) -> list[Suggestion]:
    """What was suggested, in order: one statement."""
    rows = Suggestion.objects.filter(decision=decision).select_related("suggested_by", "member__organisation")
    return list(rows.order_by("suggested_at", "pk"))
