"""Who comes in: inviting an organisation or a person, and what accepting brings."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Invitation, Organisation, Person
from accounts.permissions import require
from accounts.querysets import OrganisationQuerySet
from accounts.rules import name_key, one_line
from accounts.services import invitations
from alliance.models import Alliance, Category, Member, MemberInvitation, Role
from alliance.permissions import has_role, speaks_for, works_for_member
from alliance.services.founding import raise_to_floor
from alliance.services.locking import lock, require_living, require_writable, tell
from alliance.states import KEPT_APART, NOT_WITH_AUDITOR, OF_A_MEMBER, Area, Membership, RoleKind
from audit.errors import DomainError


@transaction.atomic
def invite_member(
    *,
    actor: Person,
    alliance: Alliance,
    organisation: str,
    category: str,
    participation: str,
    email: str,
    name: str,
    roles: list[str],
    mandate: str = "",
    statutory_limit: str = "",
    public_benefit: str = "",
) -> Member:
    """Invite an organisation by its person's address; accepting makes that person act for it in `roles`.

    `roles` are among representative and signatory (a signatory needs its mandate). The profile rises with its floor.
    Raises DomainError when the organisation is invited already, or a role is not a member's.
    """
    alliance, at = lock(alliance)
    require("alliance.invite_member", actor, alliance)
    require_writable(alliance, Area.MEMBERS)
    _require_member_roles(roles, mandate)
    found, _new = Organisation.objects.enter(organisation)
    if alliance.members.present().filter(organisation=found).exists():
        raise DomainError("member_invited", _("This organisation is invited already."), field="organisation")
    kind, _new = Category.objects.get_or_create(
        alliance=alliance, key=name_key(category), defaults={"name": one_line(category)}
    )
    member = Member.objects.create(
        alliance=alliance,
        organisation=found,
        category=kind,
        participation=participation,
        invited_at=at,
        statutory_limit=statutory_limit,
        public_benefit=public_benefit,
        **_control_before(alliance, found),
    )
    invitation = _invite(actor, alliance, member, email=email, name=name, roles=roles, mandate=mandate)
    raise_to_floor(alliance)
    tell(
        "member.invited",
        alliance,
        actor=actor,
        subject=member,
        at=at,
        data={"invitation": str(invitation.pk), "participation": participation, "profile": alliance.profile},
    )
    return member


@transaction.atomic
def invite_person(
    *,
    actor: Person,
    alliance: Alliance,
    email: str,
    name: str,
    roles: list[str],
    member: Member | None = None,
    organisation: str = "",
    mandate: str = "",
) -> Invitation:
    """Invite one more person: for a member as representative or signatory, or as counsel, auditor, custodian, observer.

    A member's own people invite for it; an organiser does only while it has none, and for roles of the alliance.
    Someone invited for no member names the organisation they work for. An open invitation to the same is replaced.
    Raises DomainError on a wrong mix of roles.
    """
    alliance, at = lock(alliance)
    require("alliance.invite_person", actor, alliance)
    require_living(alliance)
    if member is not None:
        _require_member_roles(roles, mandate)
        if member.alliance_id != alliance.pk:
            raise DomainError("foreign_member", _("Choose a member of this alliance."), field="member")
        _require_own_people(actor, member)
    elif not has_role(actor, alliance, RoleKind.ORGANISER):
        raise DomainError("member_missing", _("Say for which member of yours this person acts."), field="member")
    elif not roles:
        raise DomainError(
            "roles_missing", _("Say what this person does here: choose at least one role."), field="roles"
        )
    elif set(roles) & OF_A_MEMBER:
        raise DomainError("member_missing", _("Say which member this person acts for."), field="member")
    elif not organisation.strip():
        raise DomainError("organisation_missing", _("Say which organisation they work for."), field="organisation")
    else:
        _require_outside(alliance, roles, Organisation.objects.called(organisation))
    _replace_invitation(alliance, member, email, roles, at)
    invitation = _invite(
        actor, alliance, member, email=email, name=name, roles=roles, mandate=mandate, organisation=organisation
    )
    tell("person.invited", alliance, actor=actor, subject=invitation, at=at, data={"roles": sorted(roles)})
    return invitation


def _require_own_people(actor: Person, member: Member) -> None:
    """Who speaks and signs for a member, its own people say; the first are invited with it."""
    if not speaks_for(actor, member) and member.roles.current().of_kind(*OF_A_MEMBER).exists():
        raise DomainError(
            "own_people_invite",
            _("%(member)s has people of its own here: one of them invites others for it.") % {"member": member},
            field="member",
        )


def _replace_invitation(alliance: Alliance, member: Member | None, email: str, roles: list[str], at: datetime) -> None:
    """The newest invitation of an address to the same part counts: an earlier one, lost perhaps, opens no more."""
    offers = MemberInvitation.objects.filter(
        alliance=alliance, member=member, invitation__email=email.strip().lower(), invitation__used_at__isnull=True
    )
    same = [offer.invitation_id for offer in offers if {role["kind"] for role in offer.roles} == set(roles)]
    Invitation.objects.filter(pk__in=same, withdrawn_at__isnull=True).update(withdrawn_at=at)


def _require_outside(alliance: Alliance, roles: Iterable[str], organisations: OrganisationQuerySet) -> None:
    """A custodian keeps figures that no member may see; an auditor reads what is said of members in confidence."""
    apart = [RoleKind(kind) for kind in KEPT_APART if kind in roles]
    if apart and works_for_member(alliance, organisations):
        raise DomainError(
            f"{apart[0]}_not_independent",
            _("The %(role)s must work for no member: this organisation is one, or belongs to one.")
            % {"role": apart[0].label.lower()},
            field="organisation",
        )


def _require_one_side(alliance: Alliance, roles: Iterable[str], person: Person, member: Member | None) -> None:
    """Nobody checks, advises on or keeps in confidence what they do themselves; and nobody acts for two groups."""
    held = list(Role.objects.current().filter(alliance=alliance, person=person).select_related("member__organisation"))
    kinds = {*roles, *(role.kind for role in held)}
    apart = [kind for kind in (*KEPT_APART, RoleKind.COUNSEL) if kind in kinds]
    if apart and kinds & NOT_WITH_AUDITOR:
        raise DomainError(
            f"{apart[0]}_not_independent",
            _("The %(role)s cannot also organise, or act for a member. Give up one before you take on the other.")
            % {"role": apart[0].label.lower()},
        )
    convener = _convening(alliance)
    if member and convener and RoleKind.ORGANISER in kinds and not _are_one(member, convener):
        raise DomainError(
            "organises",
            _("Who organises speaks for the convener alone. Somebody else of %(member)s comes in.")
            % {"member": member},
        )
    other = next((role.member for role in held if role.member and member and not _are_one(role.member, member)), None)
    if other:
        raise DomainError(
            "acts_for_another",
            _("You act for %(other)s here, and nobody acts for two groups. Somebody else of %(member)s comes in.")
            % {"other": other, "member": member},
        )


def _control_before(alliance: Alliance, organisation: Organisation) -> dict[str, Any]:
    """What was on record here of who controls it when it left: coming back does not undo that."""
    before = (
        alliance.members.filter(organisation=organisation, group__isnull=False).order_by("-invited_at", "-pk").first()
    )
    fields = ("group_id", "group_said_by_id", "group_said_at")
    return {field: getattr(before, field) for field in fields} if before else {}


def _convening(alliance: Alliance) -> Member | None:
    return alliance.members.present().with_names().filter(organisation=alliance.convener_id).first()


def _are_one(first: Member, second: Member) -> bool:
    return first.group_key == second.group_key


def _require_member_roles(roles: list[str], mandate: str) -> None:
    if not roles or not set(roles) <= OF_A_MEMBER:
        raise DomainError("roles_not_of_member", _("Choose representative, signatory, or both."), field="roles")
    if RoleKind.SIGNATORY in roles and not mandate.strip():
        raise DomainError("mandate_missing", _("Say by what mandate the signatory binds the member."), field="mandate")


def _invite(
    actor: Person, alliance: Alliance, member: Member | None, *, roles: list[str], mandate: str, **who: Any
) -> Invitation:
    organisation = who.pop("organisation", "")
    employer = member.organisation if member else None
    if employer is None and organisation.strip():
        employer, _new = Organisation.objects.enter(organisation)
    invitation = invitations.invite(actor=actor, organisation=employer, **who)
    offers = [{"kind": role, "mandate": mandate if role == RoleKind.SIGNATORY else ""} for role in roles]
    MemberInvitation.objects.create(invitation=invitation, alliance=alliance, member=member, roles=offers)
    return invitation


def accept_offer(invitation: Invitation, person: Person, at: datetime) -> None:
    """What accepting an invitation means here: the roles it offers, and the member's own acceptance.

    Runs in the transaction of the acceptance. Does nothing for an invitation that offers nothing here.
    """
    offer = MemberInvitation.objects.filter(invitation=invitation).first()
    if offer is None:
        return
    alliance, at = lock(offer.alliance_id)
    require_living(alliance)
    offer.refresh_from_db()
    if offer.member and offer.member.state == Membership.WITHDRAWN:
        raise DomainError("left_already", _("This organisation has left the alliance. Ask to be invited anew."))
    offered = {role["kind"] for role in offer.roles}
    _require_outside(alliance, offered, Organisation.objects.employing(person))
    _require_one_side(alliance, offered, person, offer.member)
    for role in offer.roles:
        _grant(alliance, person, role["kind"], offer.member, role["mandate"], at)
    if offer.member:
        Member.objects.filter(pk=offer.member.pk, state=Membership.INVITED).update(state=Membership.ACCEPTED)
    subject: Any = offer.member or invitation
    data = {"roles": sorted(offered), "invitation": str(invitation.pk)}
    tell("invitation.accepted", alliance, actor=person, subject=subject, at=at, data=data)


def _grant(alliance: Alliance, person: Person, kind: str, member: Member | None, mandate: str, at: datetime) -> Role:
    role, _new = Role.objects.get_or_create(
        alliance=alliance,
        person=person,
        kind=kind,
        member=member,
        revoked_at=None,
        defaults={"granted_at": at, "mandate": mandate},
    )
    return role
