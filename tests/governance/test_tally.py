"""The tally meets every vector, and what it says of early decisions is what enumeration says."""

import dataclasses
import itertools
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.recount import case_of, cases_in
from governance.tally import CHOICES, Base, Case, Choice, Forum, Method, Quorum, Recusal, Result, Rule, Seat, tally
from governance.tally.methods import most_objections

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "decisions.json").read_text())
FRACTIONS = [Fraction(n, d) for d in range(1, 6) for n in range(1, d + 1)]


@pytest.mark.parametrize(
    ("form", "expect"),
    list(zip(cases_in(VECTORS), [case["expect"] for case in VECTORS["cases"]], strict=True)),
    ids=[case["id"] for case in VECTORS["cases"]],
)
def test_every_vector_is_met_key_by_key(form, expect):
    assert tally(case_of(form)).figures() == expect


def test_there_are_as_many_vectors_as_were_agreed():
    assert len(VECTORS["cases"]) == 207


@st.composite
def rules(draw):
    return Rule(
        method=draw(st.sampled_from(Method)),
        base=draw(st.sampled_from(Base)),
        threshold=draw(st.sampled_from(FRACTIONS)),
        strict=draw(st.booleans()),
        quorum=Quorum(draw(st.sampled_from([Fraction(0), *FRACTIONS])), draw(st.booleans())),
        recusal=draw(st.sampled_from(Recusal)),
        forum=draw(st.sampled_from(Forum)),
        min_yes_quorum=draw(st.booleans()),
        max_no=draw(st.none() | st.sampled_from([Fraction(0), *FRACTIONS])),
        max_objections=draw(st.sampled_from([Fraction(0), *FRACTIONS])),
    )


@st.composite
def cases(draw, most=6):
    rule = draw(rules())
    rare = st.integers(0, 5).map(lambda n: n == 0)
    seats = tuple(
        Seat(
            f"s{n}",
            draw(st.integers(1, 4)),
            recused=draw(rare),
            suspended=draw(rare),
            present=not draw(rare),
        )
        for n in range(draw(st.integers(0, most)))
    )
    choices = st.none() | st.sampled_from(sorted(CHOICES[rule.method]))
    drawn = {seat.id: draw(choices) for seat in seats}
    ballots = {seat: choice for seat, choice in drawn.items() if choice is not None}
    vacant = draw(st.none() | st.integers(0, 4))
    authorised = None if vacant is None else max(1, vacant + sum(seat.weight for seat in seats))
    return Case(rule, seats, ballots, authorised)


def completions(case):
    """Every way in which the seats that may still cast could do so, silence included."""
    may_cast = [
        seat.id
        for seat in case.seats
        if not (seat.suspended or seat.recused)
        and seat.id not in case.ballots
        and (seat.present or case.rule.forum is Forum.ELECTRONIC)
    ]
    options = [None, *CHOICES[case.rule.method]]
    for made in itertools.product(options, repeat=len(may_cast)):
        extra = {seat: choice for seat, choice in zip(may_cast, made, strict=True) if choice is not None}
        yield dataclasses.replace(case, ballots={**case.ballots, **extra})


@settings(max_examples=400, deadline=None)
@given(cases())
def test_decided_is_what_every_completion_gives(case):
    results = {tally(each).result for each in completions(case)}
    if results == {Result.ADOPTED}:
        expected = "adopted"
    elif Result.ADOPTED not in results:
        expected = "cannot_pass"
    else:
        expected = None
    assert tally(case).figures()["decided"] == expected


def weight(seats):
    return sum(seat.weight for seat in seats)


def reference_result(case):
    """DECISIONS.md read once more, seat by seat and in the order it is written."""
    rule = case.rule
    electorate = [seat for seat in case.seats if not seat.suspended]
    able = [seat for seat in electorate if not seat.recused]
    there = {seat.id for seat in electorate if seat.present or rule.forum is Forum.ELECTRONIC}
    counted = {seat.id: case.ballots[seat.id] for seat in able if seat.id in case.ballots and seat.id in there}
    present = weight(seat for seat in able if seat.id in (there if rule.forum is Forum.MEETING else counted))
    if len(able) < 2 or 3 * len(able) < len(electorate):
        return "no_competent_body"
    if rule.method is Method.WRITTEN_CONSENT:
        return "adopted" if all(counted.get(seat.id) == "yes" for seat in able) else "rejected"
    pool = weight(able) if rule.recusal is Recusal.EXCLUDE else weight(electorate)
    share = rule.quorum.fraction * pool
    needed = next(n for n in itertools.count() if (n > share if rule.quorum.strict else n >= share))
    needed = max(1, needed - (weight(electorate) - weight(able) if rule.recusal is Recusal.REDUCE else 0))
    recused_there = weight(seat for seat in electorate if seat.recused and seat.id in there)
    if present + (recused_there if rule.recusal is Recusal.COUNT else 0) < needed:
        return "no_quorum"
    sums = {choice: weight(seat for seat in able if counted.get(seat.id) == choice) for choice in Choice}
    if rule.method is Method.CONSENT:
        return "adopted" if sums["object"] <= rule.max_objections * weight(able) else "returned"
    return "adopted" if reference_vote(case, sums, present=present, pool=pool, needed=needed) else "rejected"


def reference_vote(case, sums, *, present, pool, needed):
    rule, yes = case.rule, sums["yes"]
    base = {
        "cast": yes + sums["no"],
        "present": present,
        "all": pool,
        "all_less_abstain": pool - sums["abstain"],
        "authorised": weight(case.seats) if case.authorised_weight is None else case.authorised_weight,
    }[rule.base]
    carried = yes > rule.threshold * base if rule.strict else yes >= rule.threshold * base
    bearable = rule.max_no is None or sums["no"] <= rule.max_no * pool
    guarded = not rule.min_yes_quorum or yes >= needed
    return yes >= 1 and carried and bearable and guarded


@settings(max_examples=600, deadline=None)
@given(cases(most=9))
def test_the_result_is_that_of_the_rules_read_seat_by_seat(case):
    assert tally(case).result == reference_result(case)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_ballots_that_count_for_nothing_change_nothing(case):
    counting = {
        seat.id
        for seat in case.seats
        if not (seat.suspended or seat.recused) and (seat.present or case.rule.forum is Forum.ELECTRONIC)
    }
    kept = {seat: choice for seat, choice in case.ballots.items() if seat in counting}
    assert tally(dataclasses.replace(case, ballots=kept)) == tally(case)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_weights_in_common_measure_do_not_change_the_result_without_a_quorum(case):
    calm = dataclasses.replace(case.rule, quorum=Quorum(Fraction(0), False), min_yes_quorum=False)
    authorised = case.authorised_weight
    scaled = Case(
        calm,
        tuple(dataclasses.replace(seat, weight=7 * seat.weight) for seat in case.seats),
        case.ballots,
        None if authorised is None else 7 * authorised,
    )
    assert tally(scaled).result == tally(dataclasses.replace(case, rule=calm)).result


def test_consent_bears_no_objection_unless_the_rule_says_so():
    rule = Rule(
        Method.CONSENT, Base.ALL, Fraction(1, 2), True, Quorum(Fraction(1, 2), True), Recusal.EXCLUDE, Forum.ELECTRONIC
    )
    seats = tuple(Seat(f"s{n}") for n in range(5))
    ballots = {"s0": Choice.OBJECT, **{f"s{n}": Choice.AGREE for n in range(1, 5)}}
    outcome = tally(Case(rule, seats, ballots))
    assert (outcome.result, most_objections(rule, outcome.count)) == (Result.RETURNED, 0)


def test_a_hundred_thousand_seats_are_counted_in_one_pass():
    rule = Rule(
        Method.VOTE, Base.ALL, Fraction(2, 3), False, Quorum(Fraction(1, 2), True), Recusal.EXCLUDE, Forum.ELECTRONIC
    )
    seats = tuple(Seat(str(n)) for n in range(100_000))
    outcome = tally(Case(rule, seats, {str(n): Choice.YES for n in range(66_667)}))
    assert outcome.figures()["decided"] == "adopted"
