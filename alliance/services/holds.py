"""Holds: counsel or the auditor stops a thing for some days; it ends by itself, or who placed it lifts it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require_bound
from accounts.rules import SIGNING, Proof
from accounts.templatetags.moments import written
from alliance import holdable, rules
from alliance.models import Alliance, Hold, HoldLifting
from alliance.permissions import has_role
from alliance.selectors.holds import stands
from alliance.services.locking import lock, require_living, tell
from alliance.states import RoleKind
from audit.chain import digest
from audit.errors import DomainError


@transaction.atomic
def place_hold(
    *, actor: Person, alliance: Alliance, kind: str, subject: UUID, reason: str, days: int, proof: Proof | None
) -> Hold:
    """Stop a topic, a round or a decision for 1 to 14 days, with a reason that everybody in the alliance reads.

    One hold stands on a thing at a time; the same role holds it again only once its words have changed. Only counsel
    or the auditor may, with a fresh proof: it binds others. Raises DomainError otherwise, and for a thing that is gone
    or over.
    """
    alliance, at = lock(alliance)
    proof = require_bound("alliance.place_hold", actor, alliance, proof=proof, at=at, within=SIGNING)
    require_living(alliance)
    known, thing = _thing(alliance, kind, subject)
    known.require_open(thing, at)
    _require_said(reason, days)
    role = RoleKind.COUNSEL if has_role(actor, alliance, RoleKind.COUNSEL) else RoleKind.AUDITOR
    words = known.fingerprint(thing)
    _require_free(alliance, kind, subject, role, words, at)
    hold = Hold.objects.create(
        alliance=alliance,
        kind=kind,
        subject=subject,
        title=known.title(thing),
        words_hash=words,
        role=role,
        reason=reason.strip(),
        placed_by=actor,
        placed_at=at,
        until=at + timedelta(days=days),
    )
    tell("hold.placed", alliance, actor=actor, subject=hold, at=at, data=_said(hold, days, proof))
    return hold


def _said(hold: Hold, days: int, proof: Proof) -> dict[str, Any]:
    return {
        "kind": hold.kind,
        "thing": str(hold.subject),
        "role": str(hold.role),
        "days": days,
        "words": hold.words_hash,
        "reason": digest(hold.reason),
        "proof": proof.as_data(),
    }


def _thing(alliance: Alliance, kind: str, subject: UUID) -> tuple[holdable.Holdable, Any]:
    found = holdable.find(alliance, kind, subject)
    if found is None:
        raise DomainError("not_there", _("It is not there any more: there is nothing to stop."))
    return found


def _require_said(reason: str, days: int) -> None:
    if not reason.strip():
        raise DomainError("reason_missing", _("Say why: those concerned must know what to change."), field="reason")
    if not 1 <= days <= rules.HOLD_DAYS_MOST:
        raise DomainError(
            "hold_days",
            _("Choose from 1 to %(most)s days.") % {"most": rules.HOLD_DAYS_MOST},
            field="days",
        )


def _require_free(alliance: Alliance, kind: str, subject: UUID, role: RoleKind, words: str, at: datetime) -> None:
    before = list(Hold.objects.filter(alliance=alliance).on(kind, subject).select_related("lifting"))
    for hold in before:
        if stands(hold, at):
            raise DomainError(
                "held_already", _("It is held already, until %(until)s.") % {"until": written(hold.until)}
            )
    if any(hold.role == role and hold.words_hash == words for hold in before):
        raise DomainError(
            "held_before",
            _("It was held before as %(role)s, and its words are the same: it is not held again for them.")
            % {"role": role.label.lower()},
        )


@transaction.atomic
def lift_hold(*, actor: Person, hold: Hold, proof: Proof | None) -> Hold:
    """End one's own hold before its time, with a fresh proof. Raises DomainError when it stands no more."""
    alliance, at = lock(hold.alliance_id)
    hold = Hold.objects.select_related("lifting").get(pk=hold.pk)
    proof = require_bound("alliance.lift_hold", actor, hold, proof=proof, at=at, within=SIGNING)
    if not stands(hold, at):
        raise DomainError("hold_over", _("This hold is over already."))
    HoldLifting.objects.create(hold=hold, lifted_at=at)
    data = {"kind": hold.kind, "thing": str(hold.subject), "proof": proof.as_data()}
    tell("hold.lifted", alliance, actor=actor, subject=hold, at=at, data=data)
    return hold


def require_not_held(kind: str, thing: Any, at: datetime, *, field: str | None = None) -> None:
    """Raise DomainError while it is held, saying until when and why. Asked under the alliance's lock."""
    hold = Hold.objects.filter(alliance=thing.alliance_id).on(kind, thing.pk).standing_at(at).first()
    if hold is None:
        return
    known = holdable.kind_of(kind)
    sentence = _("“%(title)s” is held by %(holder)s until %(until)s: %(reason)s") % {
        "title": hold.title,
        "holder": hold.holder,
        "until": written(hold.until),
        "reason": hold.reason,
    }
    raise DomainError("held", f"{sentence} {known.effect(thing, at) if known else ''}".strip(), field=field)
