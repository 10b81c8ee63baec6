"""A case as a document: its exact form, its meaning checked, and its recount.

The form is that of an exported decision: rule, seats and ballots in; `expect` is what the outcome claims.
"""

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from audit.strictjson import BadDocument, pointer, shown, validate
from governance import tally

FRACTION = re.compile(r"([0-9]{1,18})/([0-9]{1,18})", re.ASCII)
MAX_WEIGHT = 10**15

Place = tuple[str | int, ...]


def _share(value: object) -> Fraction:
    match = FRACTION.fullmatch(value) if isinstance(value, str) else None
    if match is None or not 0 <= int(match[1]) <= int(match[2]) != 0:
        raise ValueError('a fraction from 0 to 1 as a text, such as "2/3"')
    return Fraction(int(match[1]), int(match[2]))


def _threshold(value: object) -> Fraction:
    threshold = _share(value)
    if threshold == 0:
        raise ValueError("a fraction above 0")
    return threshold


Share = Annotated[Fraction, PlainValidator(_share)]
Threshold = Annotated[Fraction, PlainValidator(_threshold)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Weight = Annotated[int, Field(ge=1, le=MAX_WEIGHT)]
Sum = Annotated[int, Field(ge=0)]


class Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class QuorumForm(Form):
    fraction: Share
    strict: bool


class RuleForm(Form):
    method: Literal["vote", "consent", "written_consent"]
    base: Literal["cast", "present", "all", "all_less_abstain", "authorised"]
    threshold: Threshold
    strict: bool
    quorum: QuorumForm
    recusal: Literal["exclude", "reduce", "count"]
    forum: Literal["electronic", "meeting"]
    min_yes: Literal["quorum"] | None = None
    max_no: Share | None = None
    max_objections: Share | None = None


class SeatForm(Form):
    id: Name
    weight: Weight = 1
    recused: bool = False
    suspended: bool = False
    present: bool = False


class ExpectForm(Form):
    """What a case claims of its outcome; only the keys it holds are held against the recount."""

    recused: Sum | None = None
    quorum_needed: Sum | None = None
    quorum_present: Sum | None = None
    yes: Sum | None = None
    no: Sum | None = None
    abstain: Sum | None = None
    base: Sum | None = None
    objections: Sum | None = None
    needed: Sum | None = None
    result: Literal["adopted", "rejected", "returned", "no_quorum", "no_competent_body"] | None = None
    decided: Literal["adopted", "cannot_pass"] | None = None


class CaseForm(Form):
    id: Name
    why: str = ""
    rule: RuleForm
    seats: list[SeatForm]
    ballots: dict[str, Literal["yes", "no", "abstain", "agree", "object"]]
    authorised_weight: Weight | None = None
    expect: ExpectForm | None = None


class FileForm(Form):
    about: str = ""
    cases: list[Any]


def cases_in(document: object) -> list[CaseForm]:
    """The cases of a recount file, or the one case that the file is. Raises BadDocument for the first bad place."""
    if isinstance(document, dict) and "cases" in document:
        entries = validate(FileForm, document).cases
        return [case_at(("cases", number), entry) for number, entry in enumerate(entries)]
    return [case_at((), document)]


def case_at(place: Place, document: object) -> CaseForm:
    """The case in `document`, checked for form and meaning. Raises BadDocument naming the place."""
    form = validate(CaseForm, document, place)
    _check_seats(place, form)
    _check_ballots(place, form)
    return form


def case_of(form: CaseForm) -> tally.Case:
    """The case that the tally counts."""
    rule = form.rule
    return tally.Case(
        rule=tally.Rule(
            method=tally.Method(rule.method),
            base=tally.Base(rule.base),
            threshold=rule.threshold,
            strict=rule.strict,
            quorum=tally.Quorum(rule.quorum.fraction, rule.quorum.strict),
            recusal=tally.Recusal(rule.recusal),
            forum=tally.Forum(rule.forum),
            min_yes_quorum=rule.min_yes is not None,
            max_no=rule.max_no,
            max_objections=rule.max_objections or Fraction(0),
        ),
        seats=tuple(tally.Seat(**seat.model_dump()) for seat in form.seats),
        ballots={seat: tally.Choice(choice) for seat, choice in form.ballots.items()},
        authorised_weight=form.authorised_weight,
    )


def unmet(form: CaseForm, figures: dict[str, int | str | None]) -> list[str]:
    """What `expect` claims and the recount does not give, in sentences; empty when all of it is met."""
    claims = {} if form.expect is None else form.expect.model_dump(exclude_unset=True)
    return [
        f"{key} should be {shown(claimed)}, and is {shown(figures.get(key))}"
        for key, claimed in claims.items()
        if figures.get(key) != claimed
    ]


def document_of(case: tally.Case, *, case_id: str, why: str) -> dict[str, Any]:
    """`case` with its outcome as `expect`, in the form that `manage.py recount` reads."""
    authorised = {} if case.authorised_weight is None else {"authorised_weight": case.authorised_weight}
    return {
        "id": case_id,
        "why": why,
        "rule": _rule_document(case.rule),
        "seats": [_seat_document(seat, case.rule.forum) for seat in case.seats],
        "ballots": {seat: str(choice) for seat, choice in case.ballots.items()},
        **authorised,
        "expect": tally.tally(case).figures(),
    }


def _rule_document(rule: tally.Rule) -> dict[str, Any]:
    limits = {
        "min_yes": "quorum" if rule.min_yes_quorum else None,
        "max_no": None if rule.max_no is None else _text(rule.max_no),
        "max_objections": _text(rule.max_objections) if rule.max_objections else None,
    }
    return {
        "method": str(rule.method),
        "base": str(rule.base),
        "threshold": _text(rule.threshold),
        "strict": rule.strict,
        "quorum": {"fraction": _text(rule.quorum.fraction), "strict": rule.quorum.strict},
        "recusal": str(rule.recusal),
        "forum": str(rule.forum),
        **{key: limit for key, limit in limits.items() if limit is not None},
    }


def _seat_document(seat: tally.Seat, forum: tally.Forum) -> dict[str, Any]:
    marks = {"recused": seat.recused, "suspended": seat.suspended}
    attendance = {"present": seat.present} if forum is tally.Forum.MEETING else {}
    return {
        "id": seat.id,
        "weight": seat.weight,
        **{mark: True for mark, is_set in marks.items() if is_set},
        **attendance,
    }


def _text(fraction: Fraction) -> str:
    return f"{fraction.numerator}/{fraction.denominator}"


def _check_seats(place: Place, form: CaseForm) -> None:
    seen: set[str] = set()
    for number, seat in enumerate(form.seats):
        if seat.id in seen:
            raise _bad(place, ("seats", number, "id"), f"the seat {shown(seat.id)} is listed twice.")
        seen.add(seat.id)
    total = sum(seat.weight for seat in form.seats)
    if form.authorised_weight is not None and form.authorised_weight < total:
        raise _bad(place, ("authorised_weight",), f"expected at least {total}, the weight of the seats listed.")
    says_present = not form.seats or any("present" in seat.model_fields_set for seat in form.seats)
    if form.rule.forum == "meeting" and not says_present:
        raise _bad(place, ("seats",), 'expected "present" on the seats: in a meeting only those present may cast.')


def _check_ballots(place: Place, form: CaseForm) -> None:
    seats = {seat.id for seat in form.seats}
    choices = tally.CHOICES[tally.Method(form.rule.method)]
    for seat, choice in form.ballots.items():
        if seat not in seats:
            raise _bad(place, ("ballots", seat), "no such seat is listed.")
        if choice not in choices:
            wanted = ", ".join(sorted(choices))
            raise _bad(place, ("ballots", seat), f"expected one of {wanted}; found {shown(choice)}.")


def _bad(place: Place, where: Place, sentence: str) -> BadDocument:
    return BadDocument(pointer((*place, *where)), sentence)
