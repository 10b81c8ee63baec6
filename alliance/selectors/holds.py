"""Holds: which stand, what they stop, who may place another; and the kinds of thing that this app lets be held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance import holdable, rules
from alliance.models import Alliance, Hold, Round, Topic
from alliance.selectors.standing import Standing
from alliance.states import RoleKind, RoundState
from audit.errors import DomainError

TOPIC, ROUND = "topic", "round"
PAGE = 20


def stands(hold: Hold, at: datetime) -> bool:
    """Does it stop its thing now?"""
    return rules.hold_stands(placed_at=hold.placed_at, until=hold.until, lifted_at=hold.lifted_at, at=at)


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that stands, what it stops, and whether this person may lift it."""

    hold: Hold
    effect: str
    may_lift: bool


class Holds:
    """The holds on some kinds of thing in an alliance, as one person sees them at a time."""

    def __init__(self, rows: Iterable[Hold], standing: Standing, at: datetime) -> None:
        self._rows: dict[tuple[str, UUID], list[Hold]] = {}
        for row in rows:
            self._rows.setdefault((row.kind, row.subject), []).append(row)
        self._standing, self._at = standing, at

    def on(self, kind: str, thing: Any) -> Held | None:
        """The hold that stands on a thing."""
        found = next((row for row in self._of(kind, thing) if stands(row, self._at)), None)
        known = holdable.kind_of(kind)
        if found is None or known is None:
            return None
        return Held(found, known.effect(thing, self._at), found.placed_by_id == self._standing.person.pk)

    def is_offered(self, kind: str, thing: Any) -> bool:
        """May this person hold the thing now? Nobody does, and not in the same role with the same words before."""
        known = holdable.kind_of(kind)
        if known is None or not self._standing.may_hold or self.on(kind, thing):
            return False
        role = RoleKind.COUNSEL if self._standing.is_counsel else RoleKind.AUDITOR
        words = known.fingerprint(thing)
        return not any(row.role == role and row.words_hash == words for row in self._of(kind, thing))

    def _of(self, kind: str, thing: Any) -> list[Hold]:
        return self._rows.get((kind, thing.pk), [])


def holds_of(alliance: Alliance, standing: Standing, at: datetime, *kinds: str) -> Holds:
    """One statement."""
    rows = Hold.objects.filter(alliance=alliance, kind__in=kinds).select_related("placed_by", "lifting")
    return Holds(rows.order_by("placed_at", "pk"), standing, at)


def held_now(alliance: Alliance, kind: str, at: datetime) -> dict[UUID, Hold]:
    """The holds that stand on things of one kind, by thing: one statement."""
    rows = Hold.objects.filter(alliance=alliance, kind=kind).standing_at(at).select_related("lifting")
    return {row.subject: row for row in rows.order_by("placed_at", "pk")}


@dataclass(frozen=True, slots=True)
class HoldLine:
    """One hold in the history: what was held, how it stands, where it is."""

    hold: Hold
    word: str
    what: str
    look: str
    url: str
    may_lift: bool


def history_of(alliance: Alliance, standing: Standing, at: datetime, page: Any) -> tuple[Page[Hold], list[HoldLine]]:
    """One page of all holds, newest first: two statements, and one for each kind of thing on the page."""
    rows = Hold.objects.filter(alliance=alliance).select_related("placed_by", "lifting").order_by("-placed_at", "-pk")
    found = Paginator(rows, PAGE).get_page(page)
    places = _places(alliance, found.object_list)
    return found, [_line(row, places, standing, at) for row in found.object_list]


def _places(alliance: Alliance, rows: Iterable[Hold]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for kind in holdable.all_kinds():
        found.update(kind.places(alliance, {row.subject for row in rows if row.kind == kind.kind}))
    return found


def _line(row: Hold, places: Mapping[UUID, str], standing: Standing, at: datetime) -> HoldLine:
    known = holdable.kind_of(row.kind)
    is_standing = stands(row, at)
    word = _("Held") if is_standing else _("Lifted") if row.lifted_at else _("Ended by itself")
    return HoldLine(
        hold=row,
        word=word,
        what=str(known.word) if known else row.kind,
        look="held" if is_standing else "done",
        url=places.get(row.subject, ""),
        may_lift=is_standing and row.placed_by_id == standing.person.pk,
    )


# -- What this app lets be held -------------------------------------------------------------------------------------
def _topic(alliance: Alliance, subject: UUID) -> Topic | None:
    return Topic.objects.filter(alliance=alliance, pk=subject).first()


def _topic_stays(topic: Topic, at: datetime) -> str:
    return _("While it is held, nobody states or confirms a position on it. It can be worded anew.")


def _topic_places(alliance: Alliance, subjects: set[UUID]) -> dict[UUID, str]:
    there = Topic.objects.filter(alliance=alliance, pk__in=subjects).values_list("pk", flat=True)
    return dict.fromkeys(there, reverse("alliance:interests", args=[alliance.slug]))


def _round(alliance: Alliance, subject: UUID) -> Round | None:
    return Round.objects.filter(alliance=alliance, pk=subject).first()


def _require_open_round(found: Round, at: datetime) -> None:
    if found.state != RoundState.OPEN or at >= found.closes_at:
        raise DomainError("round_over", _("This round is over: there is nothing left to stop."))


def _round_waits(found: Round, at: datetime) -> str:
    return _("While it is held, nobody signs its steps or takes it back. Its own window runs on.")


def _round_places(alliance: Alliance, subjects: set[UUID]) -> dict[UUID, str]:
    return dict.fromkeys(subjects, reverse("alliance:control", args=[alliance.slug]))


def _signatories(found: Round) -> list[UUID]:
    members = found.steps.values("member")
    roles = found.alliance.roles.filter(kind=RoleKind.SIGNATORY, revoked_at__isnull=True, member__in=members)
    return list(roles.order_by("granted_at", "pk").values_list("person", flat=True))


def _always(thing: Any, at: datetime) -> None:
    """A topic can be held at any time."""


def register() -> None:
    """Have topics and rounds held."""
    holdable.add_kind(
        holdable.Holdable(
            kind=TOPIC,
            word=gettext_lazy("Topic"),
            find=_topic,
            title=str,
            words=lambda topic: [topic.name, topic.measure],
            require_open=_always,
            effect=_topic_stays,
            places=_topic_places,
        )
    )
    holdable.add_kind(
        holdable.Holdable(
            kind=ROUND,
            word=gettext_lazy("Round"),
            find=_round,
            title=lambda found: _("Round %(number)s of shared control") % {"number": found.number},
            words=lambda found: [],
            require_open=_require_open_round,
            effect=_round_waits,
            places=_round_places,
            also_told=_signatories,
        )
    )
