"""Moving a dossier in time, pure: the demo's stories are told as of a day, and are loaded as if it were today."""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from alliance.schemas import Document

D = TypeVar("D", bound=Document)


def shift(document: D, by: timedelta) -> D:
    """The document with every time and every date in it moved by so many whole days."""
    whole = timedelta(days=by.days)
    return document.model_copy(
        update={name: _shifted(getattr(document, name), whole) for name in type(document).model_fields}
    )


def _shifted(value: Any, by: timedelta) -> Any:
    if isinstance(value, Document):
        return shift(value, by)
    if isinstance(value, list):
        return [_shifted(item, by) for item in value]
    if isinstance(value, datetime | date):
        return value + by
    return value
