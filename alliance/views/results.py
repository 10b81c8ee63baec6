"""Targets of a benefit, who vouches for its readings, and the readings as a table to take along."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alliance.forms.value import TargetForm, VerifyForm
from alliance.models import Alliance, Reading
from alliance.selectors.readings import readings_csv
from alliance.selectors.standing import standing_of
from alliance.selectors.value import measured, vouching
from alliance.services import results as commands
from alliance.views.answers import confirm_page, form_page
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


def _reading_in(alliance: Alliance, pk: UUID) -> Reading:
    found: Reading = get_object_or_404(Reading.objects.select_related("stream"), stream__alliance=alliance, pk=pk)
    return found


@require_http_methods(["GET", "POST"])
@signed_in
def take_back_reading(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take a wrong reading back."""
    alliance = visible_alliance(request, slug)
    reading = _reading_in(alliance, pk)
    said = {"value": measured(reading.value, reading.stream.unit), "day": date_format(reading.read_on)}
    return confirm_page(
        request, alliance, lambda: commands.take_back_reading(actor=person_of(request), reading=reading),
        needs=("alliance.record_reading", reading.stream), done=_("Taken back."),
        back=at_stream(slug, reading.stream), place="why",
        page_title=_("Take back a reading of “%(title)s”") % {"title": reading.stream},
        binding=_("%(value)s on %(day)s") % said,
        text=_("It counts no more, verified or not; day and value stay in the log. Enter anew what is right."),
        keep=_("Keep it"), act=_("Take it back"), danger=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def verify_reading(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Vouch for a reading."""
    alliance = visible_alliance(request, slug)
    reading = _reading_in(alliance, pk)
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
