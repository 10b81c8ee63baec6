"""Storing assessments: whole, salted, and never changed."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock
from alliance.states import LIVING
from audit import chain
from audit.models import Event
from audit.services import record
from traits.facts import IDLE
from traits.models import Assessment
from traits.selectors.recomputing import Found, after_events, is_untouched, whole
from traits.services.chartered import settle_notices


def assess_alliance(*, alliance: Alliance, at: datetime, why: str, actor: Person | None = None) -> Assessment:
    """Read the whole alliance and store what was read, in the caller's transaction, under the caller's lock.

    Under a charter it opens and closes notices of drops. `why` is the act or event that asked for it.
    """
    return _store(whole(alliance, at=at), alliance, at=at, why=why, actor=actor)


def _store(found: Found, alliance: Alliance, *, at: datetime, why: str, actor: Person | None = None) -> Assessment:
    reading = found.reading
    salt = secrets.token_hex(32)
    assessment = Assessment(
        alliance=alliance,
        at=at,
        profile=reading.profile,
        gate=reading.gate,
        passing=reading.passing,
        blocking=reading.blocking,
        strict_passing=reading.strict_passing,
        strict_blocking=reading.strict_blocking,
        missing=reading.missing,
        levels={str(trait): str(level) for trait, level in reading.levels.items()},
        indicators=found.indicators,
        earliest_on=found.earliest_on,
        earliest_because=found.earliest_because,
        lapses=found.lapses,
        basis=found.basis,
        salt=salt,
        digest=_digest(found, salt),
        why=why,
    )
    event = record(
        "traits.alliance.assessed",
        stream=alliance.pk,
        actor=actor.pk if actor else None,
        subject=assessment.pk,
        at=at,
        data=_event(assessment),
    )
    assessment.seq = event.seq
    assessment.save(force_insert=True)
    settle_notices(alliance, assessment, found.evidence, found.anew)
    return assessment


def _event(assessment: Assessment) -> dict[str, Any]:
    return {
        "why": assessment.why,
        "gate": assessment.gate,
        "profile": assessment.profile,
        "passing": assessment.passing,
        "blocking": assessment.blocking,
        "missing": assessment.missing,
        "digest": assessment.digest,
    }


def _digest(found: Found, salt: str) -> str:
    """Of what was gathered and, where it builds upon an assessment, of that one's digest."""
    parts = found.evidence.alliance.model_dump_json(), found.evidence.governance.model_dump_json()
    return chain.commitment(salt, *parts, *([found.upon] if found.upon else []))


@transaction.atomic
def assess_now(*, actor: Person, alliance: Alliance) -> Assessment:
    """Assess because somebody asks: whoever runs, checks or belongs to the alliance may.

    The whole is read. Where the newest assessment, of this very day (UTC), was made of the same and says the same,
    it stands: it is answered, and nothing is stored.
    """
    alliance, at = lock(alliance)
    require("traits.assess_alliance", actor, alliance)
    found, last = whole(alliance, at=at), Assessment.objects.latest_of(alliance)
    if last and _stands(last, found, at):
        return last
    return _store(found, alliance, at=at, why="asked", actor=actor)


def _stands(last: Assessment, found: Found, at: datetime) -> bool:
    """Was this read today already? One that was read in part has a digest of its own: of it, events say."""
    before = last.profile, last.indicators, last.lapses, last.earliest_on, last.earliest_because
    now = found.reading.profile, found.indicators, found.lapses, found.earliest_on, found.earliest_because
    is_of_today = bool(last.basis) and last.at.date() == at.date()
    return is_of_today and before == now and (last.digest == _digest(found, last.salt) or is_untouched(last))


@transaction.atomic
def assess_changed(*, alliance: Alliance) -> Assessment | None:
    """Assess an alliance in which a fact has changed that no assessment has read; the clock's own act.

    Nothing is stored after events that change none: a worksheet that was opened, a ballot that was cast. Only what the
    events since then touch is read anew, unless the whole has to be.
    """
    alliance, at = lock(alliance)
    last = Assessment.objects.latest_of(alliance)
    if not _telling(alliance.pk).filter(seq__gt=last.seq if last else 0).exists():
        return None
    found = after_events(alliance, last, at=at) if last else None
    return _store(found or whole(alliance, at=at), alliance, at=at, why="changed")


@transaction.atomic
def assess_nightly(*, alliance: Alliance) -> Assessment | None:
    """Assess an alliance that was not assessed today (UTC): evidence lapses without an event. The clock's own act."""
    alliance, at = lock(alliance)
    last = Assessment.objects.latest_of(alliance)
    if alliance.state not in LIVING or (last and last.at.date() >= at.date()):
        return None
    return assess_alliance(alliance=alliance, at=at, why="nightly")


def _telling(stream: Any) -> QuerySet[Event]:
    """The events of a stream after which something is to be read anew."""
    return Event.objects.filter(stream=stream).exclude(verb__in=IDLE)


def unread_today(at: datetime) -> list[Alliance]:
    """Living alliances without an assessment of today (UTC)."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    today = Assessment.objects.filter(alliance=OuterRef("pk"), at__gte=midnight)
    return list(Alliance.objects.filter(~Exists(today), state__in=LIVING).order_by("pk"))


def changed_alliances(most: int = 50) -> list[Alliance]:
    """Living alliances in which facts have changed since their newest assessment, longest waiting first."""
    read = Assessment.objects.filter(alliance=OuterRef("pk")).newest_first().values("seq")[:1]
    head = _telling(OuterRef("pk")).order_by("-seq").values("seq")[:1]
    moved = Alliance.objects.annotate(read=Coalesce(Subquery(read), 0), head=Subquery(head)).filter(head__gt=F("read"))
    return list(moved.filter(state__in=LIVING).order_by("read", "pk")[:most])
