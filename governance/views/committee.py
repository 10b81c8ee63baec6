"""The committee: its page, its seats and terms, and who is named for them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alliance.selectors.evidence import shelf_of
from alliance.selectors.standing import standing_of
from alliance.views.answers import acted, confirm_page, form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from audit import clock
from governance.forms.committee import NominationForm, SeatForm, TermsForm
from governance.models import CommitteeTerms
from governance.selectors.committee_page import committee_page
from governance.services import committee as services
from governance.services import holders
from governance.views.loading import seat_in

PLACE = "decisions"
USUAL_MONTHS = 12


@or_guest
@require_GET
@signed_in
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """Seats, holders, terms, statements, and seats against power."""
    alliance = visible_alliance(request, slug)
    at = clock.read()
    standing = standing_of(person_of(request), alliance)
    return show(
        request, "governance/committee.html", alliance, place=PLACE, page_title=_("Committee"),
        found=committee_page(alliance, standing, at),
        shelf=shelf_of(alliance, standing, at, "attestation", "disclosure"), now=at,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds for the committee as a whole."""
    alliance = visible_alliance(request, slug)
    stand: Any = CommitteeTerms.objects.filter(alliance=alliance).values().first()
    form = TermsForm(posted(request), initial=stand)
    return form_page(
        request, alliance, form,
        lambda: services.set_committee_terms(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("governance.set_committee_terms", alliance), done=_("The terms are set."), back=_back(slug),
        place=PLACE, page_title=_("The committee’s terms"), submit=_("Save"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def add_seat(request: HttpRequest, slug: str) -> HttpResponse:
    """One more seat."""
    alliance = visible_alliance(request, slug)
    form = SeatForm(posted(request), alliance=alliance)
    return form_page(
        request, alliance, form,
        lambda: services.add_seat(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("governance.add_seat", alliance), done=_("The seat is added."), back=_back(slug), place=PLACE,
        page_title=_("Add a seat"), submit=_("Add the seat"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def change_seat(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Another name, weight or member."""
    alliance = visible_alliance(request, slug)
    seat = seat_in(alliance, pk)
    initial = {"label": seat.label, "weight": seat.weight, "member": seat.member_id}
    form = SeatForm(posted(request), alliance=alliance, initial=initial)
    return form_page(
        request, alliance, form,
        lambda: services.change_seat(actor=person_of(request), seat=seat, **form.cleaned_data),
        needs=("governance.change_seat", alliance), done=_("The seat is changed."), back=_back(slug), place=PLACE,
        page_title=_("Change the seat"), submit=_("Save"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def abolish_seat(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One seat fewer, after saying what that means."""
    alliance = visible_alliance(request, slug)
    seat = seat_in(alliance, pk)
    return confirm_page(
        request, alliance, lambda: services.abolish_seat(actor=person_of(request), seat=seat),
        needs=("governance.abolish_seat", alliance), done=_("The seat is abolished."), back=_back(slug), place=PLACE,
        page_title=_("Abolish “%(seat)s”") % {"seat": seat}, keep=_("Keep the seat"), act=_("Abolish it"), danger=True,
        text=_("The committee has one seat fewer, and a nomination for it ends. Its record stays."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def nominate(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Name a person for a vacant seat."""
    alliance = visible_alliance(request, slug)
    seat = seat_in(alliance, pk)
    stand = CommitteeTerms.objects.filter(alliance=alliance).first()
    months = stand.term_months if stand and stand.term_months else USUAL_MONTHS
    form = NominationForm(posted(request), seat=seat, today=clock.read().date(), months=months)
    return form_page(
        request, alliance, form,
        lambda: holders.nominate_holder(actor=person_of(request), seat=seat, **form.cleaned_data),
        needs=("governance.nominate_holder", seat), done=_("Named. The person accepts the seat before holding it."),
        back=_back(slug), place=PLACE, page_title=_("Name a person for “%(seat)s”") % {"seat": seat},
        submit=_("Name this person"),
        text=_("Who has no account yet gets an invitation by mail. One person holds one seat."),
    )  # fmt: skip


@require_POST
@signed_in
def withdraw_nomination(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take back a nomination that nobody has accepted."""
    seat = seat_in(visible_alliance(request, slug), pk)
    return acted(
        request, lambda: holders.withdraw_nomination(actor=person_of(request), seat=seat),
        done=_("The nomination is taken back."), back=_back(slug),
    )  # fmt: skip


def _back(slug: str) -> str:
    return reverse("governance:committee", args=[slug])
