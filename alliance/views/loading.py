"""How every page of an alliance begins: signed in, and the alliance visible to the person, or 404."""

from django.http import Http404, HttpRequest, QueryDict

from accounts.doors import signed_in
from accounts.models import Person
from alliance.models import Alliance

__all__ = ["person_of", "posted", "signed_in", "visible_alliance"]


def person_of(request: HttpRequest) -> Person:
    """The signed-in person."""
    assert isinstance(request.user, Person)  # noqa: S101 - behind `signed_in`
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the body of a POST, even an empty one."""
    return request.POST if request.method == "POST" else None


def visible_alliance(request: HttpRequest, slug: str) -> Alliance:
    """The alliance at this address, if the person may see it; Http404 otherwise, as for one that does not exist."""
    found = Alliance.objects.visible_to(person_of(request)).select_related("convener").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
