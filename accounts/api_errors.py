"""What the API answers instead of a result: always an object with a `code` for programs and a `sentence` for people."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from audit.errors import DomainError, NotPermitted
from audit.strictjson import BadDocument

Answer = dict[str, Any]


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception: 422 not now, 403 not you, 400 bad input, 404 nothing here; None: our fault."""
    match error:
        case DomainError():
            body = {"code": error.code, "sentence": error.sentence, "field": error.field}
            return Response(body, status=status.HTTP_422_UNPROCESSABLE_ENTITY)
        case NotPermitted():
            return Response({"code": error.code, "sentence": error.sentence}, status=status.HTTP_403_FORBIDDEN)
        case BadDocument():
            body = {"code": "bad_document", "pointer": error.pointer, "sentence": error.sentence}
            return Response(body, status=status.HTTP_400_BAD_REQUEST)
        case Http404() | NotFound():
            body = {"code": "not_found", "sentence": _("There is nothing here, or nothing that you may see.")}
            return Response(body, status=status.HTTP_404_NOT_FOUND)
    response = exception_handler(error, context)
    if response is not None:
        response.data = _in_words(error)
    return response


def _in_words(error: Exception) -> Answer:
    if isinstance(error, ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
        return {"code": "invalid", "sentence": _("Correct what is named below, then send it again."), "fields": fields}
    if isinstance(error, APIException):
        return {"code": error.default_code, "sentence": str(error.detail)}
    if isinstance(error, PermissionDenied):
        return {"code": "permission_denied", "sentence": _("You may not do this.")}
    raise error
