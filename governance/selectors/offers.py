"""What an invitation to a seat is to, as its page and its mail say it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.acceptance import Offer
from accounts.models import Invitation
from governance.models import SeatInvitation


def describe_offer(invitation: Invitation) -> Offer | None:
    """The seat that an invitation is to; None where it is to no seat."""
    found = SeatInvitation.objects.select_related("alliance", "seat").filter(invitation=invitation).first()
    if found is None:
        return None
    return Offer(
        to=found.alliance.name,
        purpose=found.alliance.purpose,
        roles=[_("holder of the seat “%(seat)s”") % {"seat": found.seat}],
        url=reverse("governance:committee", args=[found.alliance.slug]),
    )
