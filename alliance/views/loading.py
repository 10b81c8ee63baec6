"""How every page of an alliance begins: signed in, or a guest of the sample; the alliance visible to them, or 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from accounts.doors import signed_in
from accounts.models import Person, guest
from alliance.models import Alliance

View = Callable[..., HttpResponse]
__all__ = ["or_guest", "person_of", "posted", "signed_in", "visible_alliance"]


def person_of(request: HttpRequest) -> Person:
    """The signed-in person."""
    assert isinstance(request.user, Person)  # noqa: S101 - behind `signed_in`
    return request.user


def or_guest(view: View) -> View:
    """Let whoever has no part in the sample alliance read this page of it, as a guest; outermost, above `signed_in`.

    Reading only: any other method, any other alliance and any page without this asks them to sign in, or is not there.
    What a guest sees is what `visible_to` lets a guest see. Who is signed in and takes part stays who they are; who
    does not, goes on being named as signed in.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, slug: str, **parts: Any) -> HttpResponse:
        is_sample = bool(slug) and slug == settings.SAMPLE_ALLIANCE
        if is_sample and request.method in {"GET", "HEAD"} and not _takes_part(request, slug):
            request.user = guest(instead_of=request.user if isinstance(request.user, Person) else None)
        return view(request, *args, slug=slug, **parts)

    inner.is_open_to_guests = True  # type: ignore[attr-defined]
    return inner


def _takes_part(request: HttpRequest, slug: str) -> bool:
    person = request.user
    return isinstance(person, Person) and Alliance.objects.visible_to(person).filter(slug=slug).exists()


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the body of a POST, even an empty one."""
    return request.POST if request.method == "POST" else None


def visible_alliance(request: HttpRequest, slug: str) -> Alliance:
    """The alliance at this address, if the person may see it; Http404 otherwise, as for one that does not exist."""
    found = Alliance.objects.visible_to(person_of(request)).select_related("convener").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
