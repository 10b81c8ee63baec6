"""Affected parties: members, or absent for a reason."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alliance.forms.founding import AffectedPartyForm, ExplainPartyForm
from alliance.models import AffectedParty
from alliance.selectors.standing import standing_of
from alliance.services import founding
from alliance.views.answers import form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance


@or_guest
@require_GET
@signed_in
def parties(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom the problem touches."""
    alliance = visible_alliance(request, slug)
    found = alliance.affected_parties.select_related("member__organisation").order_by("name", "pk")
    return show(
        request, "alliance/parties.html", alliance, place="members", page_title=_("Affected parties"),
        parties=list(found), standing=standing_of(person_of(request), alliance), view="parties",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def add_party(request: HttpRequest, slug: str) -> HttpResponse:
    """One more; any member may."""
    alliance = visible_alliance(request, slug)
    form = AffectedPartyForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: founding.add_affected_party(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("alliance.add_affected_party", alliance),
        done=_("Added."), back=reverse("alliance:parties", args=[slug]),
        place="members", page_title=_("Add an affected party"), submit=_("Add it"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def explain_party(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Which member it is, or why it is not one."""
    alliance = visible_alliance(request, slug)
    party = get_object_or_404(AffectedParty, alliance=alliance, pk=pk)
    initial = {"member": party.member_id, "reason_absent": party.reason_absent}
    form = ExplainPartyForm(posted(request), alliance=alliance, initial=initial)
    return form_page(
        request, alliance, form,
        lambda: founding.explain_affected_party(actor=person_of(request), party=party, **form.cleaned_data),
        needs=("alliance.list_affected_party", alliance),
        done=_("Saved."), back=reverse("alliance:parties", args=[slug]),
        place="members", page_title=party.name, submit=_("Save"),
    )  # fmt: skip
