"""Do a dossier's identifiers hold together? Pure checks of a whole document, before anything is written."""

from collections.abc import Iterator
from typing import Any

from alliance.schemas import Document

SPACES: dict[str, tuple[str, ...]] = {
    "groups": ("group",),
    "organisations": ("organisation", "convener", "successor", "owner", "employer"),
    "people": (
        *(
            "person",
            "confirmed_by",
            "category_confirmed_by",
            "recorded_by",
            "signed_by",
            "steward",
            "entered_by",
            "set_by",
            "group_said_by",
            "baseline_set_by",
        ),
        *("accepted_by", "answered_by", "counsel", "proposer", "seconder", "acknowledged_by", "signatory", "frozen_by"),
        *("said_by", "added_by", "told_by", "withdrawn_by", "placed_by", "suggested_by", "declared_by"),
    ),
    "members": (
        *("member", "first", "second", "category_confirmed_by_member", "baseline_verified_by", "verified_by"),
        *("appointed_by", "beneficiaries"),
    ),
    "topics": ("topic",),
    "seats": ("seat",),
    "classes": ("decision_class",),
    "decisions": ("decision", "reopens"),
}
"""Which keys name a thing of which list. Decisions are named by number, classes by key, the others by id."""
ONCE: dict[str, tuple[str, ...]] = {
    "people": ("email",),
    "organisations": ("name",),
    "affected_parties": ("name",),
    "roles": ("person", "kind", "member", "revoked_at"),
    "relations": ("first", "second", "kind"),
    "topics": ("name",),
    "positions": ("member",),
    "member_answers": ("member",),
    "core_domains": ("domain",),
    "rounds": ("number",),
    "steps": ("member", "domain"),
    "streams": ("title",),
    "interests": ("member", "topic"),
    "readings": ("read_on",),
    "targets": ("due_on",),
    "legacy_plan": ("part",),
    "worksheets": ("member", "version"),
    "outcomes": ("number",),
    "electors": ("id",),
    "sections": ("key",),
    "charter_versions": ("major", "minor", "patch"),
    "signatures": ("member",),
}
"""Of which records of a list no two may agree in these fields."""
NESTED = frozenset({"effect_data"})
"""Free objects whose keys mean what they mean elsewhere; what stands in others (a recount's case) is not looked at."""
_SPACE_OF = {key: space for space, keys in SPACES.items() for key in keys}
_NAMED_BY = {"classes": "key", "decisions": "number"}

Fault = tuple[str, str]
"""A JSON pointer, and what was expected there."""


def first_fault(document: dict[str, Any]) -> Fault | None:
    """The first place where an identifier stands twice, or names nothing in the document; None when all holds.

    `document` maps the dossier's keys to its (validated) records.
    """
    known: dict[str, set[Any]] = {}
    for space in SPACES:
        key = _NAMED_BY.get(space, "id")
        seen: set[Any] = set()
        for index, record in enumerate(document.get(space) or []):
            name = getattr(record, key)
            if name in seen:
                return f"/{space}/{index}/{key}", "expected an identifier that stands only once"
            seen.add(name)
        known[space] = seen
    return next(_twice(document, ""), None) or next(_dangling(document, "", known), None)


def _fields(node: Any) -> Any:
    if isinstance(node, Document):
        return {name: getattr(node, name) for name in type(node).model_fields}
    return node


def _twice(node: Any, at: str) -> Iterator[Fault]:
    for key, value in _fields(node).items():
        if not isinstance(value, list):
            continue
        seen = set()
        for index, record in enumerate(value):
            place = f"{at}/{key}/{index}"
            same = tuple(getattr(record, field) for field in ONCE[key]) if key in ONCE else index
            if same in seen:
                yield place, f"expected only one with this {' and '.join(ONCE[key])}"
            seen.add(same)
            if isinstance(record, Document):
                yield from _twice(record, place)


def _dangling(node: Any, at: str, known: dict[str, set[Any]]) -> Iterator[Fault]:
    node = _fields(node)
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _dangling(item, f"{at}/{index}", known)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _dangling_value(key, value, f"{at}/{key}", known)


def _dangling_value(key: str, value: Any, at: str, known: dict[str, set[Any]]) -> Iterator[Fault]:
    space = _SPACE_OF.get(key)
    names = value if isinstance(value, list) else [value]
    if space and all(isinstance(name, str | int) for name in names):
        for name in names:
            if name not in known[space]:
                yield at, f"expected the identifier of one of {space}"
    elif isinstance(value, Document | list) or key in NESTED:
        yield from _dangling(value, at, known)
