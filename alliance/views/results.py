"""Targets of a benefit, who vouches for its readings, and the readings as a table to take along."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alliance.forms.value import TargetForm, VerifyForm
from alliance.models import Reading
from alliance.selectors.readings import readings_csv
from alliance.selectors.standing import standing_of
from alliance.selectors.value import vouching
from alliance.services import results as commands
from alliance.views.answers import form_page
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from alliance.views.value import at_stream, stream_in


@require_http_methods(["GET", "POST"])
@signed_in
def set_target(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What the metric is to stand at, and when."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    form = TargetForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: commands.set_target(actor=person_of(request), stream=found, **form.cleaned_data),
        needs=("alliance.set_target", found), done=_("Target set."), back=at_stream(slug, found), place="why",
        page_title=_("Set a target for “%(title)s”") % {"title": found}, submit=_("Set it"),
        text=_("%(metric)s, in %(unit)s. The same day again replaces its target.")
        % {"metric": found.metric, "unit": found.unit} if found.metric else "",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def verify_reading(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Vouch for a reading."""
    alliance = visible_alliance(request, slug)
    reading = get_object_or_404(Reading.objects.select_related("stream"), stream__alliance=alliance, pk=pk)
    standing = standing_of(person_of(request), alliance)
    form = VerifyForm(posted(request), members=vouching(standing, reading.stream, reading.entered_by))
    return form_page(
        request, alliance, form,
        lambda: commands.verify_reading(actor=person_of(request), reading=reading, **form.cleaned_data),
        needs=("alliance.verify_reading", reading.stream), done=_("Reading verified."),
        back=at_stream(slug, reading.stream), place="why",
        page_title=_("Verify a reading of “%(title)s”") % {"title": reading.stream},
        text=_("You say that you have looked at the source, and that the figure is right."), submit=_("Verify it"),
    )  # fmt: skip


@or_guest
@require_GET
@signed_in
def readings(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Baseline, readings and targets as CSV."""
    found = stream_in(visible_alliance(request, slug), pk)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-readings.csv"'}
    return HttpResponse(readings_csv(found), content_type="text/csv; charset=utf-8", headers=headers)
