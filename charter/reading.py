"""Reading a dossier: refused whole, naming the place and what was expected, or taken whole."""

import json
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from alliance.references import first_fault
from audit import strictjson
from audit.strictjson import BadDocument
from charter.schemas import Dossier
from traits.evidence import Evidence
from traits.opening import opened


def read_dossier(path: str) -> Dossier:
    """The dossier in a file (`-` for standard input). Raises BadDocument at the first place that does not hold."""
    return dossier_of(strictjson.read(path))


def dossier_of(tree: Any) -> Dossier:
    """A dossier from a strictly parsed document: first its schema, then its references. Raises BadDocument."""
    try:
        dossier = Dossier.model_validate_json(json.dumps(tree, default=str), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadDocument(strictjson.pointer(first["loc"]), strictjson.expected(first)) from error
    fault = first_fault({name: getattr(dossier, name) for name in type(dossier).model_fields})
    if fault:
        raise BadDocument(*fault)
    return dossier


def evidence_in(dossier: Dossier, *, as_claimed: bool, at: datetime | None = None) -> Evidence:
    """A dossier as the check's input: nothing in a file was witnessed here."""
    return Evidence(
        alliance=dossier,
        governance=dossier,
        at=at or dossier.as_of,
        acknowledgements=tuple(dossier.acknowledgements),
        sealed=opened(dossier.worksheets, as_claimed=as_claimed),
        as_claimed=as_claimed,
        is_foreign=True,
    )
