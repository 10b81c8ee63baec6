"""Why the founders do it, and opportunities discovered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance.forms.reasons import ExpectationForm, OpportunityForm
from alliance.selectors.reasons import expected_by
from alliance.services import reasons as commands
from alliance.views.answers import form_page
from alliance.views.loading import person_of, posted, signed_in, visible_alliance
from alliance.views.value import stream_in
from audit import clock


@require_http_methods(["GET", "POST"])
@signed_in
def expect(request: HttpRequest, slug: str) -> HttpResponse:
    """Say for which reasons value is expected."""
    alliance = visible_alliance(request, slug)
    newest = expected_by(alliance)
    form = ExpectationForm(posted(request), initial={"reasons": newest.reasons if newest else []})
    return form_page(
        request, alliance, form,
        lambda: commands.state_expectation(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("alliance.state_expectation", alliance), done=_("It is on record."),
        back=reverse("alliance:value", args=[slug]), place="why", page_title=_("Where do we expect value from?"),
        submit=_("Put it on record"), text=_("What was said before stays on record; the newest counts."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def add_opportunity(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Enter an opportunity that led to this benefit."""
    alliance = visible_alliance(request, slug)
    found = stream_in(alliance, pk)
    form = OpportunityForm(posted(request), initial={"found_on": clock.read().date()})
    return form_page(
        request, alliance, form,
        lambda: commands.add_opportunity(actor=person_of(request), stream=found, **form.cleaned_data),
        needs=("alliance.add_opportunity", found), done=_("Entered."), back=reverse("alliance:value", args=[slug]),
        place="why", page_title=_("An opportunity behind “%(title)s”") % {"title": found}, submit=_("Enter it"),
    )  # fmt: skip
