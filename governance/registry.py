"""What governance must be told by the charter above it: which version is in force."""

from collections.abc import Callable
from uuid import UUID

from alliance.models import Alliance

Versions = Callable[[Alliance], UUID | None]
_versions: list[Versions] = []


def name_versions(of: Versions) -> None:
    """Have `of(alliance)` asked for the charter version that a decision is opened under."""
    if of not in _versions:
        _versions.append(of)


def version_of(alliance: Alliance) -> UUID | None:
    """The charter version in force, or None before there is one."""
    return next((found for found in (of(alliance) for of in _versions) if found), None)
