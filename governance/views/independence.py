"""A holder's own acts: accepting, leaving, attesting, disclosing; reports in confidence."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.doors import proof_first, proof_of
from accounts.permissions import require
from accounts.rules import SIGNING
from alliance.views.answers import confirm_page, form_page, show
from alliance.views.loading import person_of, posted, signed_in, visible_alliance
from governance.forms.committee import AdditionForm, AttestationForm, DisclosureForm, ReportForm, SettleForm
from governance.models import InstructionReport
from governance.selectors.reports import own_reports
from governance.services import holders
from governance.services import independence as services
from governance.texts import INDEPENDENCE, INDEPENDENCE_HASH
from governance.views.loading import held_in, own_seat

PLACE = "decisions"


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def accept_seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the seat one is named for."""
    alliance, holding = own_seat(request, slug)
    return confirm_page(
        request, alliance,
        lambda: holders.accept_seat(actor=person_of(request), holding=holding, proof=proof_of(request)),
        needs=("governance.accept_seat", holding), place=PLACE,
        page_title=_("Accept “%(seat)s”") % {"seat": holding.seat},
        done=_("The seat is yours. Next: your independence statement."), back=_back(slug),
        keep=_("Not now"), act=_("Accept the seat"), template="governance/accept_seat.html", holding=holding,
        text=_(
            "You hold it as a person, not for your employer. You sign an independence statement and disclose your "
            "interests before you vote."
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def leave_seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the seat up, or decline it."""
    alliance, holding = own_seat(request, slug)
    return confirm_page(
        request, alliance, lambda: holders.leave_seat(actor=person_of(request), holding=holding),
        needs=("governance.leave_seat", holding), done=_("You have left the seat."), back=reverse("home"), place=PLACE,
        page_title=_("Leave “%(seat)s”") % {"seat": holding.seat}, keep=_("Keep the seat"), act=_("Leave the seat"),
        danger=True,
        text=_(
            "You vote on nothing any more, not on open questions either; an office you hold ends. "
            "What was decided stays."
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(SIGNING)
def attest(request: HttpRequest, slug: str) -> HttpResponse:
    """Read the independence statement, and sign it."""
    alliance, holding = own_seat(request, slug)
    form = AttestationForm(posted(request), initial={"hash": INDEPENDENCE_HASH})
    return form_page(
        request, alliance, form,
        lambda: services.attest(
            actor=person_of(request), holding=holding, proof=proof_of(request), **form.cleaned_data
        ),
        needs=("governance.attest", holding), done=_("Your independence statement is signed, for a year."),
        back=_back(slug), place=PLACE, page_title=_("Independence statement"), template="governance/attest.html",
        holding=holding, text=INDEPENDENCE, hash=INDEPENDENCE_HASH,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def disclose(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what could sway one."""
    alliance, holding = own_seat(request, slug)
    form = DisclosureForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: services.disclose(actor=person_of(request), holding=holding, **form.cleaned_data),
        needs=("governance.disclose", holding), done=_("Your disclosure is on record, for a year."), back=_back(slug),
        place=PLACE, page_title=_("Disclose your interests"), submit=_("Put it on record"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Say what else could sway the holder of a seat."""
    alliance = visible_alliance(request, slug)
    holding = held_in(alliance, pk)
    form = AdditionForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: services.add_to_disclosure(actor=person_of(request), holding=holding, **form.cleaned_data),
        needs=("governance.add_to_disclosure", holding), done=_("Added, on the record."), back=_back(slug),
        place=PLACE, page_title=_("Add to the disclosure of %(name)s") % {"name": holding.person},
        submit=_("Put it on record"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Report in confidence that a holder was told how to vote."""
    alliance = visible_alliance(request, slug)
    person = person_of(request)
    form = ReportForm(posted(request), alliance=alliance, person=person)
    return form_page(
        request, alliance, form, lambda: services.report_instruction(actor=person, **form.cleaned_data),
        needs=("governance.report_instruction", alliance), done=_("Your report is with the auditor, and nobody else."),
        back=reverse("governance:report", args=[slug]), place=PLACE, page_title=_("Report in confidence"),
        submit=_("Send it to the auditor"), template="governance/report.html",
        own=own_reports(actor=person, alliance=alliance),
        text=_(
            "Only the auditor reads what you write and who you are, and whoever is auditor after them. Others learn "
            "that a report about the seat is open, and when it is settled."
        ),
    )  # fmt: skip


@require_GET
@signed_in
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """All reports, for the auditor."""
    alliance = visible_alliance(request, slug)
    found = services.reports_for(actor=person_of(request), alliance=alliance)
    return show(
        request, "governance/reports.html", alliance, place=PLACE, page_title=_("Reports in confidence"), reports=found
    )


@require_http_methods(["GET", "POST"])
@signed_in
def settle(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The auditor's finding."""
    alliance = visible_alliance(request, slug)
    require("governance.read_reports", person_of(request), alliance)
    found = get_object_or_404(InstructionReport, alliance=alliance, pk=pk)
    form = SettleForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: services.settle_report(actor=person_of(request), report=found, **form.cleaned_data),
        needs=("governance.settle_report", found), done=_("The report is settled."),
        back=reverse("governance:reports", args=[slug]), place=PLACE, page_title=_("Settle a report"),
        submit=_("Settle it"), text=found.text,
    )  # fmt: skip


def _back(slug: str) -> str:
    return reverse("governance:committee", args=[slug])
