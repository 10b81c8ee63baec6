"""The person's time zone, and the one place where a refused command becomes an answer."""

import zoneinfo
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone

from audit.errors import DomainError, NotPermitted, ProofStale


class TimeZoneMiddleware:
    """Show times in the signed-in person's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "time_zone", "UTC") if request.user.is_authenticated else "UTC"
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return self.get_response(request)


class DomainErrorMiddleware:
    """422 for a move that the rules do not allow now, 403 for one that this person may not make."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return render(request, "errors/422.html", {"error": error}, status=422)
        if isinstance(error, NotPermitted):
            context = {"error": error, "is_stale": isinstance(error, ProofStale)}
            return render(request, "errors/403.html", context, status=403)
        return None


class MendingMiddleware:
    """422 for a library's page that shows a form again because of its errors, as our own pages answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, answer: TemplateResponse) -> TemplateResponse:
        form = (answer.context_data or {}).get("form")
        if request.method == "POST" and answer.status_code == HTTPStatus.OK and getattr(form, "errors", None):
            answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return answer


class ButtonMiddleware:
    """Who opens the address of a button as if it were a page is told so, with a way on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        is_page = request.method in {"GET", "HEAD"} and not request.path.startswith("/api/")
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not is_page:
            return answer
        page = render(request, "errors/405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = answer["Allow"]
        return page
