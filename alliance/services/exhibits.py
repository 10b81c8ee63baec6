"""Evidence: attached to a record by who may say it, and taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance import contents, files
from alliance.contents import Upload
from alliance.kinds import Kind, kind_named
from alliance.models import Alliance, Exhibit, ExhibitWithdrawal
from alliance.services.locking import lock, require_going_on, tell
from audit.errors import DomainError

MOST_ON_A_RECORD = 20
"""Pieces of evidence that stand on one record at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """Another record of the alliance, as evidence: the kind's name, and which."""

    kind: str
    pk: UUID


@transaction.atomic
def attach_exhibit(
    *,
    actor: Person,
    alliance: Alliance,
    kind: str,
    record: UUID,
    title: str,
    address: str = "",
    source: Source | None = None,
    file: Upload | None = None,
    valid_until: date | None = None,
) -> Exhibit:
    """Attach a link (https), another record of the alliance or a file to a record, by who may say that record.

    Exactly one of the three. Raises DomainError for a record that is not there or takes none, for what is sealed or
    confidential, a link or file of another sort, a day that has been, the same a second time with the same last day,
    beyond twenty on one record, and beyond what the files of an alliance may take up (EVIDENCE_TOTAL_MB).
    """
    alliance, at = lock(alliance)
    known, row = _record(alliance, kind, record)
    require("alliance.attach_exhibit", actor, (kind, row))
    require_going_on(alliance)
    _require_room(alliance, known, row)
    if [bool(address), source is not None, file is not None].count(True) != 1:
        raise DomainError("one_of_three", _("Give one of the three: a link, a file, or another record."))
    if valid_until and valid_until < at.date():
        raise DomainError("valid_until_past", _("Choose a day to come, or leave it empty."), field="valid_until")
    given = {**_link(address), **_cited(alliance, actor, source, (kind, record)), **_file(alliance, file)}
    own = Exhibit.objects.filter(alliance=alliance, kind=kind, record=record, added_by=actor, withdrawal__isnull=True)
    _require_new(own.filter(valid_until=valid_until), given)
    with files.kept(file.content if file else None) as stored:
        exhibit = Exhibit.objects.create(
            alliance=alliance, kind=kind, record=record, title=title.strip(), stored=stored, added_by=actor,
            added_at=at, valid_until=valid_until, **given,
        )  # fmt: skip
        _tell_attached(alliance, exhibit, actor, at)
    return exhibit


def _record(alliance: Alliance, kind: str, record: UUID) -> tuple[Kind, Any]:
    known = kind_named(kind)
    row = known.rows(alliance).filter(pk=record).first() if known else None
    if known is None or row is None:
        raise DomainError("record_unknown", _("There is no such record here, or it takes no evidence."))
    return known, row


def _require_room(alliance: Alliance, kind: Kind, row: Any) -> None:
    """Neither sealed nor confidential, nor full."""
    sentence = kind.refusal(row)
    if sentence:
        raise DomainError("takes_no_evidence", sentence)
    standing = Exhibit.objects.filter(alliance=alliance, kind=kind.name, record=row.pk, withdrawal__isnull=True)
    if standing.count() >= MOST_ON_A_RECORD:
        raise DomainError("too_much_evidence", _("Twenty pieces are on this already. Take one back first."))


def _require_new(own: QuerySet[Exhibit], given: dict[str, Any]) -> None:
    """One person puts the same link, record or file on a record once; with another last day it is renewed."""
    what = {name: given[name] for name in ("address", "source_kind", "source", "sha256") if name in given}
    if own.filter(**what).exists():
        field = "file" if "sha256" in what else "source" if "source" in what else "address"
        raise DomainError("attached_already", _("This is attached already. Take that one back first."), field=field)


def _link(address: str) -> dict[str, str]:
    """Its host may be followed by anything; its scheme is kept in small letters, as a document wants it."""
    if not address:
        return {}
    scheme, colon, rest = address.partition(":")
    address = f"{scheme.lower()}{colon}{rest}"
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError as error:
        sentence = _("Write the whole address of the page, beginning with https://.")
        raise DomainError("link_unfit", sentence, field="address") from error
    if "@" in urlsplit(address).netloc:
        raise DomainError("link_unfit", _("Leave user name and password out of the link."), field="address")
    return {"address": address}


def _cited(alliance: Alliance, actor: Person, source: Source | None, of: tuple[str, UUID]) -> dict[str, Any]:
    if source is None:
        return {}
    known = kind_named(source.kind)
    if known is None or not known.is_cited or not _seen(known, alliance, actor).filter(pk=source.pk).exists():
        raise DomainError("source_unknown", _("Choose a record of this alliance."), field="source")
    if (source.kind, source.pk) == of:
        raise DomainError("source_itself", _("A record is no evidence for itself. Choose another."), field="source")
    return {"source_kind": source.kind, "source": source.pk}


def _seen(kind: Kind, alliance: Alliance, actor: Person) -> Any:
    rows = kind.rows(alliance)
    return rows.exclude(pk__in=kind.hidden(alliance, actor).values("pk")) if kind.hidden else rows


def _file(alliance: Alliance, file: Upload | None) -> dict[str, Any]:
    if file is None:
        return {}
    name, media_type = contents.checked(file, most=settings.EVIDENCE_MAX_BYTES)
    _require_space(alliance, len(file.content))
    return {
        "file_name": name,
        "media_type": media_type,
        "size": len(file.content),
        "sha256": sha256(file.content).hexdigest(),
    }


def _require_space(alliance: Alliance, more: int) -> None:
    """Within what the alliance's files may take up together; what was taken back is kept, and counts."""
    taken = Exhibit.objects.filter(alliance=alliance).exclude(stored="").aggregate(of=Sum("size"))["of"] or 0
    if taken + more > settings.EVIDENCE_TOTAL_MB * 2**20:
        sentence = _("All files of an alliance may take up %(most)s MB together. Give a link, or ask the operator.")
        raise DomainError("evidence_full", sentence % {"most": settings.EVIDENCE_TOTAL_MB}, field="file")


def _tell_attached(alliance: Alliance, exhibit: Exhibit, actor: Person, at: datetime) -> None:
    data: dict[str, Any] = {"kind": exhibit.kind, "record": str(exhibit.record)}
    if exhibit.is_file:
        data |= {"sha256": exhibit.sha256, "size": exhibit.size}
    if exhibit.source:
        data |= {"source_kind": exhibit.source_kind, "source": str(exhibit.source)}
    if exhibit.valid_until:
        data["valid_until"] = exhibit.valid_until.isoformat()
    tell("evidence.attached", alliance, actor=actor, subject=exhibit, at=at, data=data)


@transaction.atomic
def withdraw_exhibit(*, actor: Person, exhibit: Exhibit) -> ExhibitWithdrawal:
    """Take back a piece of evidence: it stays on record as taken back, and only its author and the auditor open it.

    By who attached it, or who may say what it belongs to. Raises DomainError when it is taken back already.
    """
    alliance, at = lock(exhibit.alliance_id)
    exhibit = Exhibit.objects.select_related("withdrawal", "alliance").get(pk=exhibit.pk)
    require("alliance.withdraw_exhibit", actor, exhibit)
    require_going_on(alliance)
    if exhibit.is_withdrawn:
        raise DomainError("withdrawn_already", _("This is taken back already."))
    withdrawal = ExhibitWithdrawal.objects.create(exhibit=exhibit, withdrawn_by=actor, withdrawn_at=at)
    data = {"kind": exhibit.kind, "record": str(exhibit.record)}
    tell("evidence.withdrawn", alliance, actor=actor, subject=exhibit, at=at, data=data)
    return withdrawal
