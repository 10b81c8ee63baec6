"""Decision classes: what each says, and what it lacks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.permissions import may
from alliance.states import Area
from alliance.views.answers import acted, form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from governance.forms.classes import ClassForm
from governance.models import DecisionClass
from governance.selectors.classes import class_lines
from governance.services import classes as services

PLACE = "decisions"


@or_guest
@require_GET
@signed_in
def classes(request: HttpRequest, slug: str) -> HttpResponse:
    """All classes, each with its rule in words."""
    alliance = visible_alliance(request, slug)
    may_change = Area.COMMITTEE in alliance.writable_areas and may(
        "governance.change_class", person_of(request), alliance
    )
    lines = class_lines(alliance)
    lacking = set(services.defaults()) - {line.row.key for line in lines}
    return show(
        request, "governance/classes.html", alliance, place=PLACE, page_title=_("Decision classes"), lines=lines,
        may_change=may_change, may_adopt=may_change and bool(lacking),
    )  # fmt: skip


@require_POST
@signed_in
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """The usual set, by one click."""
    alliance = visible_alliance(request, slug)
    return acted(
        request, lambda: services.adopt_default_classes(actor=person_of(request), alliance=alliance),
        done=_("The usual classes are adopted. Each can still be changed."),
        back=reverse("governance:classes", args=[slug]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What one class says."""
    alliance = visible_alliance(request, slug)
    row = get_object_or_404(DecisionClass, alliance=alliance, key=key, retired_at__isnull=True)
    form = ClassForm(posted(request), row=row)
    return form_page(
        request, alliance, form,
        lambda: services.change_class(actor=person_of(request), decision_class=row, **form.cleaned_data),
        needs=("governance.change_class", alliance), done=_("The class is changed."),
        back=reverse("governance:classes", args=[slug]), place=PLACE, submit=_("Save"),
        page_title=_("Change “%(class)s”") % {"class": row},
    )  # fmt: skip
