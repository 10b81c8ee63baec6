"""Like-minded members: joined by average alignment, the same as the plain definition says."""

from itertools import combinations

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import guest
from alliance.models import InterestLink
from audit import clock
from tests import factories as make
from tests.alliance.pages import client_of
from traits.analysis import LIKE_MINDED, clusters, interests_of, pair_alignments
from traits.selectors.coverage import coverage_of

CELL = st.none() | st.tuples(st.integers(-2, 2), st.integers(0, 100))


def table(rows):
    return interests_of([f"t{number}" for number in range(len(rows[0]))], {f"m{n}": row for n, row in enumerate(rows)})


def test_two_that_want_the_same_stand_together_and_a_third_apart():
    rows = [[(2, 90), (1, 50)], [(2, 80), (1, 40)], [(-2, 90), (-1, 50)]]
    assert clusters(table(rows)) == [(0, 1)]


def test_chain_is_not_one_cluster():
    """The ends of a chain are not like-minded, though each is like the middle: the average decides."""
    rows = [[(2, 100), (0, 100)], [(2, 100), (2, 100)], [(0, 100), (2, 100)]]
    assert clusters(table(rows)) == [(0, 1)]


def test_nobody_and_nothing_said():
    assert clusters(interests_of([], {})) == []
    assert clusters(table([[None, None], [None, None]])) == []
    assert clusters(table([[(2, 50), (1, 50)]])) == []


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=7))
def test_each_cluster_is_like_minded_on_average_and_no_two_could_be_joined(rows):
    interests = table(rows)
    likeness = np.nan_to_num(pair_alignments(interests), nan=0.0)
    found = clusters(interests)
    alone = [(place,) for place in range(len(rows)) if not any(place in group for group in found)]

    def linkage(one, other):
        return sum(likeness[a, b] for a in one for b in other) / (len(one) * len(other))

    assert sorted(place for group in [*found, *alone] for place in group) == list(range(len(rows)))
    assert all(linkage(*pair) < LIKE_MINDED + 1e-9 for pair in combinations([*found, *alone], 2))


@pytest.mark.django_db
class TestCoverage:
    @pytest.fixture
    def alliance(self):
        return make.alliance()

    @pytest.fixture
    def member(self, alliance):
        return make.member(alliance)

    def state(self, member, topic, stance, salience, **said):
        return member.positions.create(
            alliance=member.alliance,
            topic=topic,
            stance=stance,
            salience=salience,
            confirmed_by=make.representative(member),
            confirmed_at=clock.read(),
            **said,
        )

    def test_top_interest_counts_once_the_steward_has_accepted(self, alliance, member):
        low, high = make.topic(alliance), make.topic(alliance)
        self.state(member, low, 2, 40)
        self.state(member, high, 1, 90)
        stream = make.stream(alliance, "A shared format")
        stream.beneficiaries.create(member=member)
        link = InterestLink.objects.create(stream=stream, member=member, topic=high)
        line = next(each for each in coverage_of(alliance, guest()) if each.member == str(member))
        assert (line.wants, line.benefit, line.waits) == (high.name, "A shared format", True)
        link.accepted_at = clock.read()
        link.save()
        line = next(each for each in coverage_of(alliance, guest()) if each.member == str(member))
        assert (line.benefit, line.waits) == ("A shared format", False)

    def test_what_was_said_in_confidence_is_not_named(self, alliance, member):
        self.state(member, make.topic(alliance, "Sell out"), 2, 90, is_confidential=True)
        line = next(each for each in coverage_of(alliance, guest()) if each.member == str(member))
        assert (line.wants, line.is_confidential) == (None, True)

    def test_only_its_own_representative_is_led_to_link_it(self, alliance, member):
        self.state(member, make.topic(alliance), 2, 90)
        page = reverse("alliance:interests", args=[alliance.slug])
        own, others = member.roles.first().person, (make.organiser(alliance), make.signatory(member))
        assert "Link it to a benefit" in client_of(own).get(page).text
        for each in others:
            text = client_of(each).get(page).text
            assert "Not linked yet" in text
            assert "Link it to a benefit" not in text

    def test_statements_do_not_grow_with_the_members(self, alliance, member, django_assert_num_queries):
        for _each in range(3):
            self.state(make.member(alliance), make.topic(alliance), 2, 50)
        with django_assert_num_queries(3):
            lines = coverage_of(alliance, guest())
        assert [line.benefit for line in lines] == [""] * len(lines)
