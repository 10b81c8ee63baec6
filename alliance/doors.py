"""What the page and the API of evidence do alike: find the record and the piece, and hand out a file."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance import files
from alliance.kinds import Kind, kind_named
from alliance.models import Alliance, Exhibit
from alliance.selectors.evidence import seen_by
from audit.errors import DomainError


def record_in(alliance: Alliance, person: Person, kind: str, pk: UUID) -> tuple[Kind, Any]:
    """A record that takes evidence, with its kind, or Http404: also for one that is hidden from the person."""
    known = kind_named(kind)
    if known is None:
        raise Http404
    rows = known.rows(alliance)
    if known.hidden:
        rows = rows.exclude(pk__in=known.hidden(alliance, person).values("pk"))
    return known, get_object_or_404(rows, pk=pk)


def exhibit_in(alliance: Alliance, person: Person, pk: UUID) -> Exhibit:
    """A piece of evidence that the person may see, or Http404."""
    found: Exhibit = get_object_or_404(seen_by(person, alliance), pk=pk)
    return found


def require_openable(person: Person, exhibit: Exhibit) -> None:
    """Raise NotPermitted for what was taken back, unless the person attached it or audits."""
    if exhibit.is_withdrawn:
        require("alliance.open_withdrawn_exhibit", person, exhibit)


def served(exhibit: Exhibit) -> HttpResponse:
    """The file, to be saved and never shown in place: by its stored type, which no browser second-guesses.

    Raises Http404 for evidence that is no file, DomainError for a file that is not here, or is not what was attached.
    """
    if not exhibit.is_file:
        raise Http404
    try:
        with files.opened(exhibit.stored) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise DomainError(
            "file_missing",
            _("This file is not here: only its name and fingerprint came along. Ask who attached it for the file."),
        ) from error
    if sha256(content).hexdigest() != exhibit.sha256:
        raise DomainError(
            "file_changed",
            _("This file was changed where it lies, and is not what was attached. Tell the auditor and the operator."),
        )
    answer = HttpResponse(content, content_type=exhibit.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=exhibit.file_name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
