"""Founding an alliance, and what it says of itself."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Organisation, Person
from accounts.permissions import require
from alliance import rules
from alliance.models import AffectedParty, Alliance, Category, Member, Role
from alliance.services.locking import lock, require_writable, tell
from alliance.services.reasons import state_expectation
from alliance.states import Area, ContributionKind, Membership, Permanence, Profile, RoleKind
from audit import clock
from audit.errors import DomainError

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Those of an address that are not taken for one another."""
CHANGEABLE = frozenset(
    {
        "purpose",
        "origin",
        "statement",
        "permanence",
        "term_months",
        "next_problem",
        "pooled_amount",
        "currency",
        "pools_patents",
        "pools_personal_data",
    }
)


@transaction.atomic
def found_alliance(
    *,
    actor: Person,
    name: str,
    purpose: str,
    origin: str,
    statement: str,
    permanence: str,
    term_months: int | None,
    convener: Organisation,
    category: str,
    affected_parties: list[str],
    reasons: Collection[str] = (),
    facts: dict[str, Any] | None = None,
) -> Alliance:
    """Found an alliance: its convener is its first member, the founder its organiser and first representative.

    The readiness profile starts at the floor that the facts give. `affected_parties` are names, `facts` may hold
    pooled_amount, currency, pools_patents, pools_personal_data; `reasons` are those for which value is expected.
    Raises DomainError when the founder does not work for the convener, or a name is taken.
    """
    at = clock.read()
    require("alliance.found_alliance", actor)
    if not Organisation.objects.vouching_for(actor).filter(pk=convener.pk).exists():
        raise not_yours()
    alliance = Alliance(
        slug=_free_slug(name),
        name=name,
        purpose=purpose,
        origin=origin,
        statement=statement,
        permanence=permanence,
        term_months=None if permanence == Permanence.PERMANENT else term_months,
        convener=convener,
        created_at=at,
        **(facts or {}),
    )
    if permanence == Permanence.TEMPORARY and not term_months:
        raise DomainError("term_missing", _("Say for how many months the alliance is formed."), field="term_months")
    alliance.profile = floor_of(alliance, groups=1)
    alliance.save(force_insert=True)
    kind = Category.objects.create(alliance=alliance, name=category)
    member = Member.objects.create(
        alliance=alliance,
        organisation=convener,
        category=kind,
        state=Membership.ADMITTED,
        invited_at=at,
        admitted_at=at,
    )
    for role, of in ((RoleKind.ORGANISER, None), (RoleKind.REPRESENTATIVE, member)):
        Role.objects.create(alliance=alliance, person=actor, kind=role, member=of, granted_at=at)
    AffectedParty.objects.bulk_create(
        [AffectedParty(alliance=alliance, name=party) for party in dict.fromkeys(affected_parties)]
    )
    tell("alliance.founded", alliance, actor=actor, subject=alliance, at=at, data={"profile": alliance.profile})
    if reasons:
        state_expectation(actor=actor, alliance=alliance, reasons=reasons)
    return alliance


def not_yours() -> DomainError:
    """The refusal of an organisation that the founder does not work for."""
    return DomainError("not_your_organisation", _("Found it for an organisation that you work for."), field="convener")


def _free_slug(name: str) -> str:
    """An address with some letters by chance: whoever founds an alliance learns nothing of others of that name."""
    base = slugify(name)[:50].strip("-") or "alliance"
    while Alliance.objects.filter(slug=(slug := f"{base}-{get_random_string(4, LETTERS)}")).exists():
        continue
    return slug


def floor_of(alliance: Alliance, *, groups: int) -> str:
    """The lowest profile that an alliance's record allows with so many groups."""
    return rules.floor_profile(
        groups=groups,
        term_months=alliance.term_months,
        pooled=max(alliance.pooled_amount, _money_signed(alliance)),
        pools_patents=alliance.pools_patents,
        pools_personal_data=alliance.pools_personal_data,
    )


def _money_signed(alliance: Alliance) -> int:
    """What members have signed to pay in, in minor units of whatever currency: pooled, whatever is said of it."""
    if alliance._state.adding:
        return 0
    signed = alliance.contributions.filter(kind=ContributionKind.MONEY, signed_at__isnull=False, witnessed=True)
    return signed.aggregate(sum=Sum("amount"))["sum"] or 0


def raise_to_floor(alliance: Alliance) -> None:
    """Raise the profile where the record asks for a deeper one, in the caller's transaction; it never lowers it."""
    profile = rules.higher_profile(alliance.profile, floor_of(alliance, groups=count_groups(alliance)))
    if profile != alliance.profile:
        alliance.profile = profile
        alliance.save(update_fields=["profile"])


def count_groups(alliance: Alliance) -> int:
    """How many control groups the members that have not left belong to."""
    return len({member.group_key for member in alliance.members.present().select_related("organisation")})


@transaction.atomic
def change_alliance(*, actor: Person, alliance: Alliance, **changes: Any) -> Alliance:
    """Change what the alliance says of itself, before its charter; the profile rises with its floor by itself.

    `changes` are fields among CHANGEABLE. Raises DomainError under a charter.
    """
    alliance, at = lock(alliance)
    require("alliance.change_alliance", actor, alliance)
    require_writable(alliance, Area.PURPOSE)
    if not changes.keys() <= CHANGEABLE:
        raise DomainError("not_changeable", _("This cannot be changed here."))
    for field, value in changes.items():
        setattr(alliance, field, value)
    if alliance.is_permanent:
        alliance.term_months = None
    elif not alliance.term_months:
        raise DomainError("term_missing", _("Say for how many months the alliance is formed."), field="term_months")
    alliance.profile = rules.higher_profile(alliance.profile, floor_of(alliance, groups=count_groups(alliance)))
    alliance.save()
    tell("alliance.changed", alliance, actor=actor, subject=alliance, at=at, data={"fields": sorted(changes)})
    return alliance


@transaction.atomic
def raise_profile(*, actor: Person, alliance: Alliance, profile: Profile) -> Alliance:
    """Deepen the readiness check. Any member or the auditor may; it is never lowered here."""
    alliance, at = lock(alliance)
    require("alliance.raise_profile", actor, alliance)
    if rules.ORDER.index(profile) <= rules.ORDER.index(alliance.profile):
        raise DomainError(
            "profile_not_higher",
            _("Choose a deeper profile; lowering it takes a decision of the members."),
            field="profile",
        )
    before, alliance.profile = alliance.profile, profile
    alliance.save(update_fields=["profile"])
    tell("profile.raised", alliance, actor=actor, subject=alliance, at=at, data={"from": before, "to": profile})
    return alliance


@transaction.atomic
def add_affected_party(*, actor: Person, alliance: Alliance, name: str) -> AffectedParty:
    """Add a party that the problem touches. Any member may."""
    alliance, at = lock(alliance)
    require("alliance.add_affected_party", actor, alliance)
    require_writable(alliance, Area.MEMBERS)
    party, is_new = AffectedParty.objects.get_or_create(alliance=alliance, name=name.strip())
    if not is_new:
        raise DomainError("party_listed", _("This party is listed already."), field="name")
    tell("affected_party.added", alliance, actor=actor, subject=party, at=at)
    return party


@transaction.atomic
def explain_affected_party(
    *, actor: Person, party: AffectedParty, member: Member | None, reason_absent: str
) -> AffectedParty:
    """Say which member an affected party is, or why it is not one. Raises DomainError when neither is said."""
    alliance, at = lock(party.alliance_id)
    require("alliance.list_affected_party", actor, alliance)
    require_writable(alliance, Area.MEMBERS)
    if member is None and not reason_absent.strip():
        raise DomainError(
            "neither_member_nor_reason", _("Name the member, or say why it is absent."), field="reason_absent"
        )
    if member is not None and member.alliance_id != alliance.pk:
        raise DomainError("foreign_member", _("Choose a member of this alliance."), field="member")
    party.member, party.reason_absent = member, "" if member else reason_absent
    party.save(update_fields=["member", "reason_absent"])
    tell(
        "affected_party.explained", alliance, actor=actor, subject=party, at=at, data={"is_member": member is not None}
    )
    return party
