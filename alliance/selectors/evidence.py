"""Evidence as pages show it: what stands on which records, in one statement a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may
from alliance import files
from alliance.kinds import all_kinds, kind_named
from alliance.models import Alliance, Exhibit
from alliance.selectors.standing import Standing

PAGE = 30
MOST_CHOICES = 50
"""Records of one kind that a form offers as evidence, the newest; the API takes any."""
AT_ONCE = 500
Key = tuple[str, UUID]


def seen_by(person: Person, alliance: Alliance) -> QuerySet[Exhibit]:
    """The evidence of an alliance that a person may see: none on, or made of, what is hidden from them."""
    found = Exhibit.objects.filter(alliance=alliance).select_related("added_by", "withdrawal__withdrawn_by")
    for kind in all_kinds():
        if kind.hidden:
            rows = kind.hidden(alliance, person).order_by().values("pk")
            found = found.exclude(kind=kind.name, record__in=rows)
            found = found.exclude(Q(source__isnull=False) & Q(source_kind=kind.name, source__in=rows))
    return found


def may_open(person: Person, exhibit: Exhibit) -> bool:
    """What was taken back is opened by who attached it and by the auditor; all else by who sees it."""
    return not exhibit.is_withdrawn or may("alliance.open_withdrawn_exhibit", person, exhibit)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: in words what it is, where it opens, and whether it still counts."""

    exhibit: Exhibit
    what: str
    href: str
    is_elsewhere: bool
    word: str
    look: str
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands on one record (or several that one row shows), and where the viewer may attach more."""

    label: str
    pieces: list[Piece]
    attach_href: str


@dataclass(frozen=True)
class Shelf:
    """The evidence that a page needs, by the record that it stands on, as the reader with this standing sees it."""

    alliance: Alliance
    standing: Standing
    today: date
    found: dict[Key, list[Exhibit]] = field(default_factory=dict)

    def on(self, kind: str, row: Any, label: Any = "", also: Iterable[Any] = ()) -> Evidence:
        """What stands on a row, and on `also` rows of the same kind; `label` names the record to a screen reader."""
        exhibits = [each for row_ in (row, *also) for each in self.found.get((kind, row_.pk), ())]
        able = self._able(kind, row)
        address = reverse("alliance:attach_evidence", args=[self.alliance.slug, kind, row.pk]) if able else ""
        return Evidence(str(label), [self.piece(each, able=able) for each in exhibits], address)

    def _able(self, kind: str, row: Any) -> bool:
        known = kind_named(kind)
        return known is not None and self.standing.goes_on and known.able(self.standing, row)

    def piece(self, exhibit: Exhibit, *, able: bool = False) -> Piece:
        """One piece; `able`: the reader may say the record that it stands on."""
        word, look = state_of(exhibit, self.today)
        known = kind_named(exhibit.kind)
        ours = able and known is not None and not known.is_contested
        mine = ours or exhibit.added_by_id == self.standing.person.pk
        return Piece(
            exhibit=exhibit,
            what=what_of(exhibit) if self._opens(exhibit) else sort_of(exhibit),
            href=self._href(exhibit),
            is_elsewhere=bool(exhibit.address),
            word=word,
            look=look,
            may_withdraw=mine and self.standing.goes_on and not exhibit.is_withdrawn,
        )

    def _opens(self, exhibit: Exhibit) -> bool:
        """As `may_open`, by the reader's standing."""
        mine = exhibit.added_by_id == self.standing.person.pk
        return not exhibit.is_withdrawn or mine or self.standing.is_auditor

    def _href(self, exhibit: Exhibit) -> str:
        """Where it opens: nowhere for who may not open it, or for a guest where it is no link."""
        if not self._opens(exhibit) or (self.standing.person.is_guest and not exhibit.address):
            return ""
        if exhibit.is_file and not files.is_here(exhibit.stored):
            return ""
        return exhibit.address or reverse("alliance:open_evidence", args=[self.alliance.slug, exhibit.pk])


def shelf_of(
    alliance: Alliance, standing: Standing, at: datetime, *kinds: str, records: Iterable[UUID] | None = None
) -> Shelf:
    """What stands on records of these kinds (of these records alone, where some are named): one statement."""
    rows = seen_by(standing.person, alliance).filter(kind__in=kinds).order_by("added_at", "pk")
    shelf = Shelf(alliance, standing, at.date())
    for exhibit in rows if records is None else rows.filter(record__in=list(records)):
        shelf.found.setdefault((exhibit.kind, exhibit.record), []).append(exhibit)
    return shelf


def state_of(exhibit: Exhibit, today: date) -> tuple[str, str]:
    """(word, look): taken back, lapsed, a file that is not here; nothing while it counts."""
    if exhibit.is_withdrawn:
        return _("Taken back"), "withdrawn"
    if exhibit.has_lapsed(today):
        return _("Lapsed"), "expired"
    if exhibit.is_file and not files.is_here(exhibit.stored):
        return _("File not here"), "missing"
    return "", ""


def what_of(exhibit: Exhibit) -> str:
    """In words: "Link to example.org", "PDF, 1.2 MB", "Decision"."""
    if exhibit.address:
        return _("Link to %(host)s") % {"host": urlsplit(exhibit.address).netloc}
    if exhibit.is_file:
        ending = exhibit.file_name.rpartition(".")[2].upper()
        return _("%(sort)s file, %(size)s") % {"sort": ending, "size": filesizeformat(exhibit.size or 0)}
    kind = kind_named(exhibit.source_kind)
    return str(kind.word) if kind else exhibit.source_kind


def sort_of(exhibit: Exhibit) -> str:
    """Which of the three it is, and no more: of what was taken back, to who may not open it."""
    return _("Link") if exhibit.address else _("File") if exhibit.is_file else _("Another record")


def standing_at(found: QuerySet[Exhibit], today: date) -> QuerySet[Exhibit]:
    """Those that count: neither taken back nor lapsed."""
    current = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return found.filter(current, withdrawal__isnull=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page of all evidence: the piece, and what it belongs to."""

    piece: Piece
    kind: str
    of: str


def evidence_page(
    alliance: Alliance, standing: Standing, at: datetime, *, kinds: Iterable[str] = (), page: Any = None
) -> tuple[Page[Exhibit], list[Row]]:
    """All evidence, newest first, of these kinds of record or of all: three statements."""
    wanted = list(kinds)
    found = seen_by(standing.person, alliance).order_by("-added_at", "-pk")
    pages = Paginator(found.filter(kind__in=wanted) if wanted else found, PAGE).get_page(page)
    shelf = Shelf(alliance, standing, at.date())
    names = _names(alliance, {each.record for each in pages.object_list})
    return pages, [Row(shelf.piece(each), _word(each.kind), names.get(each.record, "")) for each in pages.object_list]


def _names(alliance: Alliance, ids: set[UUID]) -> dict[UUID, str]:
    """What these records are called, as far as their kinds have a column for it: one statement."""
    first, *others = (
        kind.rows(alliance).filter(pk__in=ids).order_by().values_list("pk", kind.named_by)
        for kind in all_kinds()
        if kind.named_by
    )
    return dict(first.union(*others, all=True))


def words_of(kinds: Iterable[str]) -> str:
    """What these kinds of record are called, as a list in words; unknown ones are left out."""
    return ", ".join(str(kind.word) for kind in map(kind_named, kinds) if kind)


def _word(name: str) -> str:
    kind = kind_named(name)
    return str(kind.word) if kind else name


def source_choices(alliance: Alliance, person: Person, *, apart_from: Key) -> list[tuple[str, list[tuple[str, str]]]]:
    """Records that may be evidence for another, by kind, the newest first: a statement for each kind."""
    groups = []
    for kind in all_kinds():
        if not kind.is_cited:
            continue
        rows = kind.rows(alliance).order_by("-pk")
        if kind.hidden:
            rows = rows.exclude(pk__in=kind.hidden(alliance, person).values("pk"))
        found = [(f"{kind.name}:{row.pk}", kind.label(row)) for row in rows[:MOST_CHOICES]]
        found = [each for each in found if each[0] != f"{apart_from[0]}:{apart_from[1]}"]
        if found:
            groups.append((str(kind.word), found))
    return groups


def strays(at: datetime) -> list[str]:
    """Files of an hour ago or older that no evidence names: one statement for each five hundred."""
    names, found = files.names_before(at), []
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        known = set(Exhibit.objects.filter(stored__in=some).values_list("stored", flat=True))
        found += [name for name in some if name not in known]
    return found
