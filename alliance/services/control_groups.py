"""Who stands under whose control: members of one group count as one, wherever control matters."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ControlGroup, Person
from accounts.permissions import require
from accounts.rules import name_key, one_line
from alliance.models import Member
from alliance.services.locking import lock, require_living, tell
from alliance.states import Membership, RoleKind
from audit.errors import DomainError


@transaction.atomic
def state_control(*, actor: Person, member: Member, group: str) -> Member:
    """Say, for this alliance, which group controls a member (more than half of it); an empty name takes that back.

    Members that name the same group count as one: in seats, votes, checks and figures. Who acts for the member, who
    organises, and the auditor say it, at any time; what the auditor says only the auditor changes, and what somebody
    else said only they and the auditor. Raises DomainError otherwise, and for a member that has left.
    """
    alliance, at = lock(member.alliance_id)
    member = Member.objects.with_names().select_related("group_said_by").get(pk=member.pk)
    require("alliance.state_control", actor, member)
    require_living(alliance)
    if member.state == Membership.WITHDRAWN:
        raise DomainError("left_already", _("This organisation has left already."))
    _require_own_word(actor, member)
    before = member.control
    member.group = _group_called(member, group) if group.strip() else None
    member.group_said_by, member.group_said_at = (actor, at) if member.group else (None, None)
    member.save(update_fields=["group", "group_said_by", "group_said_at"])
    if before == member.control:
        raise DomainError("control_known", _("This is on record already."), field="group")
    tell("control.stated", alliance, actor=actor, subject=member, at=at, data={"group": str(member.group or "")})
    return member


def _require_own_word(actor: Person, member: Member) -> None:
    said_by = member.group_said_by
    if said_by is None or said_by == actor:
        return
    if not actor.roles.current().of_kind(RoleKind.AUDITOR).filter(alliance=member.alliance_id).exists():
        raise DomainError(
            "said_by_another",
            _("%(name)s has put this on record. Only they, or the auditor, say otherwise.") % {"name": said_by},
        )


def _group_called(member: Member, name: str) -> ControlGroup:
    """The group of that name that a member here is in, else a new one."""
    members = Member.objects.filter(alliance=member.alliance_id).present().with_names()
    controls = [each.control for each in members.order_by("invited_at", "pk")]
    known = [control for control in controls if control and name_key(control.name) == name_key(name)]
    return known[0] if known else ControlGroup.objects.create(name=one_line(name))
