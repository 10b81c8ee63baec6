"""Fifteen questions, for anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.doors import with_status
from traits.doors import remember, remembered
from traits.forms import SelfCheckForm
from traits.selectors.told import told_of


@require_http_methods(["GET", "POST"])
def self_check(request: HttpRequest) -> HttpResponse:
    """Fifteen plain questions, without an account. The answers stay with the visitor."""
    form = SelfCheckForm(request.POST if request.method == "POST" else None, initial=remembered(request.session))
    if request.method == "POST" and form.is_valid():
        remember(request.session, form.cleaned_data)
        return redirect("traits:self_check_result")
    return with_status(
        render(request, "traits/self_check.html", {"page_title": _("Would it hold?"), "form": form}), form
    )


@require_GET
def self_check_result(request: HttpRequest) -> HttpResponse:
    """The five traits as they were told, and the three biggest gaps."""
    answers = remembered(request.session)
    if answers is None:
        return redirect("traits:self_check")
    context = {"page_title": _("Five traits, as you tell it"), "told": told_of(answers)}
    return render(request, "traits/self_check_result.html", context)
