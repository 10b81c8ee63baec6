"""The reference split: the published games, brute force, exact linear programs, and the command."""

import json
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from traits.schemas import game_in
from traits.selectors.split import _says
from traits.split import EXACT_PLAYERS, BadGame, Game, Split, split
from traits.split.game import subset_sums, table_of
from traits.split.shapley import exact_shares, sampled_shares


def split_of(players, worth, *, costs=False):
    return split(game_in({"players": list(players), "worth": worth, "costs": costs}))


def test_shared_costs_as_published():
    worth = {"A": 88, "B": 92, "C": 70, "A,B": 100, "A,C": 119, "B,C": 112, "A,B,C": 120}
    outcome = split_of("ABC", worth, costs=True)
    assert outcome.shares == {"A": 41.5, "B": 40.0, "C": 38.5}
    assert (outcome.stable, outcome.blocking, outcome.core_empty) == (True, [], False)


def test_shared_value_as_published():
    outcome = split_of("PHC", {"P,H": 6, "P,C": 4, "H,C": 1, "P,H,C": 12})
    assert outcome.shares == {"P": 16 / 3, "H": 23 / 6, "C": 17 / 6}
    assert (outcome.stable, outcome.core_empty) == (True, False)


def test_two_would_do_better_alone_as_published():
    outcome = split_of("PHC", {"P,H": 10, "P,C": 10, "P,H,C": 10})
    assert outcome.shares == {"P": 20 / 3, "H": 5 / 3, "C": 5 / 3}
    assert (outcome.stable, outcome.blocking, outcome.core_empty) == (False, [["P", "H"], ["P", "C"]], False)


def test_no_stable_split_exists_as_published():
    outcome = split_of("PHC", {"P,H": 9, "P,C": 9, "H,C": 9, "P,H,C": 12})
    assert (outcome.stable, outcome.core_empty) == (False, True)
    assert outcome.blocking == [["P", "H"], ["P", "C"], ["H", "C"]]


def test_a_player_who_would_do_better_alone_blocks():
    assert split_of("AB", {"A": 5, "B": 5, "A,B": 8}).blocking == [["A"], ["B"]]
    assert split_of("AB", {"A": 4, "B": 4, "A,B": 8}).blocking == []


def test_decimals_are_exact():
    outcome = split_of("AB", {"A": Decimal("0.1"), "B": Decimal("0.2"), "A,B": Decimal("0.3")})
    assert outcome.shares == {"A": 0.1, "B": 0.2}
    assert outcome.stable


def test_numbers_beyond_the_machine_are_exact():
    tiny = Decimal("0.000000000000000000000001")
    outcome = split_of("AB", {"A": 10**15, "B": tiny, "A,B": 10**15})
    assert outcome.blocking == [["A"], ["B"]]
    assert outcome.core_empty


@st.composite
def games(draw, players):
    coalitions = [frozenset(each) for size in range(1, players + 1) for each in combinations(range(players), size)]
    worth = {each: Fraction(draw(st.integers(-6, 12)), 2) for each in coalitions}
    return Game(tuple("ABCDE"[:players]), worth, draw(st.booleans()))


def signed(game):
    return {coalition: -value if game.costs else value for coalition, value in game.worth.items()}


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 5).flatmap(games))
def test_shares_and_blocking_are_those_of_every_order(game):
    players = range(len(game.players))
    orders = list(permutations(players))
    shares = [Fraction(0) for _ in players]
    for order in orders:
        for at, player in enumerate(order):
            before = game.worth.get(frozenset(order[:at]), Fraction(0))
            shares[player] += (game.worth[frozenset(order[: at + 1])] - before) / len(orders)
    worth, sign = signed(game), -1 if game.costs else 1
    blocking = [
        [game.players[player] for player in each]
        for size in range(1, len(shares))
        for each in combinations(players, size)
        if worth[frozenset(each)] > sum(sign * shares[player] for player in each)
    ]
    outcome = split(game)
    assert outcome.shares == {name: float(share) for name, share in zip(game.players, shares, strict=True)}
    assert outcome.blocking == blocking


def has_stable_split(game):
    """Fourier-Motzkin elimination: can prices be found that no coalition beats and that sum to what all are worth?"""
    players = len(game.players)
    worth = signed(game)
    everybody = frozenset(range(players))
    rows = []  # coefficients of all players but the last, and what they must sum to at least
    for coalition, value in worth.items():
        last = players - 1 in coalition
        row = [Fraction((player in coalition) - last) for player in range(players - 1)]
        rows.append((row, value - (worth[everybody] if last else 0)))
    for _ in range(players - 1):
        rows = eliminated(rows)
    return all(bound <= 0 for _, bound in rows)


def eliminated(rows):
    """The rows without their first variable."""
    lower = [([c / row[0] for c in row[1:]], bound / row[0]) for row, bound in rows if row[0] > 0]
    upper = [([c / -row[0] for c in row[1:]], bound / -row[0]) for row, bound in rows if row[0] < 0]
    kept = {(tuple(row[1:]), bound) for row, bound in rows if row[0] == 0}
    for below, least in lower:
        kept |= {(tuple(a + b for a, b in zip(below, above, strict=True)), least + most) for above, most in upper}
    return kept


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 4).flatmap(games))
def test_the_core_is_empty_exactly_when_elimination_finds_no_prices(game):
    assert split(game).core_empty is not has_stable_split(game)


@settings(max_examples=30, deadline=None)
@given(games(5))
def test_a_sample_lies_within_its_error(game):
    table = table_of(game)
    exact, sampled = exact_shares(table), sampled_shares(table, orders=4_000)
    for truth, share, error in zip(exact.each, sampled.each, sampled.errors, strict=True):
        assert abs(share - Fraction(truth, exact.unit) * sampled.unit) <= 3 * error


def test_more_than_twelve_players_are_sampled_always_the_same():
    players = [f"p{number}" for number in range(EXACT_PLAYERS + 1)]
    game = game_in({"players": players, "worth": {",".join(players): 130, "p0": 13, "p0,p1": 26}})
    outcome, exact = split(game), exact_shares(table_of(game))
    assert outcome == split(game)
    assert sum(outcome.shares.values()) == pytest.approx(130)
    for player, share in zip(players, exact.each, strict=True):
        assert 0 < outcome.errors[player] < 0.4
        assert abs(outcome.shares[player] - share / exact.unit) < 2 * outcome.errors[player]


def test_a_sampled_split_of_what_each_brings_has_no_error():
    players = [f"p{number}" for number in range(13)]
    each = {frozenset(c): Fraction(3 * len(c)) for size in range(1, 14) for c in combinations(range(13), size)}
    outcome = split(Game(tuple(players), each))
    assert set(outcome.shares.values()) == {3.0}
    assert set(outcome.errors.values()) == {0.0}
    assert (outcome.stable, outcome.core_empty) == (True, False)


@given(st.lists(st.integers(-(10**30), 10**30), max_size=6))
def test_subset_sums_never_overflow(values):
    sums = subset_sums(values)
    for coalition in range(2 ** len(values)):
        assert sums[coalition] == sum(value for at, value in enumerate(values) if coalition >> at & 1)


@pytest.mark.parametrize("players", [(), ("A", "A"), tuple(map(str, range(21)))])
def test_a_game_has_one_to_twenty_different_players(players):
    with pytest.raises(BadGame, match="1 to 20"):
        table_of(Game(players, {}))


@pytest.fixture
def run(tmp_path, capsys):
    def split_file(document):
        path = tmp_path / "game.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        call_command("split", str(path))
        return json.loads(capsys.readouterr().out)

    return split_file


def test_the_command_prints_one_document(run):
    assert run({"players": ["P", "H", "C"], "worth": {"P,H": 9, "C, P": 9, "H,C": 9, "P,H,C": 12, "": 0}}) == {
        "shares": {"P": 4.0, "H": 4.0, "C": 4.0},
        "stable": False,
        "blocking": [["P", "H"], ["P", "C"], ["H", "C"]],
        "core_empty": True,
    }


def test_the_command_says_the_error_of_a_sample(run):
    players = [f"p{number}" for number in range(13)]
    document = run({"players": players, "worth": {",".join(players): 13}})
    assert document["errors"].keys() == document["shares"].keys() == set(players)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ('{"players": []}', "/players: expected at least 1 item(s); found []."),
        ('{"players": ["A"]}', "/worth: this key is missing."),
        ('{"players": ["A", "A"], "worth": {}}', '/players/1: "A" is listed twice.'),
        (
            '{"players": ["A,B"], "worth": {}}',
            '/players/0: expected a name without commas or spaces around it; found "A,B".',
        ),
        ('{"players": ["A"], "worth": {"B": 1}}', '/worth/B: no player is called "B".'),
        ('{"players": ["A"], "worth": {"A,": 1}}', '/worth/A,: no player is called "".'),
        ('{"players": ["A"], "worth": {"A,A": 1}}', "/worth/A,A: a player is named twice."),
        ('{"players": ["A", "B"], "worth": {"A,B": 1, "B,A": 1}}', "/worth/B,A: this coalition is listed twice."),
        ('{"players": ["A"], "worth": {"": 1}}', "/worth/: a coalition of nobody is worth 0."),
        ('{"players": ["A"], "worth": {"A": "1"}}', '/worth/A: expected a number; found "1".'),
        ('{"players": ["A"], "worth": {"A": true}}', "/worth/A: expected a number; found true."),
        ('{"players": ["A"], "worth": {"A": 1e20}}', "/worth/A: expected a number of at most"),
        ('{"players": ["A"], "worth": {"A": 1, "A": 2}}', "/worth/A: this key stands twice in one object."),
        ('{"players": ["A"], "worth": {}, "costs": 1}', "/costs: expected true or false; found 1."),
    ],
)
def test_bad_input_is_one_line_and_exit_2(run, capsys, document, message):
    with pytest.raises(CommandError) as caught:
        run(document)
    assert caught.value.returncode == 2
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("groups", "told"), [(6, "And one more group."), (7, "And 2 more groups.")])
def test_the_groups_that_are_not_named_are_counted(groups, told):
    found = Split(shares={}, errors={}, blocking=[[f"Member {each}"] for each in range(groups)], core_empty=False)
    assert _says(found, costs=False)[5] == told
