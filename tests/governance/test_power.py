"""Power indices: the published figures, brute force on small committees, and the command."""

import itertools
import json
from fractions import Fraction
from math import factorial

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.power import BadGame, banzhaf_shares, collapsed, mending_quotas, power_of
from governance.power.quadrature import shapley_shubik
from governance.power.swings import exact_shapley_shubik


@st.composite
def games(draw, most_seats=7, most_weight=9):
    weights = draw(st.lists(st.integers(1, most_weight), min_size=1, max_size=most_seats))
    return weights, draw(st.integers(1, sum(weights)))


def swings_by_enumeration(weights, quota, seat):
    """How many coalitions of others, of each size, the seat turns from losing to winning."""
    others = [weight for index, weight in enumerate(weights) if index != seat]
    by_size = [0] * len(weights)
    for chosen in itertools.product((False, True), repeat=len(others)):
        weight = sum(itertools.compress(others, chosen))
        by_size[sum(chosen)] += quota - weights[seat] <= weight < quota
    return by_size


def test_a_codec_committee_as_published():
    seats = power_of([4, 4, 4, 2, 2, 1], 12)
    assert [seat.swings for seat in seats] == [10, 10, 10, 6, 6, 0]
    assert [seat.shapley_shubik for seat in seats] == [*[Fraction(7, 30)] * 3, *[Fraction(3, 20)] * 2, 0]


def test_the_security_council_as_published():
    seats = power_of([*[7] * 5, *[1] * 10], 39)
    assert [seats[0].swings, seats[-1].swings] == [848, 84]
    assert [seats[0].banzhaf, seats[-1].banzhaf] == [Fraction(848, 5080), Fraction(84, 5080)]
    assert [seats[0].shapley_shubik, seats[-1].shapley_shubik] == [Fraction(421, 2145), Fraction(4, 2145)]


def test_a_small_seat_that_always_matters_is_equal():
    for seat in power_of([49, 49, 2], 51):
        assert (seat.banzhaf, seat.shapley_shubik) == (Fraction(1, 3), Fraction(1, 3))


@settings(max_examples=200, deadline=None)
@given(games())
def test_both_indices_are_those_of_enumeration(game):
    weights, quota = game
    counted = [swings_by_enumeration(weights, quota, seat) for seat in range(len(weights))]
    total = sum(map(sum, counted))
    seats = len(weights)
    for power, by_size in zip(power_of(weights, quota), counted, strict=True):
        assert power.swings == sum(by_size)
        assert power.banzhaf == Fraction(sum(by_size), total)
        assert power.shapley_shubik == sum(
            Fraction(factorial(size) * factorial(seats - 1 - size) * found, factorial(seats))
            for size, found in enumerate(by_size)
        )


@settings(max_examples=100, deadline=None)
@given(games(most_seats=30, most_weight=40))
def test_quadrature_agrees_with_exact_counting(game):
    weights, quota = game
    exact, integrated = exact_shapley_shubik(weights, quota), shapley_shubik(weights, quota)
    assert integrated.keys() == exact.keys()
    assert all(abs(integrated[weight] - float(share)) < 1e-12 for weight, share in exact.items())


@settings(max_examples=100, deadline=None)
@given(games(most_seats=12), st.integers(2, 1000))
def test_power_does_not_depend_on_the_unit(game, unit):
    weights, quota = game
    scaled = power_of([unit * weight for weight in weights], unit * quota)
    assert [(seat.swings, seat.shapley_shubik) for seat in scaled] == [
        (seat.swings, seat.shapley_shubik) for seat in power_of(weights, quota)
    ]


def test_two_hundred_weighted_seats():
    weights = [1 + 37 * seat % 99 for seat in range(200)]
    seats = power_of(weights, sum(weights) * 2 // 3 + 1)
    assert sum(seat.banzhaf for seat in seats) == 1
    assert abs(sum(float(seat.shapley_shubik) for seat in seats) - 1) < 1e-12
    assert banzhaf_shares(weights, sum(weights) * 2 // 3 + 1) == [seat.banzhaf for seat in seats]


def test_two_hundred_equal_seats_by_the_closed_form():
    seat = power_of([1] * 200, 101)[0]
    assert seat.swings == factorial(199) // factorial(100) // factorial(99)
    assert abs(float(seat.shapley_shubik) - 1 / 200) < 1e-12


def test_a_powerless_seat_has_exactly_none_among_many():
    seats = power_of([*[2] * 299, 1], 300)
    assert (seats[-1].swings, seats[-1].shapley_shubik) == (0, 0)


def test_the_codec_committee_is_mended_by_11_or_13():
    assert mending_quotas([4, 4, 4, 2, 2, 1], 12, seat=5) == (11, 13)


def test_a_seat_with_power_needs_no_mending():
    assert mending_quotas([4, 4, 4, 2, 2, 1], 12, seat=3) == (12,)


@settings(max_examples=200, deadline=None)
@given(games(), st.data())
def test_mending_quotas_are_the_nearest_that_enumeration_finds(game, data):
    weights, quota = game
    seat = data.draw(st.integers(0, len(weights) - 1))
    total = sum(weights)
    least = total // 2 + 1 if 2 * quota > total else 1
    with_power = [each for each in range(least, total + 1) if sum(swings_by_enumeration(weights, each, seat))]
    nearest = min(abs(each - quota) for each in with_power)
    assert mending_quotas(weights, quota, seat) == tuple(each for each in with_power if abs(each - quota) == nearest)


def test_groups_vote_as_one():
    seats = [("meridian", 1), ("meridian", 2), ("port", 1), ("city", 1)]
    assert collapsed(seats) == {"meridian": 3, "port": 1, "city": 1}
    assert banzhaf_shares(list(collapsed(seats).values()), 3) == [1, 0, 0]
    assert banzhaf_shares(list(collapsed(seats).values()), 4) == [Fraction(3, 5), Fraction(1, 5), Fraction(1, 5)]


def test_the_command_prints_one_document(capsys):
    call_command("power", "--quota", "12", "4", "4", "4", "2", "2", "1")
    document = json.loads(capsys.readouterr().out)
    assert (document["quota"], document["total"]) == (12, 17)
    assert document["seats"][0] == {"weight": 4, "swings": 10, "banzhaf": 10 / 42, "shapley_shubik": 7 / 30}
    assert document["seats"][5] == {"weight": 1, "swings": 0, "banzhaf": 0.0, "shapley_shubik": 0.0}


def test_swings_above_the_exact_integers_of_json_are_texts(capsys):
    call_command("power", "--quota", "51", *["1"] * 100)
    seat = json.loads(capsys.readouterr().out)["seats"][0]
    assert seat["swings"] == str(factorial(99) // factorial(50) // factorial(49))


NO_QUOTA = "Say what must be reached, and each seat's weight: power --quota 12 4 4 4 2 2 1."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--quota", "12"], "Give the weight of at least one seat."),
        (["4", "4"], NO_QUOTA),
        (["4", "4", "--quota"], NO_QUOTA),
        (["--quota", "x", "4"], 'The quota must be a whole number of at least 1; found "x".'),
        (["--quota", "3", "4", "1.5"], 'The weight must be a whole number of at least 1; found "1.5".'),
        (["--quota", "3", "4", "٣"], 'The weight must be a whole number of at least 1; found "\\u0663".'),
        (["--quota", "1", "9" * 19], "The weight is too large: a number of at most 18 digits is read."),
        (["--quota", "3", "4", "0"], "Each weight must be a whole number of at least 1; found 0."),
        (["--quota", "3", "4", "-1"], "Each weight must be a whole number of at least 1; found -1."),
        (["--quota", "9", "4", "4"], "The quota must lie between 1 and the total weight 8; found 9."),
        (["--quota", "0", "4", "4"], "The quota must lie between 1 and the total weight 8; found 0."),
        (
            ["--quota", "3", "1", "10000019"],
            "Too large to count: 2 seats with a total weight of 10000020; use smaller weights.",
        ),
    ],
)
def test_bad_input_is_one_line_and_exit_2(capsys, arguments, message):
    with pytest.raises(CommandError) as caught:
        call_command("power", *arguments)
    assert (caught.value.returncode, str(caught.value), capsys.readouterr().out) == (2, message, "")


def test_a_bad_game_is_refused_everywhere():
    with pytest.raises(BadGame):
        banzhaf_shares([1, 1], 3)
