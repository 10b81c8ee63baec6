"""What outlives the alliance."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance.forms.value import AcceptanceForm, DurableFormForm, LegacyForm
from alliance.models import DurableForm
from alliance.services import legacy as commands
from alliance.states import LegacyPart
from alliance.views.answers import form_page
from alliance.views.loading import person_of, posted, signed_in, visible_alliance
from alliance.views.value import at_stream, stream_in


@require_http_methods(["GET", "POST"])
@signed_in
def write_part(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """One of the six parts of the legacy plan."""
    alliance = visible_alliance(request, slug)
    if part not in LegacyPart.values:
        raise Http404
    known = alliance.legacy_items.select_related("owner").filter(part=part).first()
    initial = {"text": known.text, "owner": known.owner.name if known.owner else ""} if known else {}
    form = LegacyForm(posted(request), initial=initial)
    return form_page(
        request, alliance, form,
        lambda: commands.write_legacy_item(
            actor=person_of(request), alliance=alliance, part=LegacyPart(part), **form.cleaned_data
        ),
        needs=("alliance.write_legacy_item", alliance), done=_("Saved."), back=reverse("alliance:value", args=[slug]),
        place="why", page_title=_("Legacy plan: %(part)s") % {"part": LegacyPart(part).label}, submit=_("Save"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def add_durable_form(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """In what a benefit lives on."""
    alliance = visible_alliance(request, slug)
    stream = stream_in(alliance, pk)
    form = DurableFormForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: commands.add_durable_form(actor=person_of(request), stream=stream, **form.cleaned_data),
        needs=("alliance.add_durable_form", stream),
        done=_("Proposed. Somebody who works for the successor accepts it here."), back=at_stream(slug, stream),
        place="why", page_title=_("What “%(title)s” lives on in") % {"title": stream}, submit=_("Propose it"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def accept_succession(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The successor accepts in writing."""
    alliance = visible_alliance(request, slug)
    durable = get_object_or_404(
        DurableForm.objects.select_related("stream__alliance", "successor"), stream__alliance=alliance, pk=pk
    )
    form = AcceptanceForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: commands.accept_succession(actor=person_of(request), form=durable, **form.cleaned_data),
        needs=("alliance.accept_succession", durable), done=_("Accepted."), back=at_stream(slug, durable.stream),
        place="why", page_title=_("Keep “%(title)s” alive") % {"title": durable.stream},
        text=f"{durable.get_form_display()}: {durable.description}", submit=_("Accept in writing"),
    )  # fmt: skip
