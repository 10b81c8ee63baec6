"""The front page, and a person's home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import panels, todo
from accounts.context import Navigation
from accounts.doors import person_of
from audit import clock


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who is signed in sees what waits for them; anyone else, what this is."""
    if not request.user.is_authenticated:
        title = _("Allies that stay themselves")
        return render(request, "accounts/front.html", {"page_title": title, "sample": panels.sample()})
    person, at = person_of(request), clock.read()
    todos = todo.todos_of(person, at)
    nav = Navigation(person, todo_count=len(todos))
    context = {
        "page_title": _("What needs me"),
        "place": "home",
        "now": at,
        "nav": nav,
        "dated": [each for each in todos if each.due_at],
        "undated": [each for each in todos if not each.due_at],
        "cards": panels.cards_of(person, at),
    }
    return render(request, "accounts/home.html", context)
