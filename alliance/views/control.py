"""Shared control: the grid, rounds, reserved powers, the way out, counsel's review."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.doors import carried_out, proof_first, proof_of, with_status
from accounts.rules import SIGNING
from alliance import panels
from alliance.forms.control import AsOfForm, ExitTermsForm, ReservedPowerForm, ReviewForm, RoundForm
from alliance.models import ReservedPower, Round
from alliance.selectors.control import control_of, preset_round, step_words
from alliance.selectors.evidence import shelf_of
from alliance.selectors.ladder import grid_of, ladder_of, levels_of
from alliance.selectors.scan import hits_of
from alliance.selectors.standing import standing_of
from alliance.services import control as commands
from alliance.services.review import record_review
from alliance.states import Area
from alliance.views.answers import confirm_page, form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from alliance.views.members import member_in
from audit import clock


def _here(slug: str) -> str:
    return reverse("alliance:control", args=[slug])


@or_guest
@require_GET
@signed_in
def control(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has ceded what, step by step, now or at the end of the day `?at=`, and what waits for a signature."""
    alliance = visible_alliance(request, slug)
    person, at = person_of(request), clock.read()
    standing = standing_of(person, alliance)
    form = AsOfForm(request.GET if request.GET.get("at") else None)
    day = form.cleaned_data["at"] if form.is_valid() else None
    ladder = carried_out(form, lambda: ladder_of(alliance, at, day)) or ladder_of(alliance, at)
    found = control_of(alliance, standing, at)
    represented = [member for member in standing.members() if standing.represents(member.pk)]
    page = show(
        request, "alliance/control.html", alliance, place="control", page_title=_("Shared control"), now=at,
        found=found, ladder=ladder, grid=grid_of(ladder, found.core, found.coming), form=form, standing=standing,
        hits=hits_of(alliance), shelf=shelf_of(alliance, standing, at, "round", "step", "review"),
        reserving=represented if Area.CONTROL in standing.writable else [],
        below=panels.panels_at(panels.CONTROL, alliance, person, at),
    )  # fmt: skip
    return with_status(page, form)


@require_http_methods(["GET", "POST"])
@signed_in
def propose_round(request: HttpRequest, slug: str) -> HttpResponse:
    """A grid of small steps, one at least for every voting member; `?preset=core` fills in what is missing."""
    alliance = visible_alliance(request, slug)
    members = list(alliance.members.admitted().voting().with_names().order_by("admitted_at", "pk"))
    standing = levels_of(alliance)
    preset = preset_round(alliance, members, standing) if request.GET.get("preset") == "core" else {}
    initial = {f"{member}_{domain}": str(level) for (member, domain), level in preset.items()}
    form = RoundForm(posted(request), members=members, standing=standing, initial=initial)
    return form_page(
        request, alliance, form,
        lambda: commands.propose_round(actor=person_of(request), alliance=alliance, levels=form.levels()),
        needs=("alliance.propose_round", alliance), done=_("Round opened. Every signatory is asked to sign."),
        back=_here(slug), place="control", page_title=_("Propose a round"), submit=_("Open the round"),
        template="alliance/round.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def sign_steps(request: HttpRequest, slug: str, pk: UUID, member_pk: UUID) -> HttpResponse:
    """Bind one's member to its steps."""
    alliance = visible_alliance(request, slug)
    found = get_object_or_404(Round, alliance=alliance, pk=pk)
    member = member_in(alliance, member_pk)
    return confirm_page(
        request, alliance,
        lambda: commands.sign_steps(
            actor=person_of(request), round=found, member=member, proof=proof_of(request)
        ),
        needs=("alliance.sign_steps", member), done=_("Signed."), back=_here(slug), place="control",
        page_title=_("Sign round %(number)s for %(member)s") % {"number": found.number, "member": member},
        steps=[step_words(step) for step in found.steps.filter(member=member).order_by("pk")],
        text=_(
            "Your signature binds %(member)s to these steps once every member has signed; until then nobody has "
            "moved. Afterwards only leaving the alliance undoes them."
        ) % {"member": member},
        keep=_("Not now"), act=_("Sign for %(member)s") % {"member": member}, danger=False,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def take_back_round(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """End a round that not all have signed."""
    alliance = visible_alliance(request, slug)
    found = get_object_or_404(Round, alliance=alliance, pk=pk)
    return confirm_page(
        request, alliance, lambda: commands.take_back_round(actor=person_of(request), round=found),
        needs=("alliance.propose_round", alliance), done=_("Taken back. Nobody has moved."), back=_here(slug),
        place="control", page_title=_("Take back round %(number)s") % {"number": found.number},
        text=_("Nobody moves by it, whoever has signed already. Another round can be proposed at once."),
        keep=_("Keep it"), act=_("Take it back"), danger=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def reserve_power(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Put on record what a member keeps."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    form = ReservedPowerForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: commands.reserve_power(actor=person_of(request), member=member, **form.cleaned_data),
        needs=("alliance.reserve_power", member), done=_("On record."), back=_here(slug), place="control",
        page_title=_("What %(member)s keeps for itself") % {"member": member}, submit=_("Put it on record"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def release_power(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Give a reserved power up."""
    alliance = visible_alliance(request, slug)
    power = get_object_or_404(ReservedPower.objects.select_related("member__organisation"), alliance=alliance, pk=pk)
    return confirm_page(
        request, alliance, lambda: commands.release_power(actor=person_of(request), power=power),
        needs=("alliance.reserve_power", power), done=_("Given up."), back=_here(slug), place="control",
        page_title=_("Give up what %(member)s keeps") % {"member": power.member}, binding=power.text,
        text=_("It comes off the record; the charter will not name it."),
        keep=_("Keep it"), act=_("Give it up"), danger=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def exit_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """At what notice and cost a member may leave."""
    alliance = visible_alliance(request, slug)
    names = ("exit_notice_days", "exit_cost", "entire_agreement")
    form = ExitTermsForm(posted(request), initial={name: getattr(alliance, name) for name in names})
    return form_page(
        request, alliance, form,
        lambda: commands.set_exit_terms(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("alliance.set_exit_terms", alliance), done=_("Saved."), back=_here(slug), place="control",
        page_title=_("The way out"), submit=_("Save"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Counsel's dated word, beside what the scan finds."""
    alliance = visible_alliance(request, slug)
    form = ReviewForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: record_review(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("alliance.record_review", alliance), done=_("Review recorded."), back=_here(slug), place="control",
        page_title=_("Counsel’s review"), submit=_("Record the review"), hits=hits_of(alliance),
        template="alliance/review.html",
    )  # fmt: skip
