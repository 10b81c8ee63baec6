"""How the doors of an alliance answer: a form's page, a confirmation, a button."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.doors import carried_out, with_status
from accounts.permissions import require
from alliance import rules
from alliance.models import Alliance
from alliance.views.loading import person_of
from audit import clock

Command = Callable[[], Any]


def show(request: HttpRequest, template: str, alliance: Alliance, *, place: str, **context: Any) -> HttpResponse:
    """A page of an alliance, with what its layout needs; `now` where the view has read the clock already."""
    if "now" not in context:
        context["now"] = clock.read()
    return render(request, template, {"alliance": alliance, "place": place, **context})


def form_page(
    request: HttpRequest,
    alliance: Alliance,
    form: forms.BaseForm,
    command: Command,
    *,
    needs: tuple[str, Any],
    done: Any,
    back: str,
    **page: Any,
) -> HttpResponse:
    """Show a form; on POST run its command and go back, or show what was typed with what is wrong.

    `needs` is the permission and its subject: who lacks it is told so before typing (the command asks again).
    `page` holds place, page_title, submit, and where wanted text and template.
    """
    require(needs[0], person_of(request), needs[1])
    if request.method == "POST" and form.is_valid():
        carried_out(form, command)
        if not form.errors:
            messages.success(request, str(done))
            return redirect(back)
    template = page.pop("template", "alliance/form.html")
    return with_status(show(request, template, alliance, form=form, back=back, **page), form)


def name_hits(request: HttpRequest, texts: Iterable[str]) -> None:
    """Name to the writer those of their words that competitors should not settle together."""
    words = ", ".join(f"“{hit.words}”" for hit in rules.scan(texts))
    if words:
        text = _("Counsel will ask about %(words)s: competitors may not settle such things together.")
        messages.warning(request, text % {"words": words})


def confirm_page(request: HttpRequest, alliance: Alliance, command: Command, **page: Any) -> HttpResponse:
    """Name the consequence; on POST run the command and go back. `page` as `form_page` and confirm.html take it."""
    form = forms.Form(request.POST if request.method == "POST" else None)
    return form_page(request, alliance, form, command, **{"template": "alliance/confirm.html", **page})


def acted(request: HttpRequest, command: Command, *, done: Any, back: str) -> HttpResponse:
    """A button without fields: run the command and go back; a refusal is answered by the middleware."""
    command()
    messages.success(request, str(done))
    return redirect(back)
