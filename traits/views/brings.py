"""What an alliance brings, on one page that it can show its members, and print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alliance.views.loading import or_guest, signed_in, visible_alliance
from audit import clock
from traits.selectors.reasons import brings_of, streams_of


@or_guest
@signed_in
@require_GET
def brings(request: HttpRequest, slug: str) -> HttpResponse:
    """Purpose, reasons expected and measured, opportunities, benefits over time."""
    alliance = visible_alliance(request, slug)
    at = clock.read()
    context = {
        "page_title": _("What this alliance brings"),
        "place": "why",
        "now": at,
        "alliance": alliance,
        "brings": brings_of(alliance, at),
        "streams": streams_of(alliance, at),
    }
    return render(request, "traits/brings.html", context)
