"""The charter's text: read, start, write, and its frozen versions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.doors import carried_out, with_status
from accounts.permissions import may, require
from alliance.views.loading import or_guest, person_of, signed_in, visible_alliance
from audit import clock
from audit.errors import DomainError
from charter.forms import SectionForm, TemplateForm
from charter.models import Charter, CharterVersion
from charter.redline import redline
from charter.selectors.composition import known_fields
from charter.selectors.pages import next_version, sections_of, text_page
from charter.services.dossier import export_dossier
from charter.services.drafting import draft_charter, write_section
from charter.states import Section, Template
from charter.values import FIELDS


def shell(alliance: Any, title: str, view: str = "text") -> dict[str, Any]:
    """What every page of the charter passes to its layout."""
    return {"page_title": title, "place": "charter", "view": view, "now": clock.read(), "alliance": alliance}


@or_guest
@signed_in
@require_GET
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as it reads now: in force, being signed, or the draft with the record filled in."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    context = shell(alliance, _("Charter")) | {
        "page": text_page(alliance, person),
        "may_draft": may("charter.draft_charter", person, alliance),
        "may_export": may("charter.export_dossier", person, alliance),
    }
    return render(request, "charter/text.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Start the charter from a template."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    require("charter.draft_charter", person, alliance)
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda: draft_charter(actor=person, alliance=alliance, template=Template(form.cleaned_data["template"])),
        )
        if done:
            messages.success(request, _("The charter has its twenty sections. Read them, and change what you need."))
            return redirect("charter:charter", slug=alliance.slug)
    has_draft = Charter.objects.filter(alliance=alliance).exists()
    context = shell(alliance, _("Start the charter")) | {"form": form, "has_draft": has_draft}
    return with_status(render(request, "charter/draft.html", context), form)


@signed_in
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write one section."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    require("charter.write_section", person, alliance)
    found = get_object_or_404(Charter, alliance=alliance)
    if key not in Section.values:
        raise Http404
    kept = found.sections.filter(key=key).first()
    form = SectionForm(request.POST or None, initial={"text": kept.text if kept else ""})
    if request.method == "POST" and form.is_valid():
        done = carried_out(
            form,
            lambda: write_section(actor=person, charter=found, key=Section(key), text=form.cleaned_data["text"]),
        )
        if done:
            messages.success(request, _("The section is written."))
            return redirect("charter:charter", slug=alliance.slug)
    context = shell(alliance, str(Section(key).label)) | {
        "form": form,
        "fields": [(name, FIELDS[name]) for name in sorted(known_fields())],
    }
    return with_status(render(request, "charter/section.html", context), form)


@or_guest
@signed_in
@require_GET
def version(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """A frozen version: its text, its hash, who signed it."""
    alliance = visible_alliance(request, slug)
    joined = CharterVersion.objects.select_related("amends", "decision")
    found = get_object_or_404(joined, alliance=alliance, pk=pk)
    context = shell(alliance, _("Charter %(version)s") % {"version": found.label}) | {
        "version": found,
        "sections": sections_of(found.document),
        "signatures": found.signed.signatures.order_by("signed_at", "pk"),
    }
    return render(request, "charter/version.html", context)


@signed_in
@require_GET
def version_changes(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What a version says otherwise than the one it amends."""
    alliance = visible_alliance(request, slug)
    found = get_object_or_404(CharterVersion.objects.select_related("amends"), alliance=alliance, pk=pk)
    if found.amends is None:
        raise DomainError("amends_none", _("This version amends none: it was signed as it stands."))
    between = _("From version %(before)s to %(after)s") % {"before": found.amends.label, "after": found.label}
    context = shell(alliance, _("What changed")) | {
        "changes": redline(found.amends.document, found.document), "between": between,
    }  # fmt: skip
    return render(request, "charter/changes.html", context)


@signed_in
@require_GET
def amendment(request: HttpRequest, slug: str) -> HttpResponse:
    """What the next version will say otherwise, as far as the amendment is written into the record."""
    alliance = visible_alliance(request, slug)
    written = next_version(alliance, person_of(request))
    between = _("From version %(before)s to what the record says now") % {"before": written.before.label}
    context = shell(alliance, _("What the amendment changes")) | {
        "changes": redline(written.before.document, written.after.document),
        "between": between, "hash": written.after.hash, "may_close": written.may_close,
    }  # fmt: skip
    return render(request, "charter/changes.html", context)


@signed_in
@require_GET
def alliance_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The alliance as one file."""
    alliance = visible_alliance(request, slug)
    require("charter.export_dossier", person_of(request), alliance)
    body = export_dossier(alliance, at=clock.read()).model_dump_json(indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{alliance.slug}.json"'}
    return HttpResponse(body, content_type="application/json", headers=headers)
