"""What counsel or the auditor may stop: each kind of thing, by the app that owns it, registered in `ready()`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from alliance.models import Alliance
from audit.chain import canonical, digest


def _nothing(thing: Any) -> list[UUID]:
    return []


@dataclass(frozen=True, slots=True)
class Holdable:
    """A kind of thing that can be held.

    `words` are what a reader of it reads, as JSON: the same role holds it again only once they have changed.
    `require_open` raises DomainError where a hold has no sense any more; `effect` says in a sentence what a hold on
    it stops at this time. `places` gives the addresses of those things that are there still, in one statement.
    `also_told` are people who hear of a hold beside organisers and representatives.
    """

    kind: str
    word: Any
    find: Callable[[Alliance, UUID], Any | None]
    title: Callable[[Any], str]
    words: Callable[[Any], Any]
    require_open: Callable[[Any, datetime], None]
    effect: Callable[[Any, datetime], str]
    places: Callable[[Alliance, set[UUID]], Mapping[UUID, str]]
    also_told: Callable[[Any], Iterable[UUID]] = _nothing

    def fingerprint(self, thing: Any) -> str:
        """Of the words as they stand."""
        return digest(canonical(self.words(thing)))


_kinds: dict[str, Holdable] = {}


def add_kind(kind: Holdable) -> None:
    """Have things of this kind held."""
    _kinds[kind.kind] = kind


def kind_of(name: str) -> Holdable | None:
    """The kind of this name, if an app owns one."""
    return _kinds.get(name)


def all_kinds() -> list[Holdable]:
    """Every kind, in the order in which they were added."""
    return list(_kinds.values())


def find(alliance: Alliance, kind: str, subject: UUID) -> tuple[Holdable, Any] | None:
    """The kind and the thing in this alliance; None for an unknown kind, a foreign thing, or one that is gone."""
    known = kind_of(kind)
    thing = known.find(alliance, subject) if known else None
    return (known, thing) if known is not None and thing is not None else None


def address_of(alliance: Alliance, kind: str, subject: UUID) -> str:
    """Where the thing is shown; empty where it is gone."""
    known = kind_of(kind)
    return known.places(alliance, {subject}).get(subject, "") if known else ""
