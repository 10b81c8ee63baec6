"""The overview, and what an alliance says of itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alliance import panels
from alliance.forms.founding import AllianceForm, ProfileForm
from alliance.kinds import OF_ALL
from alliance.selectors.evidence import shelf_of
from alliance.selectors.overview import overview_of
from alliance.selectors.standing import standing_of
from alliance.services import founding
from alliance.states import Profile
from alliance.views.answers import form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from audit import clock


@or_guest
@require_GET
@signed_in
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the alliance stands, what blocks it, who is in, what happened."""
    alliance = visible_alliance(request, slug)
    person, at = person_of(request), clock.read()
    standing = standing_of(person, alliance)
    return show(
        request, "alliance/overview.html", alliance, place="overview", page_title=alliance.name, now=at,
        overview=overview_of(alliance, standing), standing=standing, shelf=shelf_of(alliance, standing, at, OF_ALL),
        acts=panels.panels_at(panels.OVERVIEW_ACTS, alliance, person, at),
        lead=panels.panels_at(panels.OVERVIEW_LEAD, alliance, person, at),
        side=panels.panels_at(panels.OVERVIEW_SIDE, alliance, person, at),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Purpose, term and facts, before the charter."""
    alliance = visible_alliance(request, slug)
    form = AllianceForm(posted(request), instance=alliance)
    return form_page(
        request, alliance, form,
        lambda: founding.change_alliance(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("alliance.change_alliance", alliance),
        done=_("Saved."), back=reverse("alliance:overview", args=[slug]), place="overview",
        page_title=_("Change the founding facts"), submit=_("Save"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def raise_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """A deeper readiness check."""
    alliance = visible_alliance(request, slug)
    if alliance.profile == Profile.STRICT:
        return redirect("alliance:overview", slug)
    form = ProfileForm(posted(request), alliance=alliance)
    return form_page(
        request, alliance, form,
        lambda: founding.raise_profile(
            actor=person_of(request), alliance=alliance, profile=Profile(form.cleaned_data["profile"])
        ),
        needs=("alliance.raise_profile", alliance),
        done=_("The readiness check goes deeper now."), back=reverse("alliance:overview", args=[slug]),
        place="overview", page_title=_("Raise the profile"), submit=_("Raise the profile"),
        text=_(
            "All five traits are checked in every profile; a deeper one asks for more. It cannot be lowered again "
            "here: that takes a decision of the members."
        ),
    )  # fmt: skip
