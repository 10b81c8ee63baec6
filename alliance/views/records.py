"""The log, and whether it holds."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alliance.forms.records import LogFilterForm
from alliance.selectors.records import Wanted, checked, choices_of, head_of, log_of
from alliance.views.answers import show
from alliance.views.loading import or_guest, signed_in, visible_alliance


@or_guest
@require_GET
@signed_in
def records(request: HttpRequest, slug: str, check: bool = False) -> HttpResponse:
    """What happened, newest first; `check` recomputes the chain while one looks."""
    alliance = visible_alliance(request, slug)
    verbs, actors = choices_of(alliance)
    form = LogFilterForm(request.GET or None, verbs=verbs, actors=actors)
    given = form.cleaned_data if form.is_valid() else {}
    wanted = Wanted(
        verb=given.get("verb", ""), actor=given.get("actor") or None, subject=given.get("subject"),
        since=given.get("since"), until=given.get("until"),
    )  # fmt: skip
    page, events = log_of(alliance, wanted, request.GET.get("page"))
    return show(
        request, "alliance/records.html", alliance, place="records", page_title=_("Records"),
        filter_form=form, clear=reverse("alliance:records", args=[slug]) if any(given.values()) else "",
        narrowed=bool(wanted.subject), page=page, events=events, head=head_of(alliance),
        chain=checked(alliance) if check else None,
    )  # fmt: skip
