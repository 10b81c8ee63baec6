"""What a member gains: statements, and sealed figures that only it and the custodian may open."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.doors import proof_first, proof_of
from accounts.models import Person
from accounts.permissions import may
from accounts.rules import SIGNING
from alliance.forms.value import ActualForm, StatementForm, WorksheetForm
from alliance.models import Member, Worksheet
from alliance.money import money
from alliance.sealing import Figures
from alliance.selectors.evidence import shelf_of
from alliance.selectors.questions import own_words_of
from alliance.selectors.standing import standing_of
from alliance.selectors.worksheets import worksheets_of
from alliance.services import worksheets as commands
from alliance.states import Profile
from alliance.views.answers import acted, form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from alliance.views.members import member_in
from audit import clock


@or_guest
@require_GET
@signed_in
def worksheets(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has signed, and one's own."""
    alliance = visible_alliance(request, slug)
    standing, at = standing_of(person_of(request), alliance), clock.read()
    return show(
        request, "alliance/worksheets.html", alliance, place="why", page_title=_("Worksheets"),
        found=worksheets_of(alliance, standing, at), is_essential=alliance.profile == Profile.ESSENTIAL,
        shelf=shelf_of(alliance, standing, at, "worksheet"), now=at,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def sign_statement(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One sentence, no figures: enough for the Essential profile."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    form = StatementForm(posted(request), initial=_told_before(person_of(request), member, "statement", "better_off"))
    return form_page(
        request, alliance, form,
        lambda: commands.sign_statement(
            actor=person_of(request), member=member, proof=proof_of(request), **form.cleaned_data
        ),
        needs=("alliance.sign_worksheet", member), done=_("Signed."),
        back=reverse("alliance:worksheets", args=[slug]), place="why",
        page_title=_("Why %(member)s is better off") % {"member": member},
        submit=_("Sign for %(member)s") % {"member": member},
        text=_("Everyone in the alliance reads this sentence. Your name and the time are kept with it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def seal_worksheet(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Figures, sealed as they are saved."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    form = WorksheetForm(
        posted(request),
        initial={"currency": alliance.currency} | _told_before(person_of(request), member, "basis", "without_it"),
    )
    return form_page(
        request, alliance, form,
        lambda: commands.seal_worksheet(
            actor=person_of(request), member=member, figures=form.figures(), proof=proof_of(request)
        ),
        needs=("alliance.sign_worksheet", member), done=_("Sealed and signed."),
        back=reverse("alliance:worksheets", args=[slug]), place="why",
        page_title=_("Worksheet of %(member)s") % {"member": member}, submit=_("Seal and sign"),
        template="alliance/worksheet_form.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def seal_actual(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What has come of it, sealed as it is saved."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    form = ActualForm(posted(request), initial={"currency": alliance.currency})
    return form_page(
        request, alliance, form,
        lambda: commands.seal_actual(
            actor=person_of(request), member=member, measured_on=form.cleaned_data["measured_on"],
            figures=form.figures(), proof=proof_of(request),
        ),
        needs=("alliance.sign_worksheet", member), done=_("Sealed and signed."),
        back=reverse("alliance:worksheets", args=[slug]), place="why",
        page_title=_("What came of it for %(member)s") % {"member": member}, submit=_("Seal and sign"),
        text=_("Only your organisation and the custodian can open the figures; they stand beside your worksheet."),
    )  # fmt: skip


def _told_before(person: Person, member: Member, field: str, question: str) -> dict[str, str]:
    """Preset a field with what the member answered for itself, for its own people, until it has a worksheet."""
    if not may("alliance.sign_worksheet", person, member) or member.worksheets.exists():
        return {}
    return {field: getattr(own_words_of(member), question)}


@require_POST
@signed_in
def reopen_worksheet(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Let a member correct what it sealed."""
    alliance = visible_alliance(request, slug)
    sealed = get_object_or_404(Worksheet.objects.select_related("member"), alliance=alliance, pk=pk)
    return acted(
        request, lambda: commands.reopen_worksheet(actor=person_of(request), worksheet=sealed),
        done=_("The member can seal its figures anew."), back=reverse("alliance:worksheets", args=[slug]),
    )  # fmt: skip


@require_POST
@signed_in
def open_worksheet(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Open sealed figures; that one looked is recorded, so it is a POST."""
    alliance = visible_alliance(request, slug)
    sealed = get_object_or_404(
        Worksheet.objects.select_related("member__organisation", "signed_by"), alliance=alliance, pk=pk
    )
    opened = commands.read_worksheet(actor=person_of(request), worksheet=sealed)
    figures = opened.figures
    context = {
        "alliance": alliance, "place": "why", "now": clock.read(), "sealed": sealed, "figures": figures,
        "page_title": _("Worksheet of %(member)s") % {"member": sealed.member}, "net": figures.net(),
        "net_words": _in_words(figures), "parts": _parts(figures),
        "alone": "" if figures.alone is None else money(figures.alone, figures.currency),
        "actuals": [_actual(day, actual) for day, actual in opened.actuals],
    }  # fmt: skip
    answer = render(request, "alliance/worksheet.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _parts(figures: Figures) -> list[dict[str, str]]:
    """The figures as rows of a table, the last one what remains."""
    named = (
        (_("Benefit"), figures.benefit),
        (_("Cost"), figures.cost),
        (_("Without the alliance"), figures.fall_back),
        (_("What remains"), figures.net()),
    )
    return [
        {"name": name, **{case: _signed(getattr(range_, case), figures.currency) for case in ("low", "base", "high")}}
        for name, range_ in named
    ]


def _actual(day: date, figures: Figures) -> dict[str, Any]:
    """What came of it by a day: one amount each, what remains last."""
    amounts = (figures.benefit.base, figures.cost.base, figures.fall_back.base, figures.net().base)
    return {"day": day, "basis": figures.basis, "amounts": [_signed(each, figures.currency) for each in amounts]}


def _signed(amount: int, currency: str) -> str:
    return f"−{money(-amount, currency)}" if amount < 0 else money(amount, currency)


def _in_words(figures: Figures) -> str:
    net = figures.net()
    words = {case: _signed(getattr(net, case), figures.currency) for case in ("low", "base", "high")}
    return _("Low %(low)s · base %(base)s · high %(high)s") % words
