"""Contributions: promised, signed, kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.doors import proof_first, proof_of
from accounts.rules import SIGNING
from alliance.forms.membership import ContributionForm, KeptForm
from alliance.models import Alliance, Contribution
from alliance.selectors.contributions import contributions_of, what_of
from alliance.selectors.evidence import shelf_of
from alliance.selectors.standing import standing_of
from alliance.services import contributions as commands
from alliance.states import Area, ContributionKind, Membership
from alliance.views.answers import confirm_page, form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from alliance.views.members import member_in
from audit import clock


def _contribution_in(alliance: Alliance, pk: UUID) -> Contribution:
    found: Contribution = get_object_or_404(
        Contribution.objects.select_related("member__organisation"), alliance=alliance, pk=pk
    )
    return found


@or_guest
@require_GET
@signed_in
def contributions(request: HttpRequest, slug: str) -> HttpResponse:
    """What each member brings in."""
    alliance = visible_alliance(request, slug)
    standing = standing_of(person_of(request), alliance)
    is_open = Area.CONTRIBUTIONS in standing.writable
    return show(
        request, "alliance/contributions.html", alliance, place="members", page_title=_("Contributions"),
        found=contributions_of(alliance, standing), standing=standing, view="contributions",
        shelf=shelf_of(alliance, standing, clock.read(), "contribution"),
        mine=[each for each in standing.members() if is_open and each.state == Membership.ADMITTED],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def promise(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Promise something for one's member."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    form = ContributionForm(posted(request), initial={"currency": alliance.currency})

    def command() -> Contribution:
        given = {**form.cleaned_data, "kind": ContributionKind(form.cleaned_data["kind"])}
        return commands.promise_contribution(actor=person_of(request), member=member, **given)

    return form_page(
        request, alliance, form, command,
        needs=("alliance.promise_contribution", member),
        done=_("Promised. It binds once your signatory has signed it."),
        back=reverse("alliance:contributions", args=[slug]), place="members",
        page_title=_("What %(member)s brings in") % {"member": member}, submit=_("Promise it"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def sign(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Bind one's member to its promise."""
    alliance = visible_alliance(request, slug)
    contribution = _contribution_in(alliance, pk)
    if request.method == "GET" and contribution.signed_at and contribution.witnessed:
        messages.info(request, _("This contribution is signed already."))
        return redirect("alliance:contributions", slug)
    return confirm_page(
        request, alliance,
        lambda: commands.sign_contribution(
            actor=person_of(request), contribution=contribution, proof=proof_of(request)
        ),
        needs=("alliance.sign_contribution", contribution),
        done=_("Signed."), back=reverse("alliance:contributions", args=[slug]),
        place="members", page_title=_("Sign for %(member)s") % {"member": contribution.member},
        binding=what_of(contribution),
        text=_(
            "Your signature binds %(member)s to this. Your name, your mandate and the time are kept with it; "
            "it cannot be taken back here."
        ) % {"member": contribution.member},
        keep=_("Not now"), act=_("Sign for %(member)s") % {"member": contribution.member}, danger=False,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def take_back(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take back a promise that is not signed."""
    alliance = visible_alliance(request, slug)
    contribution = _contribution_in(alliance, pk)
    return confirm_page(
        request, alliance,
        lambda: commands.take_back_promise(actor=person_of(request), contribution=contribution),
        needs=("alliance.promise_contribution", contribution.member),
        done=_("Taken back."), back=reverse("alliance:contributions", args=[slug]),
        place="members", page_title=_("Take the promise of %(member)s back") % {"member": contribution.member},
        binding=what_of(contribution),
        text=_("It goes; that it was made stays in the log. Promise anew what is right."),
        keep=_("Keep it"), act=_("Take it back"), danger=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def keep(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Record that it came in."""
    alliance = visible_alliance(request, slug)
    contribution = _contribution_in(alliance, pk)
    form = KeptForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: commands.confirm_contribution_kept(
            actor=person_of(request), contribution=contribution, **form.cleaned_data
        ),
        needs=("alliance.confirm_contribution_kept", contribution),
        done=_("Recorded as kept."), back=reverse("alliance:contributions", args=[slug]),
        place="members", page_title=_("Contribution of %(member)s") % {"member": contribution.member},
        text=what_of(contribution), submit=_("It came in"),
    )  # fmt: skip
