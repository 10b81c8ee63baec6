"""Gives every request an identifier, which its events and its log lines carry."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.ids import uuid7
from audit.services import request_id


class RequestIdMiddleware:
    """Set the request's identifier for its duration, and say it in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(str(uuid7()))
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)
