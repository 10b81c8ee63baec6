"""Value: streams, their stewards and measures."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alliance import panels
from alliance.forms.value import BaselineForm, LinkForm, NewStreamForm, ReadingForm, StewardForm, StreamForm, VerifyForm
from alliance.models import Alliance, InterestLink, ValueStream
from alliance.selectors.evidence import shelf_of
from alliance.selectors.standing import standing_of
from alliance.selectors.value import measured, stream_page, value_of, vouching
from alliance.services import value as commands
from alliance.views.answers import acted, form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from audit import clock


def stream_in(alliance: Alliance, pk: UUID) -> ValueStream:
    """A value stream of this alliance, or 404."""
    streams = ValueStream.objects.select_related(
        "alliance", "steward", "baseline_set_by", "baseline_verified_by__organisation"
    )
    found: ValueStream = get_object_or_404(streams, alliance=alliance, pk=pk)
    return found


def at_stream(slug: str, stream: ValueStream) -> str:
    """The address of a stream's page."""
    return reverse("alliance:stream", args=[slug, stream.pk])


@or_guest
@require_GET
@signed_in
def value(request: HttpRequest, slug: str) -> HttpResponse:
    """Benefits, what outlives the alliance, the next problem."""
    alliance = visible_alliance(request, slug)
    person, at = person_of(request), clock.read()
    standing = standing_of(person, alliance)
    return show(
        request, "alliance/value.html", alliance, place="why", page_title=_("Value"), now=at,
        found=value_of(alliance), standing=standing, shelf=shelf_of(alliance, standing, at, "legacy"),
        below=panels.panels_at(panels.VALUE, alliance, person, at),
    )  # fmt: skip


@or_guest
@require_GET
@signed_in
def stream(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One benefit with its measure, what it lives on in, and whose interests it meets."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    standing = standing_of(person_of(request), alliance)
    at = clock.read()
    page = stream_page(found, standing, today=at.date())
    shown = [found.pk, *(each.pk for each in page.readings), *(each["form"].pk for each in page.forms)]
    return show(
        request, "alliance/stream.html", alliance, place="why", page_title=found.title, found=page, standing=standing,
        now=at,
        readings=[{"reading": reading, "value": measured(reading.value, found.unit)} for reading in page.readings],
        targets=[{"target": each, "value": measured(each.value, found.unit)} for each in page.targets],
        shelf=shelf_of(alliance, standing, at, "stream", "baseline", "reading", "durable_form", records=shown),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def add_stream(request: HttpRequest, slug: str) -> HttpResponse:
    """Describe a benefit."""
    alliance = visible_alliance(request, slug)
    form = NewStreamForm(posted(request), alliance=alliance)
    return form_page(
        request, alliance, form,
        lambda: commands.add_stream(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("alliance.add_stream", alliance), done=_("Benefit added."),
        back=reverse("alliance:value", args=[slug]), place="why", page_title=_("Add a benefit"), submit=_("Add it"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def change_stream(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Change a benefit before the charter."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    form = StreamForm(posted(request), alliance=alliance, initial=_initial(found))
    return form_page(
        request, alliance, form,
        lambda: commands.change_stream(actor=person_of(request), stream=found, **form.cleaned_data),
        needs=("alliance.change_stream", found), done=_("Saved."), back=at_stream(slug, found),
        place="why", page_title=_("Change “%(title)s”") % {"title": found}, submit=_("Save"),
        text=_("A new steward must accept anew."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def name_steward(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Another steward, where the one that was named has left."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    form = StewardForm(posted(request), alliance=alliance)
    return form_page(
        request, alliance, form,
        lambda: commands.name_steward(actor=person_of(request), stream=found, **form.cleaned_data),
        needs=("alliance.change_stream", found), done=_("Asked: the new steward must accept."),
        back=at_stream(slug, found), place="why", submit=_("Ask them"),
        page_title=_("Name another steward for “%(title)s”") % {"title": found},
        text=_("The one that was named has no part in this alliance any more."),
    )  # fmt: skip


def _initial(stream: ValueStream) -> dict[str, Any]:
    names = ("title", "description", "effect", "steward", "is_permanent", "horizon_on", "review_months")
    known = {name: getattr(stream, name) for name in (*names, "upkeep_funded_until")}
    return {**known, "beneficiaries": list(stream.beneficiaries.values_list("member", flat=True))}


@require_POST
@signed_in
def accept_stewardship(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Accept to keep it."""
    found = stream_in(visible_alliance(request, slug), pk)
    return acted(
        request, lambda: commands.accept_stewardship(actor=person_of(request), stream=found),
        done=_("You are its steward."), back=at_stream(slug, found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def set_baseline(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What is measured, and where it stands."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    initial = {"metric": found.metric, "unit": found.unit, "source": found.baseline_source}
    form = BaselineForm(posted(request), initial=initial)
    return form_page(
        request, alliance, form,
        lambda: commands.set_baseline(actor=person_of(request), stream=found, **form.cleaned_data),
        needs=("alliance.set_baseline", found), done=_("Baseline entered. Another member verifies it."),
        back=at_stream(slug, found), place="why", page_title=_("Measure “%(title)s”") % {"title": found},
        submit=_("Enter the baseline"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def verify_baseline(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Vouch for a baseline."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    members = vouching(standing_of(person_of(request), alliance), found, found.baseline_set_by)
    form = VerifyForm(posted(request), members=members)
    return form_page(
        request, alliance, form,
        lambda: commands.verify_baseline(actor=person_of(request), stream=found, **form.cleaned_data),
        needs=("alliance.verify_baseline", found), done=_("Baseline verified."), back=at_stream(slug, found),
        place="why", page_title=_("Verify the baseline of “%(title)s”") % {"title": found},
        text=_("You say that you have looked at the source, and that the figure is right."), submit=_("Verify it"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def record_reading(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What the metric stood at."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    form = ReadingForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: commands.record_reading(actor=person_of(request), stream=found, **form.cleaned_data),
        needs=("alliance.record_reading", found), done=_("Reading entered."), back=at_stream(slug, found),
        place="why", page_title=_("Enter a reading of “%(title)s”") % {"title": found}, submit=_("Enter it"),
        text=found.metric,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def link_interest(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Say whose interest it meets; `?member=` names whose."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    standing = standing_of(person_of(request), alliance)
    own = [each for each in standing.members() if standing.represents(each.pk)]
    form = LinkForm(posted(request), alliance=alliance, members=own, initial={"member": request.GET.get("member")})
    voice = (own or list(alliance.members.order_by("pk")[:1]))[0]
    return form_page(
        request, alliance, form,
        lambda: commands.link_interest(actor=person_of(request), stream=found, **form.cleaned_data),
        needs=("alliance.link_interest", voice), done=_("Linked. It counts once the steward accepts it."),
        back=at_stream(slug, found), place="why",
        page_title=_("Link an interest to “%(title)s”") % {"title": found}, submit=_("Link it"),
    )  # fmt: skip


@require_POST
@signed_in
def accept_link(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Agree that the stream meets this interest."""
    alliance = visible_alliance(request, slug)
    link = get_object_or_404(InterestLink.objects.select_related("stream"), stream__alliance=alliance, pk=pk)
    return acted(
        request, lambda: commands.accept_interest_link(actor=person_of(request), link=link),
        done=_("Accepted."), back=at_stream(slug, link.stream),
    )  # fmt: skip
