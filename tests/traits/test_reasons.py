"""Four reasons for value: exact formulas, figures from the record, and "no data" where it holds nothing."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from alliance.models import Contribution, Relation
from alliance.services.reasons import add_opportunity, state_expectation
from alliance.states import RelationKind
from governance.models import Decision
from governance.states import DecisionState
from tests import factories as make
from tests.stories import CANYON, dossier, story
from traits.pulse import STATEMENTS
from traits.reasons import amended_across, kept_on_time, may_be_summed, median_days, per_decision, saved, share
from traits.selectors.reasons import brings_of, measures_of, streams_of
from traits.services.assessments import assess_now
from traits.services.pulse import answer_pulse, open_pulse

TODAY = date(2026, 6, 1)
HIDDEN = "not shown: it takes five contributors, none above a quarter"


# -- Pure -----------------------------------------------------------------------------------------------------------
def promise(due, kept=None):
    return SimpleNamespace(due_on=due and date(2026, 5, due), kept_on=kept and date(2026, 5, kept))


def test_commitments_kept_on_time_of_those_due():
    late, missed, kept, undated = promise(3, 4), promise(3), promise(3, 3), promise(None, 3)
    later = SimpleNamespace(due_on=date(2026, 6, 2), kept_on=TODAY)
    found = kept_on_time([late, missed, kept, undated, later], TODAY)
    assert (found.part, found.of, found.fraction) == (1, 3, Fraction(1, 3))
    assert kept_on_time([undated, later], TODAY) is None


def test_the_showcase_kept_most_of_its_commitments_on_time():
    found = kept_on_time(dossier(story(CANYON)).contributions, date(2026, 6, 1))
    assert (found.part, found.of) == (7, 9)


def test_medians_are_of_whole_days():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    spans = [(start, start + timedelta(days=days, hours=23)) for days in (9, 1, 4)]
    assert median_days(spans) == 4
    assert median_days(spans[:2]) == 5
    assert median_days([*spans[1:]]) == Fraction(5, 2)
    assert median_days([]) is None


@pytest.mark.parametrize(
    ("amounts", "may"),
    [
        ([20] * 5, True), ([25] * 4, False), ([26, 25, 25, 24, 4], True), ([27, 20, 20, 20, 13], False),
        ([0] * 5, False), ([], False),
    ],
)  # fmt: skip
def test_sums_need_five_contributors_none_above_a_quarter(amounts, may):
    assert may_be_summed(amounts) is may


def test_what_is_saved_is_summed_only_where_both_costs_may_be():
    assert saved([20] * 5, [15] * 5) == 25
    assert saved([20] * 5, [75, 0, 0, 0, 0]) is None
    assert saved([20] * 4, [15] * 4) is None


def test_perspectives_count_kinds_of_members():
    found = amended_across([1, 2, 0])
    assert (found.part, found.of) == (1, 3)
    assert amended_across([]) is None
    assert per_decision([2, 3]) == Fraction(5, 2)
    assert per_decision([]) is None
    assert share(0, 0) is None


# -- From the record ------------------------------------------------------------------------------------------------
@pytest.fixture
def alliance(db):
    return make.alliance("Measured")


def values(alliance, clock):
    found = measures_of(alliance, clock.read())
    return {figure.name: figure.value for each in found.values() for figure in each.figures}


def pledge(member, clock, amount=100_00, **fields):
    hand = make.signatory(member)
    return make.contribution(
        member, kind="money", amount=amount, currency="USD", due_on=clock.read().date(), signed_by=hand,
        signed_at=clock.read(), **fields,
    )  # fmt: skip


def test_an_empty_record_says_so_and_divides_by_nothing(alliance, clock):
    found = values(alliance, clock)
    assert {name for name, value in found.items() if value} == {"Lawsuits between members"}
    assert found["Lawsuits between members"] == "0 on record"


def test_money_is_summed_from_five_contributors_on(alliance, clock):
    today = clock.read().date()
    members = [make.member(alliance) for _ in range(5)]
    for member in members[:4]:
        pledge(member, clock, kept_on=today)
    found = values(alliance, clock)
    assert (found["Pledges of money paid"], found["Sums pledged and paid"]) == ("4 of 4 pledges due", HIDDEN)
    assert found["Commitments kept on time"] == "4 of 4"

    last = pledge(members[4], clock)
    found = values(alliance, clock)
    assert (found["Pledges of money paid"], found["Sums pledged and paid"]) == ("4 of 5 pledges due", HIDDEN)

    Contribution.objects.filter(pk=last.pk).update(kept_on=today)
    assert "500" in values(alliance, clock)["Sums pledged and paid"]


def test_one_group_is_one_contributor(alliance, clock):
    group = make.control_group()
    for n in range(5):
        organisation = make.organisation(group=group if n < 2 else None)
        pledge(make.member(alliance, organisation=organisation), clock, kept_on=clock.read().date())
    assert values(alliance, clock)["Sums pledged and paid"] == HIDDEN


def test_speed_and_lawsuits(alliance, clock):
    first, second = make.member(alliance), make.member(alliance)
    Relation.objects.create(
        alliance=alliance, first=first, second=second, kind=RelationKind.LITIGATES,
        recorded_by=make.representative(first), recorded_at=clock.read(),
    )  # fmt: skip
    at = clock.read()
    for days in (2, 5):
        decision = make.decision(alliance, make.person())
        Decision.objects.filter(pk=decision.pk).update(
            state=DecisionState.EFFECTIVE, created_at=at, opened_at=at, closes_at=at + timedelta(days=days),
            closed_at=at + timedelta(days=days), took_effect_at=at + timedelta(days=days + 1),
        )  # fmt: skip
    found = values(alliance, clock)
    assert found["Proposal to decision, median"] == "3.5 days"
    assert found["Decision to effect, median"] == "1 day"
    assert found["Lawsuits between members"] == "1 on record"


def browser(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_expected_against_measured_on_the_pages_and_in_the_api(alliance, clock):
    boss = make.organiser(alliance)
    stream = make.stream(alliance, "Clean air", baseline=3, baseline_on=clock.read().date(), unit="t")
    client = browser(boss)
    value = reverse("alliance:value", args=[alliance.slug])
    assert "Nobody has said yet" in client.get(value).content.decode()
    state_expectation(actor=boss, alliance=alliance, reasons=["speed"])
    add_opportunity(actor=boss, stream=stream, text="Quiet nights.", found_on=clock.read().date())
    for page in (value, reverse("traits:brings", args=[alliance.slug])):
        body = client.get(page).content.decode()
        assert "Quiet nights." in body
        assert "No specification is in effect yet." in body
    rows = client.get(f"/api/v1/alliances/{alliance.slug}/reasons/").json()
    assert [row["key"] for row in rows if row["expected"]] == ["speed"]
    stranger = browser(make.organiser(make.alliance()))
    assert stranger.get(reverse("traits:brings", args=[alliance.slug])).status_code == 404
    assert stranger.get(f"/api/v1/alliances/{alliance.slug}/reasons/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow(alliance, clock, rows, django_assert_num_queries):
    boss = make.organiser(alliance)
    for _ in range(rows):
        stream = make.stream(alliance, baseline=1, baseline_on=clock.read().date())
        add_opportunity(actor=boss, stream=stream, text="Found.", found_on=clock.read().date())
        pledge(make.member(alliance), clock)
        decision, at = make.decision(alliance, boss), clock.read()
        Decision.objects.filter(pk=decision.pk).update(
            state=DecisionState.CLOSED, opened_at=at, closes_at=at + timedelta(days=1), closed_at=at
        )
    at = clock.read()
    with django_assert_num_queries(8):
        brings_of(alliance, at)
    with django_assert_num_queries(5):
        streams_of(alliance, at)


@pytest.mark.parametrize("name", ["traits:readiness", "traits:brings", "alliance:value", "traits:pulse"])
def test_pages_keep_within_twenty_statements(alliance, name, clock, django_assert_max_num_queries):
    boss = make.organiser(alliance)
    make.stream(alliance)
    member = make.member(alliance)
    voice = make.representative(member)
    assess_now(actor=boss, alliance=alliance)
    for _ in range(2):
        pulse = open_pulse(actor=boss, alliance=alliance, days=14)
        answer_pulse(actor=voice, pulse=pulse, member=member, scores=dict.fromkeys(STATEMENTS, 4), is_named=True)
        clock.move(days=42)
    open_pulse(actor=boss, alliance=alliance, days=14)
    client = browser(boss)
    with django_assert_max_num_queries(20):
        assert client.get(reverse(name, args=[alliance.slug])).status_code == 200
