"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import panels
from accounts.models import Person


class Navigation:
    """The side navigation's data: `todo_count` only where the page has made the list anyway."""

    def __init__(self, person: Person, todo_count: int = 0) -> None:
        self.todo_count = todo_count
        self.alliances = panels.places_of(person)
        self.unread_count = panels.unread_of(person)


def site(request: HttpRequest) -> dict[str, Any]:
    """The installation's own address and who helps its people, and `nav` for who is signed in."""
    found: dict[str, Any] = {"site_address": settings.SITE_ADDRESS, "help_address": settings.HELP_ADDRESS}
    user = getattr(request, "user", None)
    person = user.instead_of if user is not None and user.is_authenticated and user.is_guest else user
    if person is not None and person.is_authenticated:
        found["nav"] = SimpleLazyObject(lambda: Navigation(person))
    return found
