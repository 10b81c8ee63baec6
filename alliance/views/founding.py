"""Founding an alliance in four short steps, each saved in the session until the last one founds it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.doors import with_status
from accounts.idempotency import once
from accounts.models import Person
from alliance import afterwards
from alliance.forms.founding import FirstMemberForm, PartiesForm, ProblemForm, TermForm
from alliance.models import Alliance
from alliance.services.beginning import FirstMember, RefusedInvitation, begin_alliance
from alliance.views.loading import person_of, signed_in
from audit import clock
from audit.errors import DomainError

KEPT = "founding"
"""The session's key under which the steps so far stand."""
KEY = "key"
"""Beside the steps: the key by which they found once, however often the last one is sent. Made with the first step."""
ROWS, MOST_ROWS = 2, 30


class Step(NamedTuple):
    name: str
    title: Any
    text: Any


STEPS = (
    Step("problem", gettext_lazy("Why"), gettext_lazy("What brings you together, in your own words.")),
    Step("term", gettext_lazy("How long"), gettext_lazy("These facts set how deep the readiness check goes.")),
    Step("parties", gettext_lazy("Who is touched"), gettext_lazy("An alliance that forgets somebody fails on them.")),
    Step("members", gettext_lazy("First members"), gettext_lazy("Whom you invite now; others can follow at any time.")),
)
NAMES = [step.name for step in STEPS]


@require_http_methods(["GET", "POST"])
@signed_in
def found(request: HttpRequest, step: str = "problem") -> HttpResponse:
    """One step: keep what was typed and go on; the last one founds the alliance."""
    if step not in NAMES:
        raise Http404
    missing = _first_missing(request, before=step)
    if missing:
        return redirect("alliance:found_step", missing)
    if step == "members":
        return _last(request)
    form = _form(step, person_of(request), request.POST if request.method == "POST" else _kept(request, step))
    if request.method == "POST" and form.is_valid():
        _keep(request, step)
        return redirect("alliance:found_step", NAMES[NAMES.index(step) + 1])
    return with_status(_page(request, step, form=form), form)


def _form(step: str, person: Person, data: QueryDict | None) -> Form:
    if step == "problem":
        return ProblemForm(data)
    return TermForm(data) if step == "term" else PartiesForm(data, person=person)


def _kept(request: HttpRequest, step: str) -> QueryDict | None:
    """What was typed at a step before, as a form reads it."""
    kept = request.session.get(KEPT, {}).get(step)
    if kept is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, values)
    return data


def _keep(request: HttpRequest, step: str) -> None:
    typed = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    begun = {KEY: [get_random_string(32)]} if step == NAMES[0] else {}
    request.session[KEPT] = {**request.session.get(KEPT, {}), **begun, step: typed}


def _first_missing(request: HttpRequest, *, before: str) -> str | None:
    """The first step before this one that is not filled in rightly."""
    for name in NAMES[: NAMES.index(before)]:
        data = _kept(request, name)
        if data is None or not _form(name, person_of(request), data).is_valid():
            return name
    return None


def _page(request: HttpRequest, step: str, **context: Any) -> HttpResponse:
    place = NAMES.index(step)
    shown = [
        {"number": i + 1, "title": each.title, "name": each.name, "done": i < place, "here": i == place}
        for i, each in enumerate(STEPS)
    ]
    return render(
        request, "alliance/found.html",
        {
            "page_title": _("Found an alliance"), "place": "found", "now": clock.read(), "steps": shown,
            "step": STEPS[place], "number": place + 1, "before": NAMES[place - 1] if place else None,
            "notes": afterwards.notes_of(request.session), **context,
        },
    )  # fmt: skip


def _last(request: HttpRequest) -> HttpResponse:
    """First members, any number; "add another" keeps what was typed and shows one more."""
    if request.method == "GET":
        data = _kept(request, "members")
        return _page(request, "members", rows=_blank(data))
    _keep(request, "members")
    rows = _rows(request.POST)
    if "more" in request.POST:
        request.session[KEPT]["members"]["rows"] = [str(min(len(rows) + 1, MOST_ROWS))]
        return redirect("alliance:found_step", "members")
    filled = [row for row in rows if not row.is_empty]
    refusal: DomainError | None = None
    valid = [row.is_valid() for row in filled]  # each, so that each says what is wrong
    if all(valid):
        try:
            alliance, is_new = _found_once(request, filled)
        except RefusedInvitation as refused:
            row = filled[refused.place]
            row.add_error(refused.part if refused.part in row.fields else None, refused.sentence)
        except DomainError as refused:
            refusal = refused
        else:
            del request.session[KEPT]
            if is_new:
                afterwards.follow(request.session, person_of(request), alliance)
                messages.success(request, _("Founded. The invitations are on their way."))
            return redirect("alliance:overview", alliance.slug)
    page = _page(request, "members", rows=rows, refusal=refusal)
    page.status_code = 422
    return page


def _number(data: QueryDict | None) -> int:
    written = str(data.get("rows", "")) if data else ""
    return max(1, min(int(written), MOST_ROWS)) if written.isdecimal() and len(written) < 4 else ROWS


def _rows(data: QueryDict) -> list[FirstMemberForm]:
    return [FirstMemberForm(data, prefix=f"m{i}") for i in range(_number(data))]


def _blank(data: QueryDict | None) -> list[FirstMemberForm]:
    """The rows with what was typed in them, not yet examined."""
    rows = [FirstMemberForm(prefix=f"m{i}") for i in range(_number(data))]
    for row in rows if data else ():
        for name in row.fields:
            key = row.add_prefix(name)
            if data is not None and key in data:
                row.initial[name] = data.getlist(key) if name == "roles" else data[key]
    return rows


def _found_once(request: HttpRequest, filled: list[FirstMemberForm]) -> tuple[Alliance, bool]:
    """The alliance of these steps, and whether it was founded just now: sent twice, or thrice at once, they found one.

    Raises DomainError, and keeps nothing, where the founding is refused.
    """
    key = request.session[KEPT].get(KEY, [request.session.session_key])[0]
    slug, is_new = once(person_of(request), f"founding {key}", lambda: _found(request, filled).slug)
    return Alliance.objects.get(slug=slug), is_new


def _found(request: HttpRequest, filled: list[FirstMemberForm]) -> Alliance:
    person = person_of(request)
    problem, term = (_form(name, person, _kept(request, name)) for name in ("problem", "term"))
    parties = PartiesForm(_kept(request, "parties"), person=person)
    for form in (problem, term, parties):
        form.full_clean()
    how_long, whom = dict(term.cleaned_data), parties.cleaned_data
    return begin_alliance(
        actor=person,
        convener=parties.convening,
        category=whom["category"],
        affected_parties=whom["affected_parties"],
        permanence=how_long.pop("permanence"),
        term_months=how_long.pop("term_months"),
        facts=how_long,
        first_members=[FirstMember(**row.cleaned_data) for row in filled],
        **problem.cleaned_data,
    )
