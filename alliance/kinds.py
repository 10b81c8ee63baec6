"""Which records take evidence, or are evidence: kinds by name. Apps add theirs in `ready()`.

A kind says in words what it is, which rows are its own, who may say them (and so may attach to them), and where they
are shown. What it hides from a person, no evidence shows either.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from accounts.models import Person
from alliance.models import Alliance

OF_ALL = "alliance"
"""The kind of which there is one row: the alliance itself."""
Rows = Callable[[Alliance], QuerySet[Any]]


def _itself(row: Any) -> Any:
    return row


def _never(standing: Any, row: Any) -> bool:
    return False


def _nothing(row: Any) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record.

    `rows` are those of an alliance, with what `label` and `href` read. `may` are permissions of which one is enough to
    attach, asked about `about(row)`; none for a kind that only is evidence. `able(standing, row)` says the same of a
    reader's standing, for pages. `refusal` is why a row takes none, if so. `hidden` are the rows that this person may
    not see. `is_cited`: a row may itself be evidence for another. `is_contested`: several sides say it, and none of
    them takes back what another attached. `named_by` is the column that names a row, where there is one.
    """

    name: str
    word: Any
    model: type[Model]
    rows: Rows
    label: Callable[[Any], str]
    href: Callable[[Any], str]
    may: tuple[str, ...] = ()
    about: Callable[[Any], Any] = _itself
    able: Callable[[Any, Any], bool] = _never
    refusal: Callable[[Any], Any] = _nothing
    hidden: Callable[[Alliance, Person], QuerySet[Any]] | None = None
    is_cited: bool = True
    is_contested: bool = False
    named_by: str = ""


_kinds: dict[str, Kind] = {}


def add_kinds(*kinds: Kind) -> None:
    """Have these kinds of record take or be evidence."""
    _kinds.update({kind.name: kind for kind in kinds})


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which the apps added them."""
    return tuple(_kinds.values())


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)
