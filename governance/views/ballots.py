"""Voting and stepping out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.doors import carried_out, proof_first, proof_of
from accounts.rules import VOTING
from alliance.views.answers import form_page
from alliance.views.loading import person_of, posted, signed_in, visible_alliance
from audit import clock
from governance.forms.decisions import BallotForm, RecusalForm
from governance.services.ballots import cast_ballot, elector_of
from governance.services.recusal import recuse as step_out
from governance.views.decisions import answer
from governance.views.loading import decision_in


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(VOTING)
def ballot(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Cast a ballot, or change it. A GET only proves who one is, and shows the decision: a link never votes."""
    found = decision_in(visible_alliance(request, slug), number)
    here = reverse("governance:decision", args=[slug, number])
    if request.method == "GET":
        return redirect(f"{here}#ballot")
    form = BallotForm(request.POST)
    if form.is_valid():
        carried_out(
            form,
            lambda: cast_ballot(actor=person_of(request), decision=found, proof=proof_of(request), **form.cleaned_data),
        )
    if not form.errors:
        messages.success(request, _("Your ballot is recorded."))
        return redirect(f"{here}#ballot")
    return _refused(request, slug, number, form)


def _refused(request: HttpRequest, slug: str, number: int, form: BallotForm) -> HttpResponse:
    """The page again with what is wrong. Reason and change are kept, the choice is not."""
    found = decision_in(visible_alliance(request, slug), number)
    errors = [str(error) for said in form.errors.values() for error in said]
    kept = {name: form.data.get(name, "") for name in ("reason", "proposed_change")}
    response = answer(request, found, clock.read(), errors=errors, **kept)
    response.status_code = 422
    return response


@require_http_methods(["GET", "POST"])
@signed_in
@proof_first(VOTING)
def recuse(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Step out of one decision, for a reason."""
    alliance = visible_alliance(request, slug)
    found = decision_in(alliance, number)
    form = RecusalForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: step_out(actor=person_of(request), decision=found, proof=proof_of(request), **form.cleaned_data),
        needs=("governance.recuse", elector_of(person_of(request), found)), done=_("You are recused."),
        back=reverse("governance:decision", args=[slug, number]), place="decisions",
        page_title=_("Recuse yourself"), submit=_("Recuse myself"),
        text=_(
            "“%(title)s”: your seat leaves the count, and a ballot that you have cast is void. "
            "This cannot be taken back."
        ) % {"title": found.title},
    )  # fmt: skip
