"""The states of the charter's versions: one move, as for the alliance itself."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alliance.models import Alliance
from audit.errors import DomainError
from charter.models import CharterVersion
from charter.states import MOVES, VersionState, VoidReason


def move_version(version: CharterVersion, to: VersionState, **changes: Any) -> CharterVersion:
    """Move a version to another state, by a conditional UPDATE that tests the old one."""
    if to not in MOVES[VersionState(version.state)]:
        raise DomainError("no_such_move", _("This version is settled already."))
    if not CharterVersion.objects.filter(pk=version.pk, state=version.state).update(state=to, **changes):
        raise DomainError("state_changed", _("The charter has moved on meanwhile. Look again."))
    version.refresh_from_db()
    return version


def void_offered(alliance: Alliance, *, why: VoidReason, at: datetime) -> None:
    """Make a version that lies open for signing void, in the caller's transaction."""
    for version in CharterVersion.objects.filter(alliance=alliance, state=VersionState.OFFERED):
        move_version(version, VersionState.VOID, void_reason=why, voided_at=at)
