"""The page that the link in an invitation opens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import acceptance
from accounts.doors import person_of
from accounts.models import Invitation, Person
from accounts.services import invitations
from audit import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what. Signed in with its address: accept. Else: make an account with it, or sign in.

    A token that opens nothing is answered alike, whether it never existed, was used, withdrawn or is out of time.
    """
    found = invitations.find(token)
    if found is None or not found.is_open(clock.read()):
        return render(request, "accounts/invitation_over.html", {"page_title": _("No open invitation")}, status=404)
    if request.method == "POST" and request.user.is_authenticated:
        return _accepted(request, found)
    invitations.remember(request.session, found)
    return _page(request, found)


def _accepted(request: HttpRequest, found: Invitation) -> HttpResponse:
    invitations.accept_invitation(actor=person_of(request), invitation=found)
    request.session.pop(invitations.OPENED, None)
    messages.success(request, _("You have accepted the invitation."))
    offer = acceptance.offer_of(found)
    return redirect(offer.url if offer else "home")


def _page(request: HttpRequest, found: Invitation) -> HttpResponse:
    context = {
        "page_title": _("You are invited"),
        "now": clock.read(),
        "invitation": found,
        "offer": acceptance.offer_of(found),
        "has_account": Person.objects.filter(email=found.email).exists(),
        "is_theirs": request.user.is_authenticated and person_of(request).email == found.email,
    }
    return render(request, "accounts/invitation.html", context)
