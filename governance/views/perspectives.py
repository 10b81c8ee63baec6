"""Around a decision: changes suggested to its draft, and who meets the specification that it adopted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance.selectors.standing import standing_of
from alliance.views.answers import confirm_page, form_page, name_hits
from alliance.views.loading import person_of, posted, signed_in, visible_alliance
from governance.forms.perspectives import AnswerForm, ConformanceForm, SuggestionForm
from governance.models import Conformance, Decision, Suggestion
from governance.services import conformance as statements
from governance.services import suggestions as services
from governance.views.loading import decision_in

PLACE = "decisions"


@require_http_methods(["GET", "POST"])
@signed_in
def suggest(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Suggest a change to a draft."""
    alliance = visible_alliance(request, slug)
    found = decision_in(alliance, number)
    form = SuggestionForm(posted(request))

    def command() -> None:
        made = services.suggest_change(actor=person_of(request), decision=found, **form.cleaned_data)
        name_hits(request, [made.text])

    return form_page(
        request, alliance, form, command, needs=("governance.suggest_change", found), back=_page_of(found),
        done=_("Suggested. The proposer answers it."), place=PLACE, page_title=_("Suggest a change"),
        submit=_("Suggest it"), binding=found.motion,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def answer(request: HttpRequest, slug: str, number: int, pk: UUID) -> HttpResponse:
    """The proposer's answer to a suggestion."""
    alliance = visible_alliance(request, slug)
    found = decision_in(alliance, number)
    suggestion = get_object_or_404(Suggestion.objects.select_related("decision"), decision=found, pk=pk)
    form = AnswerForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: services.answer_suggestion(actor=person_of(request), suggestion=suggestion, **form.cleaned_data),
        needs=("governance.answer_suggestion", suggestion), back=_page_of(found), done=_("Answered."), place=PLACE,
        page_title=_("Answer the suggestion"), submit=_("Answer it"), binding=suggestion.text,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def conform(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that a member meets the specification."""
    alliance = visible_alliance(request, slug)
    found, person = decision_in(alliance, number), person_of(request)
    form = ConformanceForm(posted(request), members=standing_of(person, alliance).members())
    return form_page(
        request, alliance, form,
        lambda: statements.declare_conformance(actor=person, decision=found, **form.cleaned_data),
        needs=("governance.declare_conformance", found), back=_page_of(found),
        done=_("It stands on record that you meet it."), place=PLACE, page_title=_("Say that we meet it"),
        submit=_("We meet it"), text=_("Everyone in the alliance reads it. Take it back when it no longer holds."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def end_conformance(request: HttpRequest, slug: str, number: int, pk: UUID) -> HttpResponse:
    """Take it back."""
    alliance = visible_alliance(request, slug)
    found = decision_in(alliance, number)
    rows = Conformance.objects.current().select_related("decision", "member__organisation")
    statement = get_object_or_404(rows, decision=found, pk=pk)
    return confirm_page(
        request, alliance, lambda: statements.end_conformance(actor=person_of(request), conformance=statement),
        needs=("governance.end_conformance", statement), back=_page_of(found), done=_("Taken back."), place=PLACE,
        page_title=_("We no longer meet it"), act=_("Take it back"), keep=_("Keep it"),
        text=_("%(member)s no longer meets “%(title)s”. What was said stays on record.")
        % {"member": statement.member, "title": found.title},
    )  # fmt: skip


def _page_of(found: Decision) -> str:
    return reverse("governance:decision", args=[found.alliance.slug, found.number])
