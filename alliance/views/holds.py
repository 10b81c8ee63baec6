"""Holds: placed, lifted, and their history."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.doors import proof_first, proof_of
from accounts.rules import SIGNING
from alliance import holdable
from alliance.forms.holds import HoldForm
from alliance.models import Hold
from alliance.selectors.holds import history_of, stands
from alliance.selectors.standing import standing_of
from alliance.services import holds as commands
from alliance.views.answers import confirm_page, form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from audit import clock


@or_guest
@require_GET
@signed_in
def holds(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was ever stopped, newest first."""
    alliance = visible_alliance(request, slug)
    standing = standing_of(person_of(request), alliance)
    page, lines = history_of(alliance, standing, clock.read(), request.GET.get("page"))
    return show(
        request, "alliance/holds.html", alliance, place="records", page_title=_("Holds"), page=page, lines=lines,
        standing=standing,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def place_hold(request: HttpRequest, slug: str, kind: str, pk: UUID) -> HttpResponse:
    """Stop a thing of this alliance."""
    alliance = visible_alliance(request, slug)
    found = holdable.find(alliance, kind, pk)
    if found is None:
        raise Http404
    known, thing = found
    back = holdable.address_of(alliance, kind, pk)
    if (
        request.method == "GET"
        and Hold.objects.filter(alliance=alliance).on(kind, pk).standing_at(clock.read()).exists()
    ):
        messages.info(request, _("It is held already."))
        return redirect(back)
    form = HoldForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: commands.place_hold(
            actor=person_of(request), alliance=alliance, kind=kind, subject=pk, proof=proof_of(request),
            **form.cleaned_data,
        ),
        needs=("alliance.place_hold", alliance), done=_("Held. Those concerned are told."),
        back=back, place="records",
        page_title=_("Hold “%(title)s”") % {"title": known.title(thing)}, text=known.effect(thing, clock.read()),
        submit=_("Place the hold"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def lift_hold(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """End one's own hold."""
    alliance = visible_alliance(request, slug)
    hold = get_object_or_404(Hold.objects.select_related("lifting"), alliance=alliance, pk=pk)
    back = holdable.address_of(alliance, hold.kind, hold.subject) or reverse("alliance:holds", args=[slug])
    if request.method == "GET" and not stands(hold, clock.read()):
        messages.info(request, _("This hold is over already."))
        return redirect(back)
    return confirm_page(
        request, alliance, lambda: commands.lift_hold(actor=person_of(request), hold=hold, proof=proof_of(request)),
        needs=("alliance.lift_hold", hold), done=_("Lifted. Those concerned are told."),
        back=back, place="records", page_title=_("Lift the hold on “%(title)s”") % {"title": hold.title},
        binding=hold.reason, text=_("It goes on at once. You cannot hold it again for the same words."),
        keep=_("Leave it"), act=_("Lift it"), danger=False,
    )  # fmt: skip
