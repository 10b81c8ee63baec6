"""Reading a dossier: refused whole, naming the place and what was expected, or taken whole."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from alliance.references import first_fault
from audit import chain, strictjson
from audit.strictjson import BadDocument
from charter.schemas import CharterText, Dossier
from governance import recount, tally
from traits.evidence import Evidence, by_chairs
from traits.opening import opened

D = TypeVar("D", bound=date)


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
    for place in _numbered_times(dossier, tree):
        raise BadDocument(strictjson.pointer(place), "expected a day or time as text; found a number.")
    fault = first_fault({name: getattr(dossier, name) for name in type(dossier).model_fields})
    if fault:
        raise BadDocument(*fault)
    _check_days(dossier)
    _check_outcomes(dossier)
    _check_versions(dossier)
    return dossier


def _numbered_times(node: Any, raw: Any) -> Iterator[tuple[str | int, ...]]:
    """Where the document has a number for a time, which would be read as seconds since 1970."""
    if isinstance(node, date) and not isinstance(raw, str):
        yield ()
    children: Any = ()
    if isinstance(node, BaseModel):
        children = ((name, getattr(node, name), raw[name]) for name in type(node).model_fields if name in raw)
    elif isinstance(node, list):
        children = zip(range(len(node)), node, raw, strict=True)
    for key, child, beside in children:
        yield from ((key, *rest) for rest in _numbered_times(child, beside))


def _check_days(dossier: Dossier) -> None:
    """What was signed and measured was so by the document's own time, and readings come after the baseline."""
    day = dossier.as_of.astimezone(UTC).date()
    for number, sheet in enumerate(dossier.worksheets):
        _by(sheet.signed_at, dossier.as_of, ("worksheets", number, "signed_at"))
    for number, stream in enumerate(dossier.streams):
        at = ("streams", number)
        _by(stream.baseline_on, day, (*at, "baseline_on"))
        for place, reading in enumerate(stream.readings):
            here = (*at, "readings", place, "read_on")
            _by(reading.read_on, day, here)
            if stream.baseline_on and reading.read_on < stream.baseline_on:
                said = f"expected a day from the baseline’s on, {stream.baseline_on}; found {reading.read_on}."
                raise BadDocument(strictjson.pointer(here), said)


def _by(then: D | None, latest: D, place: tuple[str | int, ...]) -> None:
    if then is not None and then > latest:
        said = f"expected no later than the document’s as_of, {latest.isoformat()}; found {then.isoformat()}."
        raise BadDocument(strictjson.pointer(place), said)


def _check_outcomes(dossier: Dossier) -> None:
    """Each outcome rests on a case that can be counted, and says what the count gives."""
    for number, decision in enumerate(dossier.decisions):
        for place, outcome in enumerate(decision.outcomes):
            at = ("decisions", number, "outcomes", place)
            form = recount.case_at((*at, "case"), outcome.case)
            counted = tally.tally(recount.case_of(form))
            wrong = recount.unmet(form, counted.figures())
            if wrong:
                raise BadDocument(strictjson.pointer((*at, "case", "expect")), f"{wrong[0]}.")
            if outcome.result != counted.result:
                said = f"expected “{counted.result}”, which is what the case gives; found “{outcome.result}”."
                raise BadDocument(strictjson.pointer((*at, "result")), said)


def _check_versions(dossier: Dossier) -> None:
    """Each frozen text has the form of one, and the hash that it was signed under."""
    for number, version in enumerate(dossier.charter_versions):
        at = ("charter_versions", number)
        strictjson.validate(CharterText, version.document, (*at, "document"))
        found = chain.digest(chain.canonical(version.document))
        if version.hash != found:
            said = f"expected the hash of the document as it stands, {found}; it was changed, or is another’s."
            raise BadDocument(strictjson.pointer((*at, "hash")), said)


def evidence_in(dossier: Dossier, *, as_claimed: bool, at: datetime | None = None) -> Evidence:
    """A dossier as the check's input: nothing in a file was witnessed here."""
    return Evidence(
        alliance=dossier,
        governance=dossier,
        at=at or dossier.as_of,
        acknowledgements=by_chairs(dossier.acknowledgements, dossier.officers, as_claimed=as_claimed),
        sealed=opened(dossier.worksheets, as_claimed=as_claimed),
        as_claimed=as_claimed,
        is_foreign=True,
    )
