"""Between rows and the dossier's records: fields of one name carry one meaning, so that one rule serves them all."""

from collections.abc import Iterator
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import CharField, CheckConstraint, DecimalField, Field, ForeignKey, IntegerField, Model
from django.utils.translation import gettext as _

from alliance.schemas import Document
from audit.strictjson import pointer

D = TypeVar("D", bound=Document)
M = TypeVar("M", bound=Model)

RANGES = BaseDatabaseOperations.integer_field_ranges
"""What PostgreSQL holds: the same bounds on every database, so that an alliance can move between them."""


class References:
    """The rows that a document's identifiers stand for, by model.

    `suspect` is what the database said of a constraint: reading the document again, the record that breaks it is named.
    """

    def __init__(self, *, suspect: str = "") -> None:
        self._rows: dict[tuple[type[Model], str], Model] = {}
        self.suspect = suspect

    def add(self, ref: str | None, row: Model) -> None:
        """Remember the row behind an identifier, where the record has one."""
        if ref:
            self._rows[type(row), ref] = row

    def row(self, model: type[M], ref: str) -> M:
        """The row behind an identifier; KeyError where the document's references were not checked."""
        found = self._rows[model, ref]
        assert isinstance(found, model)  # noqa: S101 - narrows the type for the reader and the checker
        return found


def to_document(schema: type[D], row: Model, **given: Any) -> D:
    """A record made of a row: each field of the schema from the field of that name, unless it is given.

    A foreign key becomes its identifier as text; an empty text where the schema allows None stays as it is.
    """
    values = {name: given[name] if name in given else _outward(row, name) for name in schema.model_fields}
    return schema(**values)


def _outward(row: Model, name: str) -> Any:
    value = getattr(row, f"{name}_id" if _is_reference(type(row), name) else name)
    return str(value) if isinstance(value, UUID) else value


def _is_reference(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), ForeignKey)


class Misfit(Exception):
    """A record whose value has no room in the row that it is to become."""

    def __init__(self, record: Document, name: str, sentence: str) -> None:
        super().__init__(record, name, sentence)
        self.record = record
        self.name = name
        self.sentence = sentence


def fitting(model: type[Model], record: Document, *names: str, into: str = "") -> None:
    """See that these values of a record have room in the model's fields of those names (or in `into`).

    Raises Misfit for a text that is too long, or a number that is out of range.
    """
    for name in names:
        _check(model._meta.get_field(into or name), record, name)


def _check(field: Any, record: Document, name: str) -> None:
    value = getattr(record, name)
    if value is None or not isinstance(field, CharField | IntegerField | DecimalField):
        return
    low, high = RANGES.get(field.get_internal_type(), (value, value))
    if not low <= value <= high:
        raise Misfit(record, name, f"expected a number from {low} to {high}.")
    try:
        field.run_validators(value)
    except ValidationError as error:
        raise Misfit(record, name, " ".join(error.messages)) from error


def to_row(model: type[M], record: Document, refs: References, /, **given: Any) -> M:
    """A new, unsaved row made of a record: each field that both have, a reference looked up, and what is given.

    Raises Misfit where a value has no room.
    """
    fields = {field.name: field for field in model._meta.concrete_fields if field.name in type(record).model_fields}
    fields.pop("id", None)
    values = {name: _inward(field, getattr(record, name), refs) for name, field in fields.items() if name not in given}
    fitting(model, record, *values)
    row = model(**values, **given)
    if refs.suspect:
        _agreeing(row, record, refs.suspect)
    return row


def _agreeing(row: Model, record: Document, suspect: str) -> None:
    """Raise Misfit where this row breaks the suspected constraint: at the first of the values that must agree."""
    for constraint in row._meta.constraints:
        if not isinstance(constraint, CheckConstraint) or constraint.name not in suspect:
            continue
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            condition: Any = constraint.condition
            named = {name.removesuffix("_id") for name in condition.referenced_base_fields}
            names = [name for name in type(record).model_fields if name in named] or list(type(record).model_fields)
            said = _("expected values of %(names)s that agree with one another.") % {"names": ", ".join(names)}
            raise Misfit(record, names[0], said) from error


def _inward(field: "Field[Any, Any]", value: Any, refs: References) -> Any:
    if value is None:
        return None if field.null else ""
    if isinstance(field, ForeignKey):
        return refs.row(field.related_model, value)
    return value


def place_of(record: Document, whole: Document, name: str) -> str:
    """Where a record of a document stands: the JSON pointer to its value of this name."""
    return pointer((*next(_paths(record, whole)), name))


def _paths(record: Document, node: Any) -> Iterator[tuple[str | int, ...]]:
    if node is record:
        yield ()
    children: Any = ()
    if isinstance(node, Document):
        children = ((key, getattr(node, key)) for key in type(node).model_fields)
    elif isinstance(node, list | tuple):
        children = enumerate(node)
    for key, child in children:
        yield from ((key, *rest) for rest in _paths(record, child))
