"""The analysis of interests: the readings of the illustrative alliances, the formulas naively, and the command."""

import io
import json
import sys
from fractions import Fraction
from itertools import combinations, permutations
from math import isclose, isnan, sqrt
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from traits.analysis import (
    alliance_alignment,
    best_trades,
    effective_number,
    interests_of,
    pair_alignments,
    topic_figures,
)

CANYON_TOPICS = ["claims", "clinical", "fee", "adoption", "quality", "app"]
CANYON = {
    "NGH": "2/.9 1/.5 -1/.4 2/.8 -1/.3 1/.3",
    "SBM": "2/.8 0/.2 2/.8 1/.5 -1/.4 0/.2",
    "RMH": "2/.9 1/.6 1/.3 -1/.7 -2/.6 1/.4",
    "VCN": "1/.8 2/.6 2/.9 -1/.4 0/.2 1/.5",
    "JNL": "1/.5 2/.9 1/.4 0/.2 0/.1 1/.2",
    "SHO": "2/.7 1/.6 1/.4 2/.6 2/.8 2/.6",
    "PVL": "1/.3 1/.7 0/.1 1/.4 2/.7 2/1",
}
CODEC_TOPICS = ["royalty-free", "pledge", "hardware", "freeze", "open code", "tools"]
CODEC = {
    "Aria": "2/1 2/.7 -1/.3 2/.9 1/.5 1/.4",
    "Lumen": "2/.9 2/.6 1/.3 2/.8 1/.4 -1/.5",
    "Stratus": "2/.7 1/.6 -1/.4 1/.5 2/.8 1/.6",
    "Basalt": "1/.5 -1/.6 2/.9 -1/.4 1/.3 0/.2",
    "Heron": "1/.6 -1/.5 2/.8 1/.4 0/.2 0/.2",
    "Finch": "2/1 2/.9 0/.2 1/.6 2/1 2/.7",
}


def readings(table):
    """Rows of stance/salience as stance and hundredths."""
    return {
        member: [(int(stance), int(100 * Fraction(salience))) for stance, salience in map(split_reading, row.split())]
        for member, row in table.items()
    }


def split_reading(entry):
    stance, salience = entry.split("/")
    return stance, f"0{salience}" if salience.startswith(".") else salience


@pytest.fixture
def canyon():
    return interests_of(CANYON_TOPICS, readings(CANYON))


@pytest.fixture
def codec():
    return interests_of(CODEC_TOPICS, readings(CODEC))


def test_the_topics_of_the_claims_exchange(canyon):
    figures = topic_figures(canyon)
    assert [f"{each.support:.2f}" for each in figures] == ["0.84", "0.66", "0.62", "0.36", "0.18", "0.72"]
    assert [f"{each.polarisation:.2f}" for each in figures] == ["0.05", "0.08", "0.24", "0.40", "0.70", "0.09"]
    assert [each.tension for each in figures] == [0, 0, 0.3, 0.525, 0.6, 0]
    assert [each.topic for each in figures if each.shared] == ["claims", "clinical", "app"]
    assert [each.topic for each in figures if each.flagged] == ["fee", "adoption", "quality"]


def test_the_alignment_of_the_claims_exchange(canyon):
    assert f"{alliance_alignment(canyon):.2f}" == "0.49"


def test_the_trade_of_the_claims_exchange(canyon):
    [trade] = best_trades(canyon)
    assert (trade.first, trade.first_gets, trade.second, trade.second_gets) == ("NGH", "adoption", "VCN", "fee")
    assert (trade.gains, trade.harmed) == ((120, 140), ("RMH",))


def test_the_kinds_of_the_claims_exchange():
    kinds = ["payer", "payer", "provider", "provider", "laboratory", "state", "patients"]
    assert effective_number(kinds) == Fraction(49, 11)
    assert effective_number([]) == 0


def test_the_codec_alliance(codec):
    assert [each.topic for each in topic_figures(codec) if each.shared] == ["royalty-free", "open code"]
    assert f"{alliance_alignment(codec):.2f}" == "0.51"


def test_the_trades_of_the_codec_alliance_stand_exactly_on_the_threshold(codec):
    first, second = best_trades(codec)
    assert (first.first, first.first_gets, first.second, first.second_gets) == ("Aria", "freeze", "Basalt", "hardware")
    assert (first.gains, first.harmed) == ((150, 140), ())
    assert (second.first, second.first_gets, second.second, second.second_gets) == (
        "Aria",
        "pledge",
        "Heron",
        "hardware",
    )
    assert (second.gains, second.harmed) == ((110, 110), ("Basalt",))


READING = st.none() | st.tuples(st.integers(-2, 2), st.integers(0, 10).map(lambda tenths: 10 * tenths))


@st.composite
def tables(draw):
    topics = [f"t{number}" for number in range(draw(st.integers(1, 5)))]
    row = st.lists(READING, min_size=len(topics), max_size=len(topics))
    return topics, {f"m{number}": draw(row) for number in range(draw(st.integers(1, 5)))}


def column_of(table, topic):
    """The stated readings of one topic, salience as fractions."""
    return [(s, Fraction(w, 100)) for s, w in (row[topic] for row in table.values() if row[topic] is not None)]


@settings(max_examples=300, deadline=None)
@given(tables())
def test_topics_are_as_the_formulas_say(drawn):
    topics, table = drawn
    figures = topic_figures(interests_of(topics, table))
    weighted = total = Fraction(0)
    for number, each in enumerate(figures):
        column = column_of(table, number)
        weight = sum((w for _, w in column), Fraction(0))
        tension = max(
            (Fraction(a - b, 4) * min(v, w) for a, v in column for b, w in column if a >= 1 and b <= -1),
            default=Fraction(0),
        )
        assert (each.tension, each.flagged) == (float(tension), tension >= Fraction(3, 10))
        if not weight:
            assert (each.support, each.polarisation, each.shared) == (None, None, False)
            continue
        mean = sum(w * s for s, w in column) / weight
        polarisation = sum(w * (s - mean) ** 2 for s, w in column) / (4 * weight)
        firm = [s for s, w in column if w >= Fraction(3, 10)]
        assert isclose(each.support, mean / 2, abs_tol=1e-12)
        assert isclose(each.polarisation, polarisation, abs_tol=1e-12)
        assert each.shared == (mean >= 1 and min(firm, default=0) >= 0 and 3 * len(firm) >= 2 * len(table))
        weighted += weight * max(Fraction(0), mean / 2) * (1 - polarisation)
        total += weight
    alignment = alliance_alignment(interests_of(topics, table))
    assert (alignment is None) == (total == 0)
    assert total == 0 or isclose(alignment, weighted / total, abs_tol=1e-12)


@settings(max_examples=300, deadline=None)
@given(tables())
def test_pairs_are_as_the_formula_says(drawn):
    topics, table = drawn
    ratios = pair_alignments(interests_of(topics, table))
    for (i, a), (j, b) in combinations(enumerate(table.values()), 2):
        common = [(x, y, sqrt(v * w)) for (x, v), (y, w) in ((p, q) for p, q in zip(a, b, strict=True) if p and q)]
        scale = sqrt(sum(m * x * x for x, _, m in common) * sum(m * y * y for _, y, m in common))
        if len(common) < 2 or scale == 0:
            assert isnan(ratios[i, j])
        else:
            assert isclose(ratios[i, j], sum(m * x * y for x, y, m in common) / scale, abs_tol=1e-9)


@settings(max_examples=300, deadline=None)
@given(tables())
def test_trades_are_as_the_conditions_say(drawn):
    topics, table = drawn
    found = {
        (trade.first, trade.first_gets, trade.second, trade.second_gets, trade.gains)
        for trade in best_trades(interests_of(topics, table))
    }
    expected = set()
    for (i, first), (j, second) in combinations(table.items(), 2):
        for a, b in permutations(range(len(topics)), 2):
            cells = (first[a], second[a], first[b], second[b])
            if None in cells:
                continue
            (sia, wia), (sja, wja), (sib, wib), (sjb, wjb) = cells
            gains = (wia * sia - wib * abs(sib), wjb * sjb - wja * abs(sja))
            wants = sia >= 1 and sja <= -1 and sjb >= 1 and sib <= -1
            if wants and wia - wja >= 20 and wjb - wib >= 20 and min(gains) > 0:
                expected.add((i, topics[a], j, topics[b], gains))
    assert found == expected


def test_the_best_trades_come_first_and_no_more_than_asked_for():
    table = {
        "a": [(2, 90), (2, 60), (-1, 10)],
        "b": [(-1, 20), (-1, 20), (2, 90)],
    }
    interests = interests_of(["x", "y", "z"], table)
    assert [trade.gains for trade in best_trades(interests)] == [(170, 160), (110, 160)]
    assert [trade.gains for trade in best_trades(interests, most=1)] == [(170, 160)]


@pytest.fixture
def analyse(tmp_path, capsys):
    def run(document):
        path = tmp_path / "interests.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        call_command("analyse", str(path))
        return json.loads(capsys.readouterr().out)

    return run


def test_the_command_prints_one_document(analyse):
    members = {member: [[s, w / 100] for s, w in row] for member, row in readings(CODEC).items()}
    document = analyse({"topics": CODEC_TOPICS, "members": members})
    assert list(document) == ["alignment", "topics", "pairs", "trades"]
    assert document["topics"][1] == {
        "topic": "pledge",
        "support": 0.5,
        "polarisation": pytest.approx(0.4230769),
        "tension": 0.45,
        "shared": False,
        "flagged": True,
    }
    assert len(document["pairs"]) == 15
    assert document["pairs"][0]["members"] == ["Aria", "Lumen"]
    assert document["trades"][1] == {
        "first": "Aria",
        "first_gets": "pledge",
        "second": "Heron",
        "second_gets": "hardware",
        "gains": [1.1, 1.1],
        "harmed": ["Basalt"],
    }


def test_what_is_not_stated_has_no_part(analyse):
    document = analyse({"topics": ["x", "y"], "members": {"a": [[1, 0.5], [None, None]], "b": [[2, 1], [None, 0.4]]}})
    assert document["alignment"] is not None
    assert [topic["support"] for topic in document["topics"]] == [pytest.approx(2.5 / 1.5 / 2), None]
    assert document["pairs"] == [{"members": ["a", "b"], "alignment": None}]


def test_nothing_is_not_applicable(analyse):
    assert analyse({"topics": [], "members": {}}) == {"alignment": None, "topics": [], "pairs": [], "trades": []}


def test_standard_input_is_read(monkeypatch, capsys):
    document = '{"topics": ["x"], "members": {"a": [[2, 1.0]]}}'
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(document.encode())))
    call_command("analyse", "-")
    assert json.loads(capsys.readouterr().out)["topics"][0]["support"] == 1.0


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("[]", "expected an object; found []."),
        ('{"topics": []}', "/members: this key is missing."),
        ('{"topics": [], "members": {}, "n": 1}', "/n: no such key is known here."),
        ('{"topics": ["x", "x"], "members": {}}', '/topics/1: "x" is listed twice.'),
        ('{"topics": ["x"], "members": {"a": []}}', "/members/a: expected 1 pairs, one a topic; found 0."),
        (
            '{"topics": ["x"], "members": {"a": [[3, 0.5]]}}',
            "/members/a/0: expected a pair of a stance (null or a whole number from -2 to 2) and a salience; "
            "found [3, 0.5].",
        ),
        (
            '{"topics": ["x"], "members": {"a": [[1.0, 0.5]]}}',
            "/members/a/0: expected a pair of a stance (null or a whole number from -2 to 2) and a salience; "
            "found [1.0, 0.5].",
        ),
        (
            '{"topics": ["x"], "members": {"a": [[1, 0.505]]}}',
            "/members/a/0: expected a salience from 0 to 1 with at most two decimals; found [1, 0.505].",
        ),
        (
            '{"topics": ["x"], "members": {"a": [[1, 1.01]]}}',
            "/members/a/0: expected a salience from 0 to 1 with at most two decimals; found [1, 1.01].",
        ),
        ('{"topics": ["x"], "members": {"a": [[1, null]]}}', "/members/a/0: expected a number; found [1, null]."),
        ('{"topics": ["x"], "members": {"a": [[1, true]]}}', "/members/a/0: expected a number; found [1, true]."),
        ('{"topics": ["x"], "members": {"a": [[1, NaN]]}}', "/members/a/0/1: expected a number; NaN is none."),
        ('{"topics": ["x"], "members": {"": [[1, 1]]}}', "/members/"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(analyse, capsys, document, message):
    with pytest.raises(CommandError) as caught:
        analyse(document)
    assert caught.value.returncode == 2
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert capsys.readouterr().out == ""
