"""Reading a dossier: refused whole, naming the place and what was expected, or taken whole."""

from pydantic import ValidationError

from alliance.references import first_fault
from audit import strictjson
from audit.strictjson import BadDocument
from charter.schemas import Dossier


def read_dossier(raw: bytes | str) -> Dossier:
    """A dossier from its JSON text. Raises BadDocument at the first place that does not hold.

    Three tests, in order: strict JSON (depth, size, duplicate keys, NUL, surrogates), the schema, the references.
    """
    strictjson.parse(raw)
    try:
        dossier = Dossier.model_validate_json(raw, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadDocument(strictjson.pointer(first["loc"]), strictjson.expected(first)) from error
    fault = first_fault({name: getattr(dossier, name) for name in type(dossier).model_fields})
    if fault:
        raise BadDocument(*fault)
    return dossier
