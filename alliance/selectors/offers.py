"""What an invitation is to, as its page and its mail say it."""

from django.urls import reverse

from accounts.acceptance import Offer
from accounts.models import Invitation
from alliance.models import MemberInvitation
from alliance.states import WRITABLE, RoleKind


def describe_offer(invitation: Invitation) -> Offer | None:
    """The alliance and the roles that an invitation offers; None where it offers nothing of this app."""
    found = MemberInvitation.objects.select_related("alliance").filter(invitation=invitation).first()
    if found is None:
        return None
    return Offer(
        to=found.alliance.name,
        purpose=found.alliance.purpose,
        roles=[str(RoleKind(role["kind"]).label) for role in found.roles],
        url=_first_page(found),
    )


def _first_page(found: MemberInvitation) -> str:
    """Where the person begins: a representative with the six questions, anybody else with the overview."""
    speaks = any(role["kind"] == RoleKind.REPRESENTATIVE for role in found.roles)
    if found.member_id and speaks and found.alliance.state in WRITABLE:
        return reverse("alliance:answer_questions", args=[found.alliance.slug, found.member_id])
    return reverse("alliance:overview", args=[found.alliance.slug])
