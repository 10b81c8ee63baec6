"""Why somebody's vote is suspended by neglect, in words, and where they mend it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.models import Member
from alliance.selectors.neglect import lapsed_members
from governance.models import Decision, Elector
from governance.selectors.holders import Holder, holder_of, seat_of
from governance.states import Body


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What keeps a person from voting, and the page where it is mended (none where only the next vote helps)."""

    text: str
    href: str = ""
    act: str = ""


def hindrance_of(
    decision: Decision, person: Person, own: Elector | None, members: list[Member], at: datetime
) -> Hindrance | None:
    """Of this person in an open vote: of the seat that they hold, else of the members that they represent."""
    alliance = decision.alliance
    held = seat_of(person, alliance)
    if decision.body == Body.COMMITTEE and held is not None and held.accepted_at and (own is None or own.seat_id):
        if own is None:
            return Hindrance(_("Your seat could not vote when this was opened, so it does not vote on this."))
        return _of_seat(holder_of(held, at))
    spoken_for = [each for each in members if own is None or each.group_key == own.group]
    lapsed = lapsed_members(alliance, at, among=[each.pk for each in spoken_for])
    if not spoken_for or any(each.pk not in lapsed for each in spoken_for):
        return None
    first = spoken_for[0]
    return Hindrance(
        _("%(member)s last confirmed what it wants more than 180 days ago, so it cannot vote until it does.")
        % {"member": first},
        reverse("alliance:positions", args=[alliance.slug, first.pk]),
        _("Confirm its interests"),
    )


def _of_seat(holder: Holder) -> Hindrance | None:
    slug = holder.holding.alliance.slug
    if holder.attestation is None:
        text = _("Your independence statement is not current, so your seat cannot vote until you sign it.")
        return Hindrance(text, reverse("governance:attest", args=[slug]), _("Sign it"))
    if holder.disclosure is None:
        text = _("Your disclosure of conflicts is not current, so your seat cannot vote until you renew it.")
        return Hindrance(text, reverse("governance:disclose", args=[slug]), _("Renew it"))
    return None
