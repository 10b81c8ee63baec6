"""Rehearsing a vote: what would come out, if each voted so."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.doors import with_status
from alliance.views.answers import show
from alliance.views.loading import signed_in, visible_alliance
from audit import clock
from governance.forms.rehearsal import ClassChoiceForm, RehearsalForm
from governance.selectors.rehearsal import classes_to_rehearse, rehearse, stage_of


@require_GET
@signed_in
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """How a class would count what each is imagined to vote. Stores nothing; its address can be passed on.

    A class that is not in use, or leaves something unsaid, gives way to the first that can be rehearsed.
    """
    alliance = visible_alliance(request, slug)
    classes = {row.key: row for row in classes_to_rehearse(alliance)}
    asked = request.GET.get("class", "")
    asked = asked if asked in classes else next(iter(classes), "")
    page: dict[str, Any] = {"classes": classes}
    form = None
    if classes:
        page["now"] = clock.read()
        stage = stage_of(alliance, classes[asked], page["now"])
        form = RehearsalForm(request.GET, stage)
        page["stage"], page["form"] = stage, form
        page["choosing"] = ClassChoiceForm(initial={"class": asked}, classes=list(classes.values()))
        page["found"] = rehearse(stage, form.said()) if form.is_bound and form.is_valid() else None
    answer = show(
        request, "governance/rehearsal.html", alliance, place="decisions", page_title=_("Rehearse a vote"), **page
    )
    return with_status(answer, form) if form else answer
