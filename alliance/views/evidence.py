"""Evidence on records: attached, listed, opened, taken back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alliance.doors import exhibit_in, record_in, require_openable, served
from alliance.forms.evidence import EvidenceForm
from alliance.kinds import kind_named
from alliance.models import Alliance, Exhibit
from alliance.selectors.evidence import evidence_page, source_choices, words_of
from alliance.selectors.standing import standing_of
from alliance.services import exhibits as commands
from alliance.views.answers import confirm_page, form_page, name_hits, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from audit import clock
from audit.errors import DomainError


@or_guest
@require_GET
@signed_in
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """All evidence of the alliance, newest first; `?kind=` narrows it to kinds of record."""
    alliance = visible_alliance(request, slug)
    kinds = [name for name in request.GET.getlist("kind") if kind_named(name)]
    standing = standing_of(person_of(request), alliance)
    page, rows = evidence_page(alliance, standing, clock.read(), kinds=kinds, page=request.GET.get("page"))
    return show(
        request, "alliance/evidence.html", alliance, place="records", page_title=_("Evidence"), page=page, rows=rows,
        clear=reverse("alliance:evidence", args=[slug]) if kinds else "", only=words_of(kinds),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def attach(request: HttpRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Attach a link, a file or another record to a record."""
    alliance, person = visible_alliance(request, slug), person_of(request)
    known, row = record_in(alliance, person, kind, pk)
    if sentence := known.refusal(row):
        raise DomainError("takes_no_evidence", sentence)
    sources = source_choices(alliance, person, apart_from=(kind, pk))
    form = EvidenceForm(posted(request), request.FILES or None, sources=sources, most_mb=settings.EVIDENCE_MAX_MB)

    def command() -> Exhibit:
        exhibit = commands.attach_exhibit(actor=person, alliance=alliance, kind=kind, record=pk, **form.exhibit())
        name_hits(request, [exhibit.title])
        return exhibit

    return form_page(
        request, alliance, form, command,
        needs=("alliance.attach_exhibit", (kind, row)), done=_("Evidence attached."), back=known.href(row),
        place="records", page_title=_("Attach evidence"), submit=_("Attach it"),
        text=_("%(kind)s: %(record)s. Give one of three: a link, a file, or another record.")
        % {"kind": known.word, "record": known.label(row).rstrip(".")},
    )  # fmt: skip


@require_GET
@signed_in
def open_evidence(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The file itself, or the page of the record that is the evidence."""
    alliance, person = visible_alliance(request, slug), person_of(request)
    exhibit = exhibit_in(alliance, person, pk)
    require_openable(person, exhibit)
    if exhibit.is_file:
        return served(exhibit)
    return _to(alliance, request, exhibit.source_kind, exhibit.source)


@require_GET
@signed_in
def record_of_evidence(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The page of the record that the evidence belongs to."""
    alliance = visible_alliance(request, slug)
    exhibit = exhibit_in(alliance, person_of(request), pk)
    return _to(alliance, request, exhibit.kind, exhibit.record)


def _to(alliance: Alliance, request: HttpRequest, kind: str, pk: UUID | None) -> HttpResponse:
    if pk is None:
        raise Http404
    known, row = record_in(alliance, person_of(request), kind, pk)
    return redirect(known.href(row))


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take a piece of evidence back."""
    alliance, person = visible_alliance(request, slug), person_of(request)
    exhibit = exhibit_in(alliance, person, pk)
    if request.method == "GET" and exhibit.is_withdrawn:
        messages.info(request, _("This is taken back already."))
        return redirect(_back(alliance, request, exhibit))
    return confirm_page(
        request, alliance, lambda: commands.withdraw_exhibit(actor=person, exhibit=exhibit),
        needs=("alliance.withdraw_exhibit", exhibit), done=_("Taken back."), back=_back(alliance, request, exhibit),
        place="records", page_title=_("Take back “%(title)s”") % {"title": exhibit}, keep=_("Keep it"),
        act=_("Take it back"), danger=True,
        text=_("It stays on record and counts no longer. Only who attached it and the auditor can still open it."),
    )  # fmt: skip


def _back(alliance: Alliance, request: HttpRequest, exhibit: Exhibit) -> Any:
    try:
        known, row = record_in(alliance, person_of(request), exhibit.kind, exhibit.record)
    except Http404:
        return reverse("alliance:evidence", args=[alliance.slug])
    return known.href(row)
