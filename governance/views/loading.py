"""A decision, a seat, one's own seat: within a visible alliance, or 404."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from alliance.models import Alliance
from alliance.views.loading import person_of, visible_alliance
from governance.models import Decision, Holding, Seat
from governance.selectors.holders import accepted_in, seat_of


def decision_in(alliance: Alliance, number: int) -> Decision:
    """The decision of that number."""
    found: Decision = get_object_or_404(Decision.objects.visible_in(alliance).with_its_page(), number=number)
    return found


def seat_in(alliance: Alliance, pk: UUID) -> Seat:
    """A standing seat."""
    rows = Seat.objects.standing().select_related("member__organisation", "alliance")
    found: Seat = get_object_or_404(rows, alliance=alliance, pk=pk)
    return found


def held_in(alliance: Alliance, seat: UUID) -> Holding:
    """Who holds a standing seat, having accepted it."""
    found: Holding = get_object_or_404(accepted_in(alliance), seat=seat)
    return found


def own_seat(request: HttpRequest, slug: str) -> tuple[Alliance, Holding]:
    """The alliance, and the seat that the signed-in person holds or is named for in it."""
    alliance = visible_alliance(request, slug)
    holding = seat_of(person_of(request), alliance)
    if holding is None:
        raise Http404
    return alliance, holding
