"""What members save against paying alone: shown of five groups or more, and never so that two sums tell one figure."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import Fernet
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from alliance import sealing
from alliance.models import Worksheet
from alliance.money import about
from alliance.services import worksheets
from alliance.services.membership import withdraw_member
from alliance.states import State
from audit import clock as clocks
from audit.errors import DomainError
from audit.models import Event
from tests import factories as make
from tests.charter.steps import told
from tests.refusals import everything
from tests.stories import CANYON, CODEC, HARBOUR
from traits.models import Saving
from traits.reasons import Costs, Saved, may_be_summed, may_follow, quarter_of, saving_of, two_digits
from traits.selectors.reasons import measures_of
from traits.services.savings import publish_saving
from traits.tasks import assess_every_alliance

NONE_YET = "None published yet: it takes five groups"


# -- Pure -----------------------------------------------------------------------------------------------------------
def costs(*said, currency="USD"):
    """(group, alone, joint) each."""
    return [Costs(uuid4(), UUID(int=group), alone, joint, currency) for group, alone, joint in said]


EVEN = [(group, 20, 10) for group in range(5)]


def test_what_is_saved_is_alone_less_joint_over_the_same_members():
    assert saving_of(costs(*EVEN)) == Saved(50, "USD", 5)
    assert saving_of(costs(*EVEN, (5, 30, 7))) == Saved(73, "USD", 6)
    assert saving_of(costs(*[(group, 10, 20) for group in range(5)])) == Saved(-50, "USD", 5)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([], id="nobody"),
        pytest.param(EVEN[:4], id="four"),
        pytest.param([*EVEN[:4], (3, 20, 10)], id="five members of four groups"),
        pytest.param([*EVEN[:4], (4, 27, 10)], id="one above a quarter of what alone would cost"),
        pytest.param([*EVEN[:4], (4, 20, 14)], id="one above a quarter of the joint cost"),
        pytest.param([*EVEN, (5, 9, 3), (5, 9, 3), (5, 22, 3)], id="a group above a quarter, no member of it"),
        pytest.param([(group, 25, 10) for group in range(4)] + [(4, 0, 10)], id="four, and one that gives nothing"),
        pytest.param([*[(group, 20, 10) for group in range(19)], (19, 20, -60)], id="a cost below zero"),
        pytest.param([(group, 0, 0) for group in range(5)], id="nothing"),
    ],
)
def test_it_is_not_told_where_it_would_give_somebody_away(said):
    assert saving_of(costs(*said)) is None


def test_a_quarter_is_not_above_a_quarter():
    quarter = [(0, 25, 25), (1, 25, 25), (2, 25, 25), (3, 24, 24), (4, 1, 1)]
    assert saving_of(costs(*quarter)) == Saved(0, "USD", 5)
    assert not may_be_summed([25, 25, 25, 25, 0])


def test_two_currencies_have_no_sum():
    assert saving_of([*costs(*EVEN), *costs((5, 20, 10), currency="EUR")]) is None


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (0, 0), (7, 7), (99, 99), (104, 100), (105, 110), (996, 1000), (123_456_789, 120_000_000),
        (-125, -130), (-124, -120), (10**20 + 1, 10**20),
    ],
)  # fmt: skip
def test_it_is_rounded_to_two_digits(exact, rounded):
    assert two_digits(exact) == rounded


def test_a_sum_follows_another_only_where_five_groups_differ():
    groups = {sheet: UUID(int=number) for number, sheet in enumerate(uuid4() for _ in range(12))}
    sheets = list(groups)
    before, rest = sheets[:6], sheets[6:]
    assert not may_follow(before, before, groups)
    assert not may_follow(before, [*before, *rest[:4]], groups)
    assert may_follow(before, [*before, *rest[:5]], groups)
    assert may_follow(before, before[:1], groups)
    one = dict.fromkeys(sheets, UUID(int=0))
    assert not may_follow(before, rest, one)


def test_quarters():
    assert quarter_of(date(2026, 1, 1)) == quarter_of(date(2026, 3, 31)) == date(2026, 1, 1)
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)


def test_a_rounded_sum_in_words():
    assert about(120_000_000, "USD") == "≈\u00a01.2\u00a0M\u00a0USD"
    assert about(-1_200_000_000, "USD") == "≈\u00a0−12\u00a0M\u00a0USD"
    assert about(99_000_000, "USD") == "≈\u00a0990,000\u00a0USD"
    assert about(-4_200_00, "EUR") == "≈\u00a0−4,200\u00a0EUR"
    assert about(0, "EUR") == "≈\u00a00\u00a0EUR"
    assert about(1_200_000_000_000, "USD") == "≈\u00a012,000\u00a0M\u00a0USD"


# -- From the record ------------------------------------------------------------------------------------------------
@pytest.fixture
def alliance(db):
    return make.alliance("Shared")


def seal(member, alone=200_000_00, cost=100_000_00, currency="USD"):
    """Sealed by one who speaks for the member, in the service's way."""
    amount = sealing.Range(cost, cost, cost)
    figures = sealing.Figures(currency, sealing.Range(9, 9, 9), amount, sealing.Range(0, 0, 0), "Books.", alone)
    return worksheets.seal_worksheet(
        actor=make.representative(member), member=member, figures=figures, proof=make.proof()
    )


@pytest.fixture
def six(alliance):
    members = [make.member(alliance) for _ in range(6)]
    for member in members:
        seal(member)
    return members


def figure(alliance):
    found = {each.name: each for each in measures_of(alliance, clocks.read())["investment"].figures}
    return found["Saved against paying alone"]


def unpublished(alliance):
    """Nothing was written."""
    before = everything()
    assert publish_saving(alliance=alliance) is None
    return everything() == before


def next_quarter(clock):
    """To the first day of the one after next: whatever was sealed stands no more."""
    today = clock.read().date()
    clock.move(days=(quarter_of(quarter_of(today) + timedelta(days=200)) - today).days)


def test_six_groups_are_published_with_their_day(alliance, six):
    assert figure(alliance).value == ""
    assert figure(alliance).why.startswith(NONE_YET)
    saving = publish_saving(alliance=alliance)
    assert (saving.amount, saving.currency, saving.contributors) == (600_000_00, "USD", 6)
    assert saving.quarter_on == quarter_of(clocks.read().date())
    assert figure(alliance).value.startswith("≈\u00a0600,000\u00a0USD, as of ")
    assert figure(alliance).value.endswith(f"{clocks.read().year}, of 6 groups")
    event = Event.objects.get(stream=alliance.pk, verb="traits.saving.published")
    assert not [sheet for sheet in saving.sheets if sheet in event.body]


def test_only_those_who_say_it_count_and_both_costs_are_theirs(alliance, six):
    seal(make.member(alliance), alone=None, cost=777_777_00)
    assert publish_saving(alliance=alliance).amount == 600_000_00


def test_four_groups_are_not_published_and_the_page_says_the_same_whatever_is_missing(alliance):
    before = figure(alliance).why
    members = [make.member(alliance) for _ in range(4)]
    for member in members:
        seal(member)
    group = make.control_group()
    for _ in range(2):
        seal(make.member(alliance, organisation=make.organisation(group=group)), alone=900_000_00)
    assert unpublished(alliance)
    assert figure(alliance).why == before


def test_once_a_quarter_and_not_where_nothing_has_changed(alliance, six, clock):
    next_quarter(clock)
    publish_saving(alliance=alliance)
    clock.move(days=35)
    for member in six:
        seal(member, alone=190_000_00)
    assert unpublished(alliance)
    next_quarter(clock)
    assert publish_saving(alliance=alliance).amount == 540_000_00
    next_quarter(clock)
    assert unpublished(alliance)


@pytest.mark.parametrize("anew", [1, 4])
def test_who_watches_one_to_four_members_seal_anew_sees_nothing_new(alliance, six, clock, anew):
    publish_saving(alliance=alliance)
    shown = figure(alliance)
    next_quarter(clock)
    for member in six[:anew]:
        seal(member, alone=150_000_00)
    assert unpublished(alliance)
    assert figure(alliance) == shown


def test_five_that_seal_anew_are_a_new_sum(alliance, six, clock):
    publish_saving(alliance=alliance)
    next_quarter(clock)
    for member in six[:5]:
        seal(member, alone=150_000_00)
    assert publish_saving(alliance=alliance).amount == 350_000_00
    assert Saving.objects.count() == 2


def test_small_changes_add_up_over_quarters_until_five_groups_have_changed(alliance, six, clock):
    publish_saving(alliance=alliance)
    for member in six[:4]:
        next_quarter(clock)
        seal(member)
        assert unpublished(alliance)
    next_quarter(clock)
    seal(six[4])
    assert publish_saving(alliance=alliance).contributors == 6


def test_who_joins_and_who_leaves_counts_among_the_five(alliance, six, clock):
    publish_saving(alliance=alliance)
    next_quarter(clock)
    for _ in range(3):
        seal(make.member(alliance))
    withdraw_member(actor=make.organiser(alliance), member=six[0])
    assert unpublished(alliance)
    seal(make.member(alliance))
    assert publish_saving(alliance=alliance).contributors == 9


def test_a_group_that_seals_five_times_is_one(alliance, six, clock):
    group = make.control_group()
    members = [make.member(alliance, organisation=make.organisation(group=group)) for _ in range(5)]
    publish_saving(alliance=alliance)
    next_quarter(clock)
    for member in members:
        seal(member, alone=20_000_00, cost=10_000_00)
    assert unpublished(alliance)


def test_two_currencies_are_never_summed(alliance, six):
    sheet = Worksheet.objects.filter(member=six[0]).get()
    figures = sealing.unseal(sheet.ciphertext, member=sheet.member_id, version=1)
    other = sealing.Figures("EUR", figures.benefit, figures.cost, figures.fall_back, "Books.", figures.alone)
    Worksheet.objects.filter(pk=sheet.pk).update(ciphertext=sealing.seal(other, member=sheet.member_id, version=1))
    assert unpublished(alliance)


def test_what_an_import_brought_and_what_has_ended_is_not_summed(alliance, six):
    Worksheet.objects.update(witnessed=False)
    assert unpublished(alliance)
    Worksheet.objects.update(witnessed=True)
    type(alliance).objects.filter(pk=alliance.pk).update(state=State.ABANDONED)
    assert unpublished(alliance)


def test_a_lost_key_publishes_nothing_and_stops_no_other_alliance(alliance, six, settings):
    settings.WORKSHEET_KEYS = [Fernet.generate_key().decode()]
    before = everything()
    with pytest.raises(DomainError, match="WORKSHEET_KEYS"):
        publish_saving(alliance=alliance)
    assert everything() == before
    other = make.alliance("Other")
    for _ in range(5):
        seal(make.member(other))
    assess_every_alliance()
    assert [each.alliance_id for each in Saving.objects.all()] == [other.pk]


def test_the_night_publishes_once(alliance, six):
    for _ in range(2):
        assess_every_alliance()
    assert Saving.objects.count() == 1


def test_two_runs_at_the_same_moment_write_one(race):
    alliance = make.alliance("Shared")
    for _ in range(5):
        seal(make.member(alliance))
    found = race(*[lambda: publish_saving(alliance=alliance)] * 2)
    assert sorted(each is None for each in found) == [False, True]
    assert Saving.objects.count() == 1
    assert make.verbs(alliance).count("traits.saving.published") == 1


def test_it_is_never_changed_and_one_a_quarter(alliance, six):
    saving = publish_saving(alliance=alliance)
    for act in (lambda: Saving.objects.update(amount=1), lambda: Saving.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    again = Saving(
        alliance=alliance, quarter_on=saving.quarter_on, amount=1, currency="USD", contributors=5, sheets=[],
        published_at=saving.published_at + timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    assert Saving.objects.get().amount == saving.amount


def test_a_sum_beyond_64_bits_is_kept(alliance):
    for _ in range(101):
        seal(make.member(alliance), alone=10**17, cost=1)
    assert publish_saving(alliance=alliance).amount == Saving.objects.get().amount == 10**19


def test_it_stands_wherever_the_other_figures_of_the_reason_do(alliance, six):
    client = Client()
    client.force_login(make.organiser(alliance), backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = [reverse(name, args=[alliance.slug]) for name in ("alliance:value", "traits:brings")]
    api = f"/api/v1/alliances/{alliance.slug}/reasons/"
    for address in [*pages, api]:
        assert NONE_YET in client.get(address).content.decode()
    publish_saving(alliance=alliance)
    shown = figure(alliance).value
    for page in pages:
        assert shown in client.get(page).content.decode()
    rows = {row["key"]: row["figures"] for row in client.get(api).json()}
    assert shown in [each["value"] for each in rows["investment"]]


def test_the_record_says_that_it_was_published_and_no_amount_of_a_member(alliance, six):
    publish_saving(alliance=alliance)
    client = Client()
    client.force_login(make.organiser(alliance), backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = client.get(reverse("alliance:records", args=[alliance.slug])).content.decode()
    assert "summed over 6 groups" in shown


@pytest.mark.django_db
def test_of_the_demo_alliances_one_may_be_told():
    """In the codec alliance nobody bears above a quarter; in the two others somebody does."""
    codec, canyon, harbour = told(CODEC), told(CANYON), told(HARBOUR)
    for each in (canyon, harbour):
        assert publish_saving(alliance=each) is None
    saving = publish_saving(alliance=codec)
    assert (saving.amount, saving.contributors) == (120_000_000, 6)
    assert figure(codec).value.startswith("≈\u00a01.2\u00a0M\u00a0USD, as of ")
