"""The same request twice is done once: a key of the caller's, locked first, and the answer kept with it."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import person_of
from accounts.models import IdempotencyKey, Person
from audit import clock
from audit.chain import canonical, digest
from audit.errors import DomainError

HEADER = "Idempotency-Key"
LONGEST = 200
KEPT_FOR = timedelta(hours=48)

View = TypeVar("View", bound=APIView)
Handler = Callable[..., Response]


def idempotent(handler: Handler) -> Handler:
    """Have a DRF handler run once for each key of a person; later requests with that key get the stored answer.

    The header Idempotency-Key is required. The key's row is the first lock of one transaction around the whole
    handler, so only what was committed is ever answered, and only successes are kept. The same key with another
    request raises DomainError.
    """

    @wraps(handler)
    def inner(view: APIView, request: Request, *args: Any, **kwargs: Any) -> Response:
        key, fingerprint = key_of(request), fingerprint_of(request)
        with transaction.atomic():
            row = claim(person_of(request), key, fingerprint)
            if row.status is not None:
                return Response(json.loads(row.answer), status=row.status, headers={"Idempotency-Replayed": "true"})
            response = handler(view, request, *args, **kwargs)
            if status.is_success(response.status_code):
                keep(row, response)
            else:
                transaction.set_rollback(True)
            return response

    return extend_schema(parameters=[_PARAMETER])(inner)


_PARAMETER = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="A word of your choice, at most 200 characters, the same when you send this request again.",
)


def key_of(request: Request) -> str:
    """The request's key. Raises DomainError when there is none, or it is too long."""
    key: str = request.headers.get(HEADER, "")
    if not key or len(key) > LONGEST or not key.isprintable():
        raise DomainError(
            "idempotency_key_missing",
            _("Send the header Idempotency-Key: a word of at most 200 characters, the same when you try again."),
        )
    return key


def fingerprint_of(request: Request) -> str:
    """SHA-256 of method, path and canonical body; a file in it stands by its name and its own SHA-256."""
    return digest(canonical([request.method, request.get_full_path(), _plain(request.data)]))


def _plain(data: Any) -> Any:
    if not isinstance(data, MultiValueDict):
        return data
    return {name: [_said(each) for each in data.getlist(name)] for name in data}


def _said(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    told = sha256()
    for chunk in value.chunks():
        told.update(chunk)
    return [value.name, told.hexdigest()]


def claim(person: Person, key: str, fingerprint: str) -> IdempotencyKey:
    """The key's row, made where it is new, and locked. Raises DomainError when it was used for something else."""
    new = IdempotencyKey(person=person, key=key, fingerprint=fingerprint, created_at=clock.read())
    IdempotencyKey.objects.bulk_create([new], ignore_conflicts=True)
    row = IdempotencyKey.objects.select_for_update(no_key=True).get(person=person, key=key)
    if row.fingerprint != fingerprint:
        raise DomainError(
            "idempotency_key_reused", _("This Idempotency-Key was used for another request. Choose a new one.")
        )
    return row


def keep(row: IdempotencyKey, response: Response) -> None:
    """Store the answer with its key."""
    row.status, row.answer = response.status_code, JSONRenderer().render(response.data).decode()
    row.save(update_fields=["status", "answer"])


def once(person: Person, key: str, act: Callable[[], str]) -> tuple[str, bool]:
    """Act once for this key of a person: what the act answered, and whether it was done just now.

    As above: the key's row is locked first, and an act that raises leaves nothing behind.
    """
    with transaction.atomic():
        row = claim(person, key, fingerprint="")
        if row.status is not None:
            return row.answer, False
        row.answer, row.status = act(), status.HTTP_201_CREATED
        row.save(update_fields=["status", "answer"])
        return row.answer, True


def forget_old() -> int:
    """Remove keys older than 48 hours; says how many."""
    removed, _by_model = IdempotencyKey.objects.filter(created_at__lt=clock.read() - KEPT_FOR).delete()
    return removed
