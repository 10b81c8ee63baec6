"""For which reasons value is expected, and opportunities discovered in the problem."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from alliance.models import Expectation, Opportunity
from alliance.selectors.reasons import asked_for, expected_by, opportunities_of, todos_of
from alliance.selectors.value import months_after
from alliance.services.reasons import add_opportunity, state_expectation
from alliance.states import RoleKind, State
from charter.reading import dossier_of
from charter.services.dossier import export_dossier, import_dossier
from tests import factories as make
from tests.alliance.test_founding import found
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db


def browser(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_founders_say_it_at_founding():
    _founder, alliance = found(reasons=["speed", "trust"])
    assert expected_by(alliance).reasons == ["trust", "speed"]
    assert make.verbs(alliance) == ["alliance.alliance.founded", "alliance.expectation.stated"]


def test_the_newest_counts_and_the_others_stay():
    alliance = make.alliance()
    voice = make.representative(make.member(alliance))
    state_expectation(actor=make.organiser(alliance), alliance=alliance, reasons=["speed"])
    state_expectation(actor=voice, alliance=alliance, reasons={"investment", "perspectives"})
    assert expected_by(alliance).reasons == ["perspectives", "investment"]
    assert Expectation.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Expectation.objects.update(reasons=[])


def test_expectations_are_refused():
    alliance = make.alliance()
    boss = make.organiser(alliance)
    for named in ([], ["luck"], ["speed", "luck"]):
        with refused("reasons_unknown"):
            state_expectation(actor=boss, alliance=alliance, reasons=named)
    hand = make.signatory(make.member(alliance))
    with not_permitted():
        state_expectation(actor=hand, alliance=alliance, reasons=["speed"])
    ended = make.alliance(state=State.ABANDONED)
    boss = make.organiser(ended)
    with refused("alliance_ended"):
        state_expectation(actor=boss, alliance=ended, reasons=["speed"])


def test_opportunities_are_entered_and_refused(clock):
    alliance = make.alliance()
    stream = make.stream(alliance, effect="creates_gain")
    voice = make.representative(make.member(alliance))
    today = clock.read().date()
    add_opportunity(actor=voice, stream=stream, text=" Heat that was lost warms the school. ", found_on=today)
    (kept,) = opportunities_of(alliance)
    assert (kept.text, kept.stream.effect) == ("Heat that was lost warms the school.", "creates_gain")
    assert make.verbs(alliance)[-1] == "alliance.opportunity.discovered"
    with refused("in_the_future"):
        add_opportunity(actor=voice, stream=stream, text="Later", found_on=today + timedelta(days=1))
    with refused("text_missing"):
        add_opportunity(actor=voice, stream=stream, text=" ", found_on=today)
    with refused("opportunity_known"):
        add_opportunity(actor=voice, stream=stream, text="heat that was lost  warms the school.", found_on=today)
    stranger = make.representative(make.member(make.alliance()))
    with not_permitted():
        add_opportunity(actor=stranger, stream=stream, text="Mine", found_on=today)


def test_reviews_ask_for_them():
    alliance = make.alliance()
    at = datetime(2026, 7, 1, tzinfo=UTC)
    old = make.stream(alliance, review_months=6, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    young = make.stream(alliance, review_months=12, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    never = make.stream(alliance)
    found_now = [Opportunity(stream=old, found_on=date(2026, 6, 1), added_at=datetime(2026, 6, 2, tzinfo=UTC))]
    days = [(each.next_on, each.is_due) for each in asked_for([old, young, never], [], at)]
    assert days == [(date(2026, 7, 1), True), (date(2027, 1, 1), False), (None, False)]
    assert asked_for([old], found_now, at)[0].next_on == date(2026, 12, 2)


def asked(person, clock):
    return [(todo.what, todo.url) for todo in todos_of(person, clock.read())]


def test_a_review_asks_for_thirty_days_and_the_next_one_again(clock):
    alliance = make.alliance()
    organiser = make.organiser(alliance)
    stream = make.stream(alliance, "Air", review_months=6)
    make.stream(alliance, "Never reviewed")
    door = reverse("alliance:add_opportunity", args=[alliance.slug, stream.pk])
    asking = [("Say what has become possible through “Air”", door)]
    begun = clock.read().date()
    first, second = months_after(begun, 6), months_after(begun, 12)

    said = []
    for day in (
        begun,
        first - timedelta(days=1),
        first,
        first + timedelta(days=29),
        first + timedelta(days=30),
        second,
    ):
        clock.move(days=(day - clock.read().date()).days)
        said.append(asked(organiser, clock))

    assert said == [[], [], asking, asking, [], asking]
    assert browser(organiser).get(door).status_code == 200
    add_opportunity(actor=organiser, stream=stream, text="Quieter nights", found_on=clock.read().date())
    assert asked(organiser, clock) == []


def test_a_review_asks_whoever_may_enter_it_and_nobody_else(clock):
    alliance = make.alliance()
    voice = make.representative(make.member(alliance))
    hand = make.signatory(make.member(alliance))
    for steward in (voice, hand):
        make.stream(alliance, f"Kept by {steward}", review_months=6, steward=steward)
    clock.move(days=185)

    assert [what for what, _url in asked(voice, clock)] == [f"Say what has become possible through “Kept by {voice}”"]
    assert asked(hand, clock) == []
    assert asked(make.representative(make.member(alliance)), clock) == []
    assert asked(make.organiser(make.alliance()), clock) == []
    assert len(asked(make.organiser(alliance), clock)) == 2


def test_an_ended_alliance_reviews_nothing_any_more(clock):
    alliance = make.alliance(state=State.LEGACY)
    make.stream(alliance, review_months=6)
    organiser = make.organiser(alliance)
    clock.move(days=185)
    assert asked(organiser, clock) == []


@pytest.mark.parametrize("count", [1, 3])
def test_one_statement_whatever_the_number_of_reviews(clock, count, django_assert_num_queries):
    organiser = make.person()
    for _each in range(count):
        alliance = make.alliance()
        make.role(organiser, alliance, RoleKind.ORGANISER)
        make.stream(alliance, review_months=6)
    clock.move(days=185)
    at = clock.read()
    with django_assert_num_queries(1):
        found = list(todos_of(organiser, at))
    assert len(found) == count


def test_both_travel_in_the_dossier(clock):
    alliance = make.alliance(convener=make.organisation("Convener"))
    boss = make.organiser(alliance)
    make.member(alliance, organisation=alliance.convener)
    stream = make.stream(alliance)
    state_expectation(actor=boss, alliance=alliance, reasons=["trust"])
    add_opportunity(actor=boss, stream=stream, text="Found.", found_on=clock.read().date())
    sent = export_dossier(alliance, at=clock.read()).model_dump(mode="json")
    again = import_dossier(dossier=dossier_of(sent), slug="again")
    assert expected_by(again).reasons == ["trust"]
    assert [each.text for each in opportunities_of(again)] == ["Found."]


def test_through_the_pages_and_the_api(clock):
    alliance = make.alliance()
    boss = make.organiser(alliance)
    stream = make.stream(alliance)
    client = browser(boss)
    page = reverse("alliance:expect", args=[alliance.slug])
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"reasons": ["speed"]}).status_code == 302
    page = reverse("alliance:add_opportunity", args=[alliance.slug, stream.pk])
    kept = client.post(page, {"text": "Warm water", "found_on": "2999-01-01"})
    assert (kept.status_code, "Warm water" in kept.content.decode()) == (422, True)
    assert not Opportunity.objects.exists()
    at = f"/api/v1/alliances/{alliance.slug}/"
    key = {"content_type": "application/json", "headers": {"Idempotency-Key": "k"}}
    given = {"text": "Warm water", "found_on": str(clock.read().date())}
    assert client.post(f"{at}streams/{stream.pk}/opportunities/", given, **key).status_code == 201
    assert [each["text"] for each in client.get(f"{at}opportunities/").json()] == ["Warm water"]
    key["headers"] = {"Idempotency-Key": "other"}
    assert client.post(f"{at}expectations/", {"reasons": ["trust"]}, **key).json()["reasons"] == ["trust"]
    assert [each["reasons"] for each in client.get(f"{at}expectations/").json()] == [["trust"], ["speed"]]
