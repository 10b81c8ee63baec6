"""The inbox."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.doors import person_of, signed_in
from audit import clock
from notifications.selectors.told import notices_of
from notifications.services.inbox import mark_read

PAGE = 30


@signed_in
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What the person was told, newest first."""
    page = Paginator(notices_of(person_of(request)), PAGE).get_page(request.GET.get("page"))
    context = {"page_title": _("Inbox"), "place": "inbox", "now": clock.read(), "page": page}
    return render(request, "notifications/inbox.html", context)


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_read(actor=person_of(request))
    messages.success(request, _("Everything is marked as read."))
    return redirect("notifications:inbox")


@signed_in
@require_POST
def open_notice(request: HttpRequest, pk: str) -> HttpResponse:
    """Mark one message as read and go where it leads."""
    notice = get_object_or_404(notices_of(person_of(request)), pk=pk)
    mark_read(actor=person_of(request), notice=notice)
    is_ours = url_has_allowed_host_and_scheme(notice.path, allowed_hosts=None)
    return redirect(notice.path if is_ours else "notifications:inbox")
