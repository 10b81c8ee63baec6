"""The columns say of every position what it says itself: which count, which may be told, what the table holds."""

from datetime import UTC, datetime, timedelta

import numpy as np

from alliance.schemas import Position, Topic
from traits.analysis import positions_on

AT = datetime(2026, 11, 1, tzinfo=UTC)


def _position(member, stance=1, salience=50, **ways):
    ways = {"confirmed_by": "p", "confirmed_at": AT} | ways
    return Position(member=member, stance=stance, salience=salience, **ways)


def _topic(key, *positions, **ways):
    return Topic(id=key, name=key, positions=list(positions), **ways)


def _all(stated):
    return np.ones(len(stated.each), dtype=np.bool_)


def test_nothing_at_all():
    stated = positions_on([], [])
    assert stated.table(_all(stated)).stance.shape == (0, 0)
    assert list(stated.at(_all(stated))) == []
    assert stated.by_member(_all(stated)) == {}
    assert stated.ranges(_all(stated)).tolist() == []
    assert stated.top(_all(stated)).tolist() == []


def test_of_whom_who_does_not_count_nothing_is_in_the_table():
    stated = positions_on([_topic("t", _position("a", 2, 90), _position("gone", -2, 80))], ["a", "b"])
    table = stated.table(stated.member >= 0)
    assert (table.stance.tolist(), table.salience.tolist()) == ([[2], [0]], [[90], [0]])
    assert table.stated.tolist() == [[True], [False]]


def test_of_one_member_on_one_topic_the_last_counts():
    stated = positions_on([_topic("t", _position("a", 2, 90), _position("a", -1, 10))], ["a"])
    assert stated.table(_all(stated)).stance.tolist() == [[-1]]


def test_words_that_were_changed_since():
    before, after = _position("a", confirmed_at=AT), _position("b", confirmed_at=AT + timedelta(days=1))
    stated = positions_on([_topic("t", before, after, worded_at=AT + timedelta(days=1))], ["a", "b"])
    assert stated.of_these_words().tolist() == [False, True]


def test_confidential_ones_are_told_among_enough_others_of_the_same_topic():
    hidden = [_position(f"m{each}", is_confidential=True) for each in range(5)]
    stated = positions_on([_topic("few", *hidden[:4], _position("m4")), _topic("enough", *hidden)], list("m"))
    assert stated.told(_all(stated)).tolist() == [False] * 4 + [True] + [True] * 5


def test_what_matters_most_to_each_of_these_members():
    topics = [_topic("s", _position("a", 2, 60), _position("b", 1, 0)), _topic("t", _position("a", 1, 60))]
    topics += [_topic("u", _position("a", -2, 100))]
    stated = positions_on(topics, ["a", "b", "c"])
    wanted = stated.stance >= 1
    assert list(stated.rows(stated.top(wanted))) == [("a", "s", 2), ("b", "s", 1), ("a", "t", 1)]
    assert [len(each) for each in stated.by_member(wanted).values()] == [2, 1, 0]


def test_how_far_stances_reach_on_each_topic():
    topics = [_topic("s", _position("a", 2), _position("b", -1)), _topic("none"), _topic("t", _position("a", 1))]
    stated = positions_on(topics, ["a", "b"])
    assert stated.ranges(_all(stated)).tolist() == [3, 0]
    assert stated.on({"t"}).tolist() == [False, False, True]
    assert stated.of(["b"]).tolist() == [False, True, False]
