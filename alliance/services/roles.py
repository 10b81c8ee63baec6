"""What ends what a person does in an alliance: laying a role down, or having it ended."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Invitation, Person
from accounts.permissions import require
from alliance.models import Alliance, Member, MemberInvitation, Role
from alliance.services.locking import lock, require_living, require_not_signing, tell
from alliance.states import INDEPENDENT, WRITABLE, Membership, RoleKind
from audit.errors import DomainError


@transaction.atomic
def end_role(*, actor: Person, role: Role) -> Role:
    """End a role from now on; it stays on record, its holder is told, and an open offer of the same to them is void.

    Everybody lays down a role of their own. A member's people end one held for it; an organiser ends an observer's,
    and before the charter counsel's, the auditor's and the custodian's. The last organiser, and the last who acts for
    an admitted member, stay until somebody else has come in. Raises DomainError then, and for a role that is over.
    """
    alliance, at = lock(role.alliance_id)
    role = Role.objects.select_related("person", "member__organisation").get(pk=role.pk)
    require("alliance.end_role", actor, role)
    if role.revoked_at is not None:
        raise DomainError("role_over", _("This role is over already."))
    if role.person_id != actor.pk:
        _require_theirs_to_end(alliance, role)
    _require_another(alliance, role)
    role.revoked_at = at
    role.save(update_fields=["revoked_at"])
    _void_offers(role)
    tell("role.ended", alliance, actor=actor, subject=role, at=at, data={"roles": [role.kind]})
    return role


def _require_theirs_to_end(alliance: Alliance, role: Role) -> None:
    """Under a charter nobody sends away who checks, advises, or keeps figures in confidence."""
    require_living(alliance)
    if role.kind not in INDEPENDENT:
        return
    require_not_signing(alliance)
    if alliance.state not in WRITABLE:
        raise DomainError(
            "independent_role",
            _("Under the charter only %(person)s lays this role down. Ask them to.") % {"person": role.person},
        )


def _require_another(alliance: Alliance, role: Role) -> None:
    """Nobody leaves an alliance without an organiser, or an admitted member without anybody who acts for it."""
    others = Role.objects.current().exclude(pk=role.pk)
    if role.kind == RoleKind.ORGANISER and not others.filter(alliance=alliance, kind=role.kind).exists():
        raise DomainError(
            "last_organiser",
            _("Nobody else organises this alliance. Invite an organiser; once they have accepted, lay this role down."),
        )
    member: Member | None = role.member
    if member and member.state == Membership.ADMITTED and not others.filter(member=member).exists():
        raise DomainError(
            "last_of_member",
            _("Nobody else acts for %(member)s. Invite somebody for it; once they have accepted, end this role.")
            % {"member": member},
        )


def _void_offers(role: Role) -> None:
    """An open invitation of the person's address to the same role would bring it back."""
    offers = MemberInvitation.objects.filter(
        alliance=role.alliance_id,
        member=role.member_id,
        invitation__email=role.person.email.strip().lower(),
        invitation__used_at__isnull=True,
    )
    same = [offer.invitation_id for offer in offers if role.kind in {each["kind"] for each in offer.roles}]
    Invitation.objects.filter(pk__in=same, withdrawn_at__isnull=True).update(withdrawn_at=role.revoked_at)
