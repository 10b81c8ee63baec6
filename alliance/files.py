"""Where files of evidence lie: a private folder, each under a random name; no web server serves it.

A file is written before its row and goes with the row's failure; what a cut-off program left behind is swept.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import IO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

LEFT_ALONE = timedelta(hours=1)
"""So long a file may lie without a row: its transaction may still be under way."""


def _store() -> Storage:
    return storages["evidence"]


@contextmanager
def kept(content: bytes | None) -> Iterator[str]:
    """Write a file for the length of a block, and keep it unless the block fails; gives its name, "" for no file."""
    if content is None:
        yield ""
        return
    name = secrets.token_hex(16)
    name = _store().save(f"{name[:2]}/{name}", ContentFile(content))
    try:
        yield name
    except BaseException:
        _store().delete(name)
        raise


def is_here(name: str) -> bool:
    """Is there a file of this name? One that came in an alliance file without its bytes has none."""
    return bool(name) and _store().exists(name)


def opened(name: str) -> IO[bytes]:
    """The file, open for reading. Raises FileNotFoundError."""
    if not is_here(name):
        raise FileNotFoundError(name)
    return cast("IO[bytes]", _store().open(name))


def names_before(at: datetime) -> list[str]:
    """The files that were written longer ago than LEFT_ALONE."""
    store = _store()
    found = []
    for folder in store.listdir("")[0] if store.exists("") else []:
        found += [f"{folder}/{name}" for name in store.listdir(folder)[1]]
    return [name for name in found if store.get_modified_time(name).astimezone(UTC) <= at - LEFT_ALONE]


def remove(name: str) -> None:
    """Take a file away for good."""
    _store().delete(name)
