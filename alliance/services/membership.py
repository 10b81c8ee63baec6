"""Who is in: admitting, kinds, relations, leaving."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Invitation, Person
from accounts.permissions import require
from alliance import departures
from alliance.models import Member, Relation, Role, Round
from alliance.permissions import speaks_for
from alliance.services.control import end_open_round
from alliance.services.locking import lock, require_living, require_not_signing, require_writable, tell
from alliance.states import MUTUAL, OF_A_MEMBER, UNDER_CHARTER, Area, Membership, Participation, RelationKind, RoleKind
from audit.errors import DomainError


@transaction.atomic
def admit_member(*, actor: Person, member: Member) -> Member:
    """Admit an organisation that has accepted, before the charter (under it, admission is a decision)."""
    alliance, at = lock(member.alliance_id)
    require("alliance.admit_member", actor, alliance)
    require_writable(alliance, Area.MEMBERS)
    changed = Member.objects.filter(pk=member.pk, state=Membership.ACCEPTED).update(
        state=Membership.ADMITTED, admitted_at=at
    )
    if not changed:
        raise DomainError("not_accepted", _("Only an organisation that has accepted can be admitted."))
    member.refresh_from_db()
    tell("member.admitted", alliance, actor=actor, subject=member, at=at)
    return member


@transaction.atomic
def withdraw_member(*, actor: Person, member: Member) -> Member:
    """Take an organisation out before the charter, with the roles held for it. The convener stays.

    Its seats end, and an open round in which it has a step, which can no longer be signed by all. Under a charter that
    an amendment has opened, a member leaves by its own signatory’s word alone.
    """
    alliance, at = lock(member.alliance_id)
    require("alliance.withdraw_member", actor, member)
    require_writable(alliance, Area.MEMBERS)
    if alliance.state in UNDER_CHARTER and not speaks_for(actor, member, RoleKind.SIGNATORY):
        raise DomainError(
            "leaves_itself",
            _("Under the charter nobody takes another member out: it leaves by its own signatory, or is expelled."),
        )
    if member.organisation_id == alliance.convener_id:
        raise DomainError("convener_stays", _("The convener cannot leave; abandon the alliance instead."))
    changed = Member.objects.present().filter(pk=member.pk).update(state=Membership.WITHDRAWN, left_at=at)
    if not changed:
        raise DomainError("left_already", _("This organisation has left already."))
    Role.objects.current().filter(member=member).update(revoked_at=at)
    Invitation.objects.filter(offer__member=member, used_at__isnull=True).update(withdrawn_at=at)
    end_open_round(alliance, actor, at, among=Round.objects.filter(steps__member=member))
    member.refresh_from_db()
    tell("member.withdrawn", alliance, actor=actor, subject=member, at=at)
    departures.end_all(member, actor, at)
    return member


@transaction.atomic
def confirm_category(*, actor: Person, member: Member) -> Member:
    """Confirm a member's kind. Another group's person or the auditor may, never the member itself."""
    alliance, at = lock(member.alliance_id)
    member = Member.objects.select_related("organisation").get(pk=member.pk)
    require("alliance.confirm_category", actor, member)
    require_living(alliance)
    if member.state == Membership.WITHDRAWN:
        raise DomainError("left_already", _("This organisation has left already."))
    member.category_confirmed_by = actor
    member.category_confirmed_by_member = _voice_of(actor, member)
    member.category_confirmed_at = at
    member.witnessed = True
    member.save(
        update_fields=[
            "category_confirmed_by",
            "category_confirmed_by_member",
            "category_confirmed_at",
            "witnessed",
        ]
    )
    tell("category.confirmed", alliance, actor=actor, subject=member, at=at)
    return member


@transaction.atomic
def describe_public_part(*, actor: Person, member: Member, statutory_limit: str, public_benefit: str) -> Member:
    """Say what the law does not let a public participant cede, and its benefit in other units than money.

    Until both are on record, what binds voting members binds it too (S2). Its representative or an organiser says it,
    before the charter, which names both. Raises DomainError for a voting member, and where either is left out.
    """
    alliance, at = lock(member.alliance_id)
    member = Member.objects.get(pk=member.pk)
    require("alliance.describe_public_part", actor, member)
    require_writable(alliance, Area.MEMBERS)
    require_not_signing(alliance)
    if member.participation != Participation.PUBLIC or member.state == Membership.WITHDRAWN:
        raise DomainError("not_public", _("Only a public participant says this."))
    for name, text in (("statutory_limit", statutory_limit), ("public_benefit", public_benefit)):
        if not text.strip():
            raise DomainError("part_missing", _("Say both: what it cannot cede, and what it gains."), field=name)
    member.statutory_limit, member.public_benefit = statutory_limit.strip(), public_benefit.strip()
    member.save(update_fields=["statutory_limit", "public_benefit"])
    tell("public_part.described", alliance, actor=actor, subject=member, at=at)
    return member


def _voice_of(actor: Person, member: Member) -> Member | None:
    """The admitted member of another group for which the actor speaks; None for the auditor."""
    roles = Role.objects.current().of_kind(*OF_A_MEMBER).filter(alliance=member.alliance_id, person=actor)
    own = roles.filter(member__state=Membership.ADMITTED).select_related("member__organisation")
    voices = (role.member for role in own.order_by("granted_at", "pk"))
    return next((voice for voice in voices if voice and voice.group_key != member.group_key), None)


@transaction.atomic
def record_relation(*, actor: Person, first: Member, second: Member, kind: RelationKind) -> Relation:
    """Record that one member competes with, supplies or litigates against another. Any member may."""
    alliance, at = lock(first.alliance_id)
    require("alliance.record_relation", actor, alliance)
    require_living(alliance)
    require_not_signing(alliance)
    if second.alliance_id != alliance.pk or first.pk == second.pk:
        raise DomainError("relation_of_two", _("Choose two different members of this alliance."), field="second")
    if kind in MUTUAL and Relation.objects.filter(first=second, second=first, kind=kind).exists():
        raise DomainError("relation_known", _("This is on record already."), field="kind")
    relation, is_new = Relation.objects.get_or_create(
        first=first,
        second=second,
        kind=kind,
        defaults={"alliance": alliance, "recorded_by": actor, "recorded_at": at},
    )
    if not is_new:
        raise DomainError("relation_known", _("This is on record already."), field="kind")
    tell("relation.recorded", alliance, actor=actor, subject=relation, at=at, data={"kind": kind})
    return relation
