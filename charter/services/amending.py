"""Amendments: the decision opens parts of the record for a while; what they then say is the charter's next version."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock
from alliance.states import UNDER_CHARTER, Area
from audit import clock
from audit.errors import DomainError
from audit.services import record
from charter.models import Charter, CharterVersion
from charter.rules import READING
from charter.selectors.composition import Composition, compose
from charter.selectors.waiting import amending_decision
from charter.services.versions import move_version
from charter.states import VersionState
from governance.models import Decision

WINDOW = timedelta(days=30)
"""How long an amendment can be written into the record, once it takes effect."""


def check_amendment(alliance: Alliance, data: dict[str, Any]) -> dict[str, Any]:
    """The parts of the record that it opens, in their order. Raises DomainError for none, or an unknown one."""
    areas = data.get("areas")
    if alliance.state not in UNDER_CHARTER:
        raise DomainError("no_charter", _("Before the charter is in force there is nothing to amend: change it."))
    if not isinstance(areas, list) or not areas or any(each not in Area.values for each in areas):
        raise DomainError("areas_missing", _("Choose what it changes, from the list."), field="areas")
    return {"areas": [area for area in Area.values if area in areas]}


def tell_amendment(alliance: Alliance, data: dict[str, Any]) -> str:
    """What it does, in a sentence."""
    named = ", ".join(str(Area(each).label).lower() for each in data["areas"])
    return _(
        "What the motion says can be written into the record for %(days)s days: %(areas)s. Then the charter’s next "
        "version is in force."
    ) % {"days": WINDOW.days, "areas": named}


def open_amendment(decision: Decision, at: datetime) -> None:
    """Open the record for it: the effect, in the caller's transaction and under its event."""
    alliance = decision.alliance
    areas = check_amendment(alliance, decision.effect_data)["areas"]
    if alliance.amendable_until is not None:
        raise DomainError("amendment_open", _("Another amendment is being written in. Close it first."))
    alliance.amendable, alliance.amendable_until = areas, at + WINDOW
    alliance.save(update_fields=["amendable", "amendable_until"])


@transaction.atomic
def close_amendment(*, actor: Person, alliance: Alliance, text_hash: str) -> CharterVersion:
    """The amendment is written in: the charter's next version is in force.

    Who organises writes, and the chair says that it is written as it was decided; who organises, where there is no
    chair. `text_hash` is of the text that they have read: what was written since is not closed with it. A contribution
    that it raises is signed by its member first. Raises DomainError otherwise, and where no amendment is open.
    """
    alliance, at = lock(alliance)
    require("charter.close_amendment", actor, alliance)
    if not alliance.amended_areas:
        raise DomainError("no_amendment", _("No amendment is open."))
    composition = _composed(alliance)
    if composition.hash != text_hash:
        raise DomainError(
            "text_changed", _("This is not the text that you have read. Read what it changes now, and say it again.")
        )
    if composition.missing:
        raise DomainError("charter_incomplete", _("“%(name)s” has no text.") % {"name": composition.missing[0]})
    unsigned = alliance.contributions.filter(signed_at__isnull=True).select_related("member__organisation").first()
    if unsigned:
        raise DomainError(
            "duty_unsigned", _("A contribution of %(member)s is not signed yet.") % {"member": unsigned.member}
        )
    return _close(alliance, composition, at, actor)


@transaction.atomic
def settle_amendment(*, alliance: Alliance) -> Alliance:
    """What the clock does: once the time to write it in, and then to read it, is over, it is the next version."""
    alliance, at = lock(alliance)
    until = alliance.amendable_until
    if until is not None and at >= until + READING and alliance.state in UNDER_CHARTER:
        _close(alliance, _composed(alliance), at, None)
    return alliance


def amendments_due() -> list[Alliance]:
    """Alliances whose time to write an amendment in, and to read it, is over."""
    due = Alliance.objects.filter(amendable_until__lte=clock.read() - READING, state__in=UNDER_CHARTER)
    return list(due.order_by("amendable_until", "pk"))


def _composed(alliance: Alliance) -> Composition:
    return compose(Charter.objects.select_related("alliance").get(pk=alliance.pk))


def _close(alliance: Alliance, composition: Composition, at: datetime, actor: Person | None) -> CharterVersion:
    before = CharterVersion.objects.get(alliance=alliance, state=VersionState.IN_FORCE)
    decision = amending_decision(alliance)
    move_version(before, VersionState.SUPERSEDED)
    version = CharterVersion.objects.create(
        alliance=alliance,
        major=before.major,
        minor=before.minor + 1,
        document=composition.document,
        hash=composition.hash,
        state=VersionState.IN_FORCE,
        signing_rule=before.signing_rule,
        frozen_at=at,
        frozen_by=actor or decision.proposer,
        sign_by=at,
        in_force_at=at,
        amends=before,
        decision=decision,
    )
    alliance.amendable, alliance.amendable_until = [], None
    alliance.save(update_fields=["amendable", "amendable_until"])
    data = {"hash": version.hash, "version": version.label, "before": before.hash, "decision": decision.number}
    by = actor.pk if actor else None
    record("charter.version.amended", stream=alliance.pk, actor=by, subject=version.pk, at=at, data=data)
    return version
