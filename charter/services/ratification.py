"""Ratification: proposed by the convener, opened by the chair, signed by the members' signatories, in force by itself.

The gate is asked again in the transaction that makes the charter active, on the members who signed.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require, require_bound
from accounts.rules import SIGNING, Proof
from alliance import departures
from alliance.models import Alliance, Member, Role
from alliance.services.locking import lock
from alliance.states import Membership, RoleKind, State
from audit.errors import DomainError
from audit.models import Stream
from audit.services import record
from charter.models import Charter, CharterVersion, Signature
from charter.rules import rule_met
from charter.selectors.composition import Composition, compose
from charter.services.drafting import refresh_composition
from charter.services.lifecycle import move, require_gate
from charter.services.versions import move_version
from charter.states import SigningRule, VersionState, VoidReason
from governance.services.founding_rules import close_due_votes, end_founding_rules
from traits.selectors.reading import read_alliance
from traits.services.assessments import assess_alliance


@transaction.atomic
def propose_ratification(*, actor: Person, charter: Charter) -> Charter:
    """The convener's half of opening the charter for signing; the chair's is `begin_ratifying`."""
    alliance, at = lock(charter.alliance_id)
    require("charter.propose_ratification", actor, alliance)
    _require_state(alliance, State.READY)
    charter.proposed_at, charter.proposed_by = at, actor
    charter.save(update_fields=["proposed_at", "proposed_by"])
    record("charter.ratification.proposed", stream=alliance.pk, actor=actor.pk, subject=alliance.pk, at=at)
    return charter


def _require_state(alliance: Alliance, state: State) -> None:
    if alliance.state != state:
        raise DomainError(
            "wrong_state",
            _("This is done while the alliance is %(state)s.") % {"state": str(state.label).lower()},
        )


@transaction.atomic
def begin_ratifying(*, actor: Person, charter: Charter) -> CharterVersion:
    """Ready → ratifying: the gate passes again, the charter is complete, and its version is frozen with its hash.

    The chair does it on the convener's proposal. Raises DomainError naming what is missing.
    """
    alliance, at = lock(charter.alliance_id)
    require("charter.begin_ratifying", actor, alliance)
    _require_state(alliance, State.READY)
    charter = Charter.objects.select_related("alliance").get(pk=alliance.pk)
    if charter.proposed_at is None:
        raise DomainError("not_proposed", _("The convener proposes the ratification first."))
    composition = compose(charter)
    if composition.missing:
        raise DomainError("charter_incomplete", _("“%(name)s” has no text.") % {"name": composition.missing[0]})
    assessment = assess_alliance(alliance=alliance, at=at, why="to_ratifying", actor=actor)
    require_gate(assessment)
    version = CharterVersion.objects.create(
        alliance=alliance,
        **_next_number(alliance),
        document=composition.document,
        hash=composition.hash,
        signing_rule=charter.signing_rule,
        frozen_at=at,
        frozen_by=actor,
        sign_by=at + timedelta(days=charter.notice_days),
    )
    data = {"assessment": str(assessment.pk), "version": str(version.pk), "hash": version.hash}
    move(alliance, State.RATIFYING, at=at, actor=actor, data=data)
    return version


def _next_number(alliance: Alliance) -> dict[str, int]:
    """1.0.0 first; each version offered again before the first is in force raises the patch."""
    last = alliance.charter_versions.aggregate(patch=Max("patch"))["patch"]
    return {"major": 1, "minor": 0, "patch": 0 if last is None else last + 1}


@transaction.atomic
def sign_charter(
    *,
    actor: Person,
    version: CharterVersion,
    member: Member,
    hash: str,  # noqa: A002 - what is signed is called so everywhere
    proof: Proof | None,
) -> Signature:
    """Sign a version's hash for a member, with a fresh proof. Where that meets the rule, the charter is in force.

    `hash` is what the signatory was shown. Raises DomainError when it is another, the time is over, or signed already.
    """
    alliance, at = lock(version.alliance_id)
    proof = require_bound("charter.sign_charter", actor, member, proof=proof, at=at, within=SIGNING)
    version = CharterVersion.objects.get(pk=version.pk)
    _require_signable(alliance, version, member, shown=hash, at=at)
    role = Role.objects.current().get(person=actor, member=member, kind=RoleKind.SIGNATORY)
    signature = Signature.objects.create(
        alliance=alliance,
        version=version,
        member=member,
        signatory=actor,
        signatory_name=actor.name,
        organisation_name=member.organisation.name,
        mandate=role.mandate,
        hash=version.hash,
        proof_method=proof.method,
        signed_at=at,
    )
    record(
        "charter.version.signed",
        stream=alliance.pk,
        actor=actor.pk,
        subject=version.pk,
        at=at,
        data={"member": str(member.pk), "hash": version.hash, "proof": proof.as_data(), "signature": str(signature.pk)},
    )
    _activate_if_met(alliance, version, at)
    return signature


def _require_signable(alliance: Alliance, version: CharterVersion, member: Member, *, shown: str, at: datetime) -> None:
    if alliance.state != State.RATIFYING or version.state != VersionState.OFFERED or at >= version.sign_by:
        raise DomainError("not_open_for_signing", _("This version is not open for signing any more."))
    if _composed(alliance).hash != version.hash:
        raise DomainError("text_changed", _("What the charter says has changed since: it goes back to forming."))
    if shown != version.hash:
        raise DomainError("other_text", _("This is not the text that you were shown. Read it again, then sign."))
    if member.alliance_id != alliance.pk or member.state != Membership.ADMITTED:
        raise DomainError("not_admitted", _("Only an admitted member signs."))
    if Signature.objects.filter(version=version, member=member).exists():
        raise DomainError("signed_already", _("This member has signed already."))


def _composed(alliance: Alliance) -> Composition:
    return compose(Charter.objects.select_related("alliance").get(pk=alliance.pk))


def _signers(version: CharterVersion) -> frozenset[UUID]:
    return frozenset(version.signatures.filter(witnessed=True).values_list("member", flat=True))


class _NotInPlace(Exception):
    """Not all five traits are in place among those who signed: what was tried is undone."""


def _activate_if_met(alliance: Alliance, version: CharterVersion, at: datetime) -> None:
    """In force, once the rule is met by those who signed and the gate passes on them; else nothing happens yet.

    It is read as the record stands without the others: with none of their roles, seats and offices.
    """
    close_due_votes(alliance, at)
    signers = _signers(version)
    admitted = alliance.members.admitted().count()
    if not rule_met(
        SigningRule(version.signing_rule), signed=len(signers), members=admitted, is_over=at >= version.sign_by
    ):
        return
    if _composed(alliance).hash != version.hash:
        _return_to_forming(alliance, version, at, why=VoidReason.TEXT_CHANGED)
        return
    try:
        with transaction.atomic():
            _release_others(alliance, signers, at)
            if not read_alliance(alliance, at=at).gate:
                raise _NotInPlace
    except _NotInPlace:
        return
    assessment = assess_alliance(alliance=alliance, at=at, why="to_active")
    end_founding_rules(alliance, at)
    move_version(version, VersionState.IN_FORCE, in_force_at=at)
    data = {"assessment": str(assessment.pk), "version": str(version.pk), "hash": version.hash}
    move(alliance, State.ACTIVE, at=at, data=data, activated_at=at)


def _release_others(alliance: Alliance, signers: frozenset[UUID], at: datetime) -> None:
    """Members that did not sign become observers, and their seats end."""
    others = alliance.members.admitted().exclude(pk__in=signers)
    leaving = list(others.order_by("admitted_at", "pk"))
    roles = Role.objects.current().filter(member__in=others)
    people = set(roles.values_list("person", flat=True))
    roles.update(revoked_at=at)
    others.update(state=Membership.WITHDRAWN, left_at=at)
    for member in leaving:
        departures.end_all(member, None, at)
    known = set(
        Role.objects.current()
        .filter(alliance=alliance, kind=RoleKind.OBSERVER, person__in=people)
        .values_list("person", flat=True)
    )
    Role.objects.bulk_create(
        [
            Role(alliance=alliance, person_id=person, kind=RoleKind.OBSERVER, granted_at=at)
            for person in sorted(people - known)
        ]
    )


@transaction.atomic
def withdraw_ratification(*, actor: Person, alliance: Alliance) -> Alliance:
    """Ratifying → forming, by the convener: the signatures are void and stay on record."""
    alliance, at = lock(alliance)
    require("charter.withdraw_ratification", actor, alliance)
    _require_state(alliance, State.RATIFYING)
    version = CharterVersion.objects.get(alliance=alliance, state=VersionState.OFFERED)
    return _return_to_forming(alliance, version, at, why=VoidReason.WITHDRAWN, actor=actor)


def _return_to_forming(
    alliance: Alliance, version: CharterVersion, at: datetime, *, why: VoidReason, actor: Person | None = None
) -> Alliance:
    move_version(version, VersionState.VOID, void_reason=why, voided_at=at)
    Charter.objects.filter(pk=alliance.pk).update(proposed_at=None, proposed_by=None)
    return move(alliance, State.FORMING, at=at, actor=actor, data={"version": str(version.pk), "why": why})


@transaction.atomic
def settle_ratification(*, alliance: Alliance) -> Alliance:
    """What the clock does: in force where rule and gate are met by now; back to forming once the time is over.

    Back to forming too as soon as the record says something else than the version: it can never come into force.
    """
    alliance, at = lock(alliance)
    if alliance.state != State.RATIFYING:
        return alliance
    version = CharterVersion.objects.get(alliance=alliance, state=VersionState.OFFERED)
    if not _still_says(version):
        return _return_to_forming(alliance, version, at, why=VoidReason.TEXT_CHANGED)
    _activate_if_met(alliance, version, at)
    alliance.refresh_from_db()
    if alliance.state == State.RATIFYING and at >= version.sign_by:
        return _return_to_forming(alliance, version, at, why=VoidReason.DEADLINE)
    return alliance


def _still_says(version: CharterVersion) -> bool:
    """Does the record compose to the version's text? It is composed anew only where the stream has moved on."""
    charter = Charter.objects.select_related("alliance").get(pk=version.alliance_id)
    if charter.composed_seq != Stream.objects.get(pk=version.alliance_id).seq:
        refresh_composition(charter)
        charter.refresh_from_db()
    return charter.composed_hash == version.hash


def ratifying_alliances() -> list[Alliance]:
    """Those whose charter lies open for signing, the most pressing first."""
    found = Alliance.objects.filter(state=State.RATIFYING).order_by("charter_versions__sign_by", "pk")
    return list(found.filter(charter_versions__state=VersionState.OFFERED))
