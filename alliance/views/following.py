"""Open pages follow along: they ask again every while, and are answered at length only when something has happened."""

from django.http import HttpRequest, HttpResponse

from alliance.models import Alliance
from audit.models import Stream


def seen_of(alliance: Alliance) -> int:
    """How far the alliance's events have come: what a page that follows along names when it asks again."""
    return Stream.objects.filter(pk=alliance.pk).values_list("seq", flat=True).first() or 0


def followed(request: HttpRequest, alliance: Alliance, look: str) -> HttpResponse | None:
    """The short answer to a page that asks again; None where the whole page is to be made.

    Nothing (204) while no event has been added since `seen`; a fresh start once the state is another than its `look`.
    """
    if not request.headers.get("HX-Request") or "seen" not in request.GET:
        return None
    if request.GET.get("look", "") != look:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.GET["seen"] == str(seen_of(alliance)):
        return HttpResponse(status=204)
    return None
