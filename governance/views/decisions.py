"""Decisions: the lists, the page, and what brings a draft to the vote."""

import json
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.doors import carried_out, is_fresh, prove_url, with_status
from accounts.permissions import may, require
from accounts.rules import VOTING
from alliance.models import Alliance
from alliance.states import BEFORE_CHARTER
from alliance.views.answers import acted, confirm_page, show
from alliance.views.following import followed, seen_of
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from audit import clock
from governance import effects
from governance.forms.decisions import DraftForm, FilterForm
from governance.models import Decision
from governance.selectors.decision_page import decision_page
from governance.selectors.decisions import VIEWS, counts_of, decisions_of, line_of
from governance.selectors.electorate import electorate_of
from governance.selectors.words import state_of
from governance.services import decisions as services
from governance.services.closing import carry_out as retry_effect
from governance.services.opening import open_voting as start_voting
from governance.texts import DECLARATION
from governance.views.loading import decision_in

PLACE = "decisions"
A_PAGE = 25


@or_guest
@require_GET
@signed_in
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Mine missing first; open, decided, drafts."""
    alliance, person, at = visible_alliance(request, slug), person_of(request), clock.read()
    view = request.GET.get("view", "open")
    form = FilterForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = decisions_of(alliance, person, view=view if view in VIEWS else "open", words=words)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.alliance = alliance
    return show(
        request, "governance/decisions.html", alliance, place=PLACE, page_title=_("Decisions"), page=page,
        lines=[line_of(row, at) for row in page.object_list], view=view, words=words, counts=counts_of(alliance),
        filter_form=form, may_draft=may("governance.draft_decision", person, alliance),
        is_open_list=view not in {"decided", "drafts"}, is_decided_list=view == "decided",
        is_draft_list=view == "drafts",
    )  # fmt: skip


@or_guest
@require_GET
@signed_in
def decision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One decision."""
    found, at = decision_in(visible_alliance(request, slug), number), clock.read()
    _word, look = state_of(found, at, None)
    return followed(request, found.alliance, look) or answer(request, found, at)


def answer(request: HttpRequest, found: Decision, at: datetime, **ballot: Any) -> HttpResponse:
    """The decision's page; `ballot` holds what was refused of one: errors, reason, proposed_change."""
    page = decision_page(found, person_of(request), at)
    here = reverse("governance:decision", args=[found.alliance.slug, found.number])
    return show(
        request, "governance/decision.html", found.alliance, place=PLACE, page_title=found.title, page=page,
        decision=found, now=at, is_proven=is_fresh(request, VOTING, at), prove=prove_url(f"{here}#ballot"),
        declaration=DECLARATION, outs=outs(found), seen=seen_of(found.alliance),
        look=state_of(found, at, None)[1], **ballot,
    )  # fmt: skip


def outs(found: Decision) -> list[dict[str, Any]]:
    """The honest ways out beside the declaration."""
    report = reverse("governance:report", args=[found.alliance.slug])
    recusal = reverse("governance:recuse", args=[found.alliance.slug, found.number])
    return [{"href": recusal, "word": _("Recuse myself")}, {"href": report, "word": _("Report in confidence")}]


@require_http_methods(["GET", "POST"])
@signed_in
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what it is about, then write it."""
    alliance = visible_alliance(request, slug)
    require("governance.draft_decision", person_of(request), alliance)
    known = effects.offered(alliance)
    effect = request.GET.get("effect", "")
    if not effect:
        return _choose_kind(request, alliance, known)
    if effect not in known:
        raise Http404
    form = DraftForm(posted(request), alliance=alliance, effect=effect, under=request.GET.get("class", ""))
    made = None
    if request.method == "POST" and form.is_valid():
        made = carried_out(
            form,
            lambda: services.draft_decision(
                actor=person_of(request), alliance=alliance, effect=effect, **form.command()
            ),
        )
    if made is not None:
        return redirect("governance:decision", slug, made.number)
    back = reverse("governance:decisions", args=[slug])
    return with_status(_draft_page(request, alliance, form, back=back, page_title=known[effect].label), form)


def _choose_kind(request: HttpRequest, alliance: Alliance, known: dict[str, Any]) -> HttpResponse:
    kinds = [{"key": key, "word": effect.label, "note": effect.note} for key, effect in known.items()]
    return show(
        request, "governance/propose.html", alliance, place=PLACE, page_title=_("Propose a decision"), kinds=kinds,
        is_founding=alliance.state in BEFORE_CHARTER,
    )  # fmt: skip


def _draft_page(request: HttpRequest, alliance: Alliance, form: DraftForm, **page: Any) -> HttpResponse:
    return show(
        request, "governance/draft.html", alliance, place=PLACE, form=form,
        is_founding=alliance.state in BEFORE_CHARTER, **page,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write a draft anew."""
    alliance = visible_alliance(request, slug)
    found = decision_in(alliance, number)
    require("governance.change_draft", person_of(request), found)
    form = DraftForm(posted(request), alliance=alliance, effect=found.effect, draft=found)
    if request.method == "POST" and form.is_valid():
        carried_out(form, lambda: services.change_draft(actor=person_of(request), decision=found, **form.command()))
        if not form.errors:
            return redirect("governance:decision", slug, number)
    back = reverse("governance:decision", args=[slug, number])
    return with_status(
        _draft_page(request, alliance, form, back=back, page_title=_("Change the draft"), draft=found), form
    )


@require_POST
@signed_in
def second(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Support putting it to the vote."""
    found = decision_in(visible_alliance(request, slug), number)
    return acted(
        request, lambda: services.second_decision(actor=person_of(request), decision=found),
        done=_("Seconded. The chair can open the vote."), back=_page_of(found),
    )  # fmt: skip


@require_POST
@signed_in
def notice(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Announce the vote."""
    found = decision_in(visible_alliance(request, slug), number)
    return acted(
        request, lambda: services.give_notice(actor=person_of(request), decision=found),
        done=_("Notice is given. The vote can be opened when it has run."), back=_page_of(found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def open_voting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put it to the vote, after saying what that fixes."""
    alliance = visible_alliance(request, slug)
    found = decision_in(alliance, number)
    require("governance.open_voting", person_of(request), found)
    return confirm_page(
        request, alliance, lambda: start_voting(actor=person_of(request), decision=found),
        needs=("governance.open_voting", found), done=_("Voting is open."), back=_page_of(found), place=PLACE,
        page_title=_("Open the vote"), act=_("Open the vote"), keep=_("Not yet"), decision=found,
        text=_what_opening_fixes(found.decision_class.open_days), electorate=electorate_of(found, clock.read()),
        template="governance/open_voting.html",
    )  # fmt: skip


def _what_opening_fixes(days: int | None) -> str:
    if not days:
        return _("From now on the text, the rule and who may vote are fixed. It cannot be taken back.")
    said = ngettext(
        "From now on the text, the rule and who may vote are fixed, for %(days)s day. It cannot be taken back.",
        "From now on the text, the rule and who may vote are fixed, for %(days)s days. It cannot be taken back.",
        days,
    )
    return said % {"days": days}


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a draft back."""
    alliance = visible_alliance(request, slug)
    found = decision_in(alliance, number)
    return confirm_page(
        request, alliance, lambda: services.withdraw_draft(actor=person_of(request), decision=found),
        needs=("governance.withdraw_draft", found), done=_("The draft is withdrawn."), back=_page_of(found),
        place=PLACE, page_title=_("Withdraw the draft"), act=_("Withdraw it"), keep=_("Keep the draft"), danger=True,
        text=_("“%(title)s” stays on record as withdrawn, and can no longer be put to the vote.")
        % {"title": found.title},
    )  # fmt: skip


@require_POST
@signed_in
def carry_out(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Try a refused effect again."""
    found = decision_in(visible_alliance(request, slug), number)
    return acted(
        request, lambda: retry_effect(actor=person_of(request), decision=found),
        done=_("Tried again: see the result below."), back=_page_of(found),
    )  # fmt: skip


@or_guest
@require_GET
@signed_in
def recount_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The case of the outcome that counts, as a file that `manage.py recount` reads."""
    found = decision_in(visible_alliance(request, slug), number)
    outcome = found.outcomes.order_by("-number").first()
    if outcome is None or not found.is_decided:
        raise Http404
    text = json.dumps(json.loads(outcome.case), indent=1, ensure_ascii=False)
    name = f"{slug}-{number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


def _page_of(found: Decision) -> str:
    return reverse("governance:decision", args=[found.alliance.slug, found.number])
