"""Between rows and the dossier's records: fields of one name carry one meaning, so that one rule serves them all."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Field, ForeignKey, Model

from alliance.schemas import Document

D = TypeVar("D", bound=Document)
M = TypeVar("M", bound=Model)


class References:
    """The rows that a document's identifiers stand for, by model."""

    def __init__(self) -> None:
        self._rows: dict[tuple[type[Model], str], Model] = {}

    def add(self, ref: str, row: Model) -> None:
        """Remember the row behind an identifier."""
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


def to_row(model: type[M], record: Document, refs: References, **given: Any) -> M:
    """A new, unsaved row made of a record: each field that both have, a reference looked up, and what is given."""
    fields = {field.name: field for field in model._meta.concrete_fields if field.name in type(record).model_fields}
    fields.pop("id", None)
    values = {name: _inward(field, getattr(record, name), refs) for name, field in fields.items() if name not in given}
    return model(**values, **given)


def _inward(field: "Field[Any, Any]", value: Any, refs: References) -> Any:
    if value is None:
        return None if field.null else ""
    if isinstance(field, ForeignKey):
        return refs.row(field.related_model, value)
    return value
