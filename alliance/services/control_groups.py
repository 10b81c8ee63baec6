"""Who stands under whose control: members of one group count as one, wherever control matters."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ControlGroup, Person
from accounts.permissions import require
from accounts.rules import name_key, one_line
from alliance.bars import require_no_bar
from alliance.models import Alliance, ControlClaim, Member
from alliance.permissions import is_auditor
from alliance.services.founding import raise_to_floor
from alliance.services.locking import lock, require_living, require_not_signing, tell
from alliance.states import Membership, RoleKind
from audit.errors import DomainError


@transaction.atomic
def state_control(*, actor: Person, member: Member, group: str) -> Member:
    """Say, for this alliance, which group controls a member (more than half of it); an empty name: none does.

    Members of one group count as one: in seats, votes, checks and figures. The member's own people say it, or the
    auditor. At once counts what the auditor says, and what neither joins the member to others here nor parts it from
    them; the rest waits for `confirm_control`. Raises DomainError where it is on record of the organisation itself,
    for what the auditor has said, for a member that has left, while the members vote, and from one group to another
    at once: it is said first that none controls it.
    """
    alliance, at = lock(member.alliance_id)
    member = _present(member)
    require("alliance.state_control", actor, member)
    require_living(alliance)
    require_not_signing(alliance)
    _require_open(actor, member)
    named = _group_called(member, group) if group.strip() else None
    claim = ControlClaim.objects.filter(member=member).first()
    if named == (claim.group if claim else member.control):
        raise DomainError("control_known", _("This is on record already."), field="group")
    _require_answered(member)
    ControlClaim.objects.filter(member=member).delete()
    if named == member.control:
        tell("control.claim_dropped", alliance, actor=actor, subject=member, at=at, data=_named(member.control))
    elif is_auditor(actor, alliance) or not _is_between_two(member, named):
        _put(alliance, member, named, actor, at)
        tell("control.stated", alliance, actor=actor, subject=member, at=at, data=_named(named))
    else:
        ControlClaim.objects.create(member=member, group=named, said_by=actor, said_at=at)
        tell("control.claimed", alliance, actor=actor, subject=member, at=at, data=_named(named))
    return member


@transaction.atomic
def confirm_control(*, actor: Person, member: Member) -> Member:
    """Confirm what a member has said of who controls it; from then on it counts.

    That it joins a group, one of that group’s people here confirms; that it leaves one, those of a member of another
    group; either, the auditor. Nobody confirms what they said. Raises DomainError where nothing waits.
    """
    alliance, at = lock(member.alliance_id)
    member = _present(member)
    require("alliance.confirm_control", actor, member)
    require_living(alliance)
    require_not_signing(alliance)
    claim = ControlClaim.objects.select_related("group", "said_by").filter(member=member).first()
    if claim is None:
        raise DomainError("nothing_claimed", _("Nothing waits to be confirmed of it any more."))
    _is_between_two(member, claim.group)
    _put(alliance, member, claim.group, claim.said_by, claim.said_at)
    claim.delete()
    tell("control.confirmed", alliance, actor=actor, subject=member, at=at, data=_named(member.group))
    return member


@transaction.atomic
def drop_control_claim(*, actor: Person, member: Member) -> Member:
    """Take back what a member has said of who controls it, or say that it is not so, while it waits.

    Its own people do, and who may confirm it. Raises DomainError where nothing waits.
    """
    alliance, at = lock(member.alliance_id)
    member = _present(member)
    require("alliance.drop_control_claim", actor, member)
    claim = ControlClaim.objects.select_related("group").filter(member=member).first()
    if claim is None:
        raise DomainError("nothing_claimed", _("Nothing waits to be confirmed of it any more."))
    said_by = claim.said_by_id
    claim.delete()
    data = _named(claim.group) | {"said_by": str(said_by)}
    tell("control.claim_dropped", alliance, actor=actor, subject=member, at=at, data=data)
    return member


def _present(member: Member) -> Member:
    found: Member = Member.objects.with_names().select_related("group_said_by").get(pk=member.pk)
    if found.state == Membership.WITHDRAWN:
        raise DomainError("left_already", _("This organisation has left already."))
    return found


def _require_open(actor: Person, member: Member) -> None:
    group, said_by = member.organisation.control_group, member.group_said_by
    if group:
        raise DomainError(
            "control_on_record",
            _("%(member)s is on record as part of %(group)s everywhere. Name that group for others that it controls.")
            % {"member": member, "group": group},
            field="group",
        )
    if said_by is None or said_by == actor or is_auditor(actor, member):
        return
    audited = said_by.roles.of_kind(RoleKind.AUDITOR).filter(
        alliance=member.alliance_id, granted_at__lte=member.group_said_at
    )
    if audited.exclude(revoked_at__lte=member.group_said_at).exists():
        raise DomainError(
            "said_by_auditor",
            _("%(name)s put this on record as auditor. Only an auditor of this alliance changes it.")
            % {"name": said_by},
            field="group",
        )


def _require_answered(member: Member) -> None:
    """Who says that it is in this member’s group is answered before this member says that it is in none."""
    others = ControlClaim.objects.filter(member__alliance=member.alliance_id).exclude(member=member)
    named = others.filter(group=member.group_id).select_related("member__organisation")
    claim = named.first() if member.group_id else None
    if claim:
        raise DomainError(
            "claim_waits",
            _("%(other)s says that it is in the same group. Confirm that first, or say that it is not so.")
            % {"other": claim.member},
            field="group",
        )


def _is_between_two(member: Member, named: ControlGroup | None) -> bool:
    """Would this join the member to others here, or part it from them? Raises DomainError for both at once."""
    others = [each.group_key for each in _others(member)]
    leaves, joins = member.group_key in others, named is not None and named.pk in others
    if leaves and joins:
        raise DomainError(
            "control_between",
            _("It counts with %(group)s here. Say first that none controls it; once that is confirmed, name the other.")
            % {"group": member.control},
            field="group",
        )
    return leaves or joins


def _others(member: Member) -> list[Member]:
    present = Member.objects.filter(alliance=member.alliance_id).present().exclude(pk=member.pk)
    return list(present.with_names().order_by("invited_at", "pk"))


def _group_called(member: Member, name: str) -> ControlGroup:
    """The group of that name that a member here is in, else a new one."""
    controls = [each.control for each in [*_others(member), member]]
    known = [control for control in controls if control and name_key(control.name) == name_key(name)]
    return known[0] if known else ControlGroup.objects.create(name=one_line(name))


def _put(alliance: Alliance, member: Member, group: ControlGroup | None, by: Person, at: datetime) -> None:
    """Let it count, and the profile rise with its floor."""
    require_no_bar(alliance)
    member.group = group
    member.group_said_by, member.group_said_at = (by, at) if group else (None, None)
    member.save(update_fields=["group", "group_said_by", "group_said_at"])
    raise_to_floor(alliance)


def _named(group: ControlGroup | None) -> dict[str, str]:
    return {"group": str(group or "")}
