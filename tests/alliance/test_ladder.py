"""The ladder at an earlier day, what has changed since, and how evenly a round moved."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance import rules
from alliance.models import Alliance, Member, Round, Step
from alliance.selectors.ladder import ladder_of, moves_of
from alliance.states import Membership, RoundState
from audit import clock as real_clock
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    found = make.alliance()
    Alliance.objects.filter(pk=found.pk).update(created_at=real_clock.read() - timedelta(days=90))
    found.refresh_from_db()
    return found


def day_of(ago):
    return (real_clock.read() - timedelta(days=ago)).date()


def member_since(alliance, ago, **fields):
    return make.member(alliance, admitted_at=real_clock.read() - timedelta(days=ago), **fields)


def completed(alliance, number, ago, moves, state=RoundState.COMPLETED):
    """A round `ago` days old; moves: member → (from, to) in data."""
    at = real_clock.read() - timedelta(days=ago)
    found = Round.objects.create(
        alliance=alliance, number=number, state=state, opened_at=at, closes_at=at + timedelta(days=30),
        completed_at=at if state == RoundState.COMPLETED else None,
    )  # fmt: skip
    for member, (before, after) in moves.items():
        Step.objects.create(
            alliance=alliance, round=found, member=member, domain="data", from_level=before, to_level=after,
            signed_by=make.person(), signed_at=at,
        )  # fmt: skip
    return found


@pytest.fixture
def two(alliance):
    """Two members that moved sixty and thirty days ago."""
    first, second = member_since(alliance, 80, name="Port"), member_since(alliance, 80, name="Harbour")
    completed(alliance, 1, 60, {first: (0, 2), second: (0, 1)})
    completed(alliance, 2, 30, {first: (2, 4), second: (1, 2)})
    return first, second


@pytest.mark.parametrize(
    ("moves", "ratio"),
    [
        ([2, 4], Fraction(1, 2)),
        ([3], Fraction(1)),
        ([0, 5], Fraction(0)),
        ([1, 3, 2], Fraction(1, 3)),
        ([], None),
        ([0], None),
        ([0, 0], None),
    ],
)
def test_reciprocity_is_lowest_over_highest(moves, ratio):
    assert rules.reciprocity(moves) == ratio


def test_it_stands_as_it_stood_with_what_was_climbed_since(alliance, two):
    ladder = ladder_of(alliance, real_clock.read(), day_of(45))
    assert [(each.levels["data"], each.since["data"], each.total, each.climbed) for each in ladder.rungs] == [
        (2, 2, 2, 2),
        (1, 1, 1, 1),
    ]
    assert ladder.balance.ratio == Fraction(1, 2)
    assert ladder.has_changed

    now = ladder_of(alliance, real_clock.read())
    assert [(each.total, each.climbed) for each in now.rungs] == [(4, 0), (2, 0)]
    assert not ladder_of(alliance, real_clock.read(), day_of(0)).has_changed


def test_the_day_of_a_round_is_in_it_and_the_day_before_is_not(alliance, two):
    at = real_clock.read()
    assert [each.total for each in ladder_of(alliance, at, day_of(60)).rungs] == [2, 1]
    before = ladder_of(alliance, at, day_of(61))
    assert [each.total for each in before.rungs] == [0, 0]
    assert before.balance is None


def test_who_came_later_and_who_has_left_is_said(alliance, two):
    late = member_since(alliance, 10, name="Late")
    Member.objects.filter(pk=two[1].pk).update(
        state=Membership.WITHDRAWN, left_at=real_clock.read() - timedelta(days=5)
    )
    make.member(alliance, state=Membership.WITHDRAWN, admitted_at=None)

    ladder = ladder_of(alliance, real_clock.read(), day_of(45))

    assert [(str(each.member), each.has_left) for each in ladder.rungs] == [("Port", False), ("Harbour", True)]
    assert ladder.joined == [late]
    assert [str(each.member) for each in ladder_of(alliance, real_clock.read()).rungs] == ["Port", "Late"]


@pytest.mark.parametrize("ago", [91, -1, 10**5])
def test_a_day_before_the_founding_or_to_come_is_refused(alliance, ago):
    with refused("day_out_of_range"):
        ladder_of(alliance, real_clock.read(), day_of(ago))


def test_what_each_moved_in_a_round(alliance, two):
    moved = moves_of(alliance.rounds.get(number=2))
    assert moved.moved == {two[0].pk: 2, two[1].pk: 1}
    assert (moved.balance.lowest, moved.balance.highest, moved.balance.hundredths) == (1, 2, 50)
    lapsed = moves_of(completed(alliance, 3, 1, {two[0]: (4, 5)}, RoundState.LAPSED))
    assert (lapsed.moved, lapsed.balance) == ({two[0].pk: 0}, None)


def page(alliance, client=None, **asked):
    client = client or client_of(make.organiser(alliance))
    return client.get(reverse("alliance:control", args=[alliance.slug]), asked)


def test_the_page_shows_an_earlier_day_in_words(alliance, two):
    body = page(alliance, at=str(day_of(45))).content.decode()
    assert "As it stood at the end of" in body
    assert body.count(">+2 since<") == 2
    assert "Back to today" in body
    assert "lowest move 1 ÷ highest 2 = 0.5" in body
    assert f"?at={day_of(60)}" in body
    assert "As it stood at the end of" not in page(alliance).content.decode()
    assert "As it stood at the end of" not in page(alliance, at="").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("31 June", "Write a day such as 2026-05-31, or choose one."),
        ("2999-01-01", "when the alliance was founded, to today."),
        ("0001-01-01", "when the alliance was founded, to today."),
        ("9999-12-31", "when the alliance was founded, to today."),
    ],
)
def test_a_bad_day_is_said_at_the_field_and_kept(alliance, two, given, said):
    answer = page(alliance, at=given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{given}"' in answer.content.decode()
    assert "Port" in answer.content.decode()


def test_an_alliance_without_members_or_rounds_has_no_balance(alliance):
    body = page(alliance, at=str(day_of(1))).content.decode()
    assert "No voting member was admitted by then." in body
    assert "Balance between members" not in body


def test_an_earlier_day_takes_the_same_few_statements_whatever_the_size(alliance, two):
    client = client_of(make.organiser(alliance))
    with CaptureQueriesContext(connection) as few:
        page(alliance, client, at=str(day_of(45)))
    completed(alliance, 3, 20, {member_since(alliance, 50): (0, 1) for _each in range(3)})

    with CaptureQueriesContext(connection) as many:
        page(alliance, client, at=str(day_of(45)))

    assert len(many) == len(few) <= 20


def test_the_api_tells_the_same(alliance, two):
    client, where = client_of(make.organiser(alliance)), reverse("alliance_api:ladder", args=[alliance.slug])
    told = client.get(where, {"at": str(day_of(45))}).json()
    assert [(each["levels"]["data"], each["since"]["data"]) for each in told["members"]] == [(2, 2), (1, 1)]
    assert told["balance"] == {"lowest": 1, "highest": 2, "ratio": "1/2"}
    assert [each["moved"][str(two[0].pk)] for each in told["rounds"]] == [2, 2]
    now = client.get(where).json()
    assert (now["day"], [each["total"] for each in now["members"]]) == (None, [4, 2])
    assert client.get(where, {"at": "2999-01-01"}).status_code == 422
    for bad in ({"at": "June"}, {"day": "2026-01-01"}):
        assert client.get(where, bad).status_code == 400
