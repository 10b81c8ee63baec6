"""What members think: asked, answered once, shown only after the close and only from five separate answers on."""

import json
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.todo import todos_of
from alliance.models import Member
from alliance.states import Membership, Reason, RoleKind
from audit.models import Event
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests.refusals import not_permitted, refused
from traits.models import Assessment, PulseAnswer, PulseTurn
from traits.pulse import STATEMENTS, Opinion, differs, is_whole, may_show_all, opinions
from traits.selectors.pulse import pulse_page
from traits.selectors.reasons import pulse_with_measures
from traits.services.assessments import assess_now
from traits.services.pulse import answer_pulse, open_pulse
from traits.states import Level, Trait

FOUR = dict.fromkeys(STATEMENTS, 4)


# -- Pure -----------------------------------------------------------------------------------------------------------
def test_one_statement_for_each_trait_and_each_reason():
    assert list(STATEMENTS) == [*Trait.values, *Reason.values]


@pytest.mark.parametrize(
    "scores",
    [{}, FOUR | {"trust": 0}, FOUR | {"trust": 6}, FOUR | {"trust": True}, FOUR | {"trust": "4"}, FOUR | {"luck": 3}],
)
def test_an_answer_is_whole_or_it_is_none(scores):
    assert not is_whole(scores)
    assert is_whole(FOUR)


def test_mean_and_variance_are_exact():
    found = opinions([FOUR, FOUR, FOUR | {"trust": 2}])
    by_key = {each.key: each for each in found}
    assert by_key["trust"] == Opinion("trust", Fraction(10, 3), Fraction(8, 9))
    assert by_key["speed"] == Opinion("speed", Fraction(4), Fraction(0))
    assert opinions([]) == []


@pytest.mark.parametrize(
    ("mean", "level"),
    [
        (Fraction(7, 2), "in_place"), (Fraction(349, 100), "emerging"), (Fraction(5, 2), "emerging"),
        (Fraction(249, 100), "absent"),
    ],
)  # fmt: skip
def test_a_mean_reads_as_a_level(mean, level):
    assert Opinion("trust", mean, Fraction(0)).level == level


def test_where_people_and_evidence_differ():
    opinion = Opinion("surrender", Fraction(3), Fraction(0))
    assert [differs(opinion, each) for each in (Level.ABSENT, Level.EMERGING, Level.IN_PLACE, None)] == [1, 0, -1, 0]


def test_five_answers_of_one_group_or_one_person_are_one():
    assert may_show_all([(n, n) for n in range(5)])
    assert not may_show_all([(n, n) for n in range(4)])
    assert not may_show_all([(min(n, 3), n) for n in range(5)])
    assert not may_show_all([(n, min(n, 3)) for n in range(5)])
    assert not may_show_all([])


# -- On record ------------------------------------------------------------------------------------------------------
@pytest.fixture
def alliance(db):
    return make.alliance("Asked")


@pytest.fixture
def boss(alliance):
    return make.organiser(alliance)


@pytest.fixture
def six(alliance):
    """Members with the person who represents each."""
    found = [make.member(alliance, f"Member {n}") for n in range(6)]
    return [(each, make.representative(each)) for each in found]


def answer(pulse, one, scores=FOUR, named=False):
    member, person = one
    return answer_pulse(actor=person, pulse=pulse, member=member, scores=scores, is_named=named)


def page_of(alliance, person, clock):
    return pulse_with_measures(alliance, person, clock.read(), Assessment.objects.latest_of(alliance))


def browser(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_nothing_is_shown_before_the_close_and_all_from_five_on(alliance, boss, six, clock):
    assess_now(actor=boss, alliance=alliance)
    pulse = open_pulse(actor=boss, alliance=alliance, days=14)
    for one, trust in zip(six[:5], (5, 5, 4, 4, 2), strict=True):
        answer(pulse, one, FOUR | {"trust": trust}, named=one is six[0])

    page = page_of(alliance, boss, clock)
    assert (page.open, page.answered, page.asked, page.results) == (pulse, 5, 6, [])

    clock.move(days=14)
    page = page_of(alliance, boss, clock)
    (result,) = page.results
    assert (page.open, result.shows, result.answered, result.names) == (None, "all", 5, [])
    trust = next(row for row in result.rows if row.key == "trust")
    assert (trust.mean, trust.spread, trust.spread_word) == ("4.0", "1.1", "somewhat apart")
    surrender = next(row for row in result.rows if row.key == "surrender")
    assert (surrender.evidence, surrender.differs) == ("absent", "Members think better of it")


def test_below_five_only_those_are_counted_who_agreed_to_be_named(alliance, boss, six, clock):
    pulse = open_pulse(actor=boss, alliance=alliance, days=3)
    answer(pulse, six[0], dict.fromkeys(STATEMENTS, 1))
    answer(pulse, six[1], dict.fromkeys(STATEMENTS, 5), named=True)
    clock.move(days=3)
    (result,) = page_of(alliance, boss, clock).results
    assert (result.shows, result.answered, result.names) == ("named", 2, ["Member 1"])
    assert {row.mean for row in result.rows} == {"5.0"}


def test_below_five_and_nobody_named_shows_nothing(alliance, boss, six, clock):
    pulse = open_pulse(actor=boss, alliance=alliance, days=3)
    for one in six[:4]:
        answer(pulse, one)
    clock.move(days=3)
    (result,) = page_of(alliance, boss, clock).results
    assert (result.shows, result.rows, result.names) == ("nothing", [], [])
    assert "Nothing is shown" in browser(boss).get(reverse("traits:pulse", args=[alliance.slug])).content.decode()


def test_five_answers_of_four_groups_are_not_shown_together(alliance, boss, six, clock):
    group = make.control_group("One house")
    for member, _person in six[:2]:
        member.organisation.control_group = group
        member.organisation.save()
    pulse = open_pulse(actor=boss, alliance=alliance, days=3)
    for one in six[:5]:
        answer(pulse, one)
    clock.move(days=3)
    (result,) = page_of(alliance, boss, clock).results
    assert (result.shows, result.answered) == ("nothing", 5)


def test_an_unnamed_answer_is_linked_to_nobody_and_stands_in_no_event(alliance, boss, six):
    pulse = open_pulse(actor=boss, alliance=alliance, days=14)
    answer(pulse, six[0])
    kept = PulseAnswer.objects.get()
    assert (kept.named, kept.id.version) == (None, 4)
    assert {field.name for field in PulseAnswer._meta.get_fields()} == {"id", "round", "scores", "named"}
    event = Event.objects.get(verb="traits.pulse.answered")
    assert json.loads(event.body)["data"] == {"number": 1}
    assert event.subject == pulse.pk


def test_rows_are_never_changed(alliance, boss, six):
    pulse = open_pulse(actor=boss, alliance=alliance, days=14)
    answer(pulse, six[0])
    for model in (PulseAnswer, PulseTurn):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


def test_opening_is_refused(alliance, boss, clock):
    with refused("nobody_to_ask"):
        open_pulse(actor=boss, alliance=alliance, days=14)
    voice = make.representative(make.member(alliance))
    with not_permitted():
        open_pulse(actor=voice, alliance=alliance, days=14)
    for days in (2, 61):
        with refused("days_out_of_range"):
            open_pulse(actor=boss, alliance=alliance, days=days)
    open_pulse(actor=boss, alliance=alliance, days=14)
    with refused("round_open"):
        open_pulse(actor=boss, alliance=alliance, days=14)
    clock.move(days=14)
    with refused("asked_lately"):
        open_pulse(actor=boss, alliance=alliance, days=14)
    clock.move(days=28)
    assert open_pulse(actor=boss, alliance=alliance, days=14).number == 2


def test_answering_is_refused(alliance, boss, six, clock):
    pulse = open_pulse(actor=boss, alliance=alliance, days=14)
    hand = make.signatory(six[0][0])
    for other in (six[1][1], hand, boss):
        with not_permitted():
            answer(pulse, (six[0][0], other))
    with refused("answers_missing"):
        answer(pulse, six[0], {"trust": 3})
    left, voice = six[1]
    Member.objects.filter(pk=left.pk).update(state=Membership.ACCEPTED)
    with refused("not_admitted"):
        answer(pulse, (left, voice))
    answer(pulse, six[0])
    with refused("answered_already"):
        answer(pulse, six[0])
    clock.move(days=14)
    with refused("round_closed"):
        answer(pulse, six[2])


def test_who_is_missing_hears_of_it_and_finds_it_on_the_list(alliance, boss, six, clock):
    pulse = open_pulse(actor=boss, alliance=alliance, days=14)
    done, waiting = six[0], six[1]
    answer(pulse, done)
    relay.run()
    heard = Notice.objects.filter(subject="Asked asks what you think")
    assert set(heard.values_list("person", flat=True)) == {person.pk for _member, person in six[1:]}
    url = reverse("traits:answer_pulse", args=[alliance.slug, 1, waiting[0].pk])
    assert [todo.url for todo in todos_of(waiting[1], clock.read()) if "thinks" in todo.what] == [url]
    assert not [todo for todo in todos_of(done[1], clock.read()) if "thinks" in todo.what]
    clock.move(days=13, hours=1)
    relay.run()
    again = Notice.objects.filter(subject="Asked still waits for what you think")
    assert set(again.values_list("person", flat=True)) == {person.pk for _member, person in six[1:]}
    clock.move(days=1)
    assert not [todo for todo in todos_of(waiting[1], clock.read()) if "thinks" in todo.what]


# -- Pages and API --------------------------------------------------------------------------------------------------
def test_through_the_pages(alliance, boss, six, clock):
    client = browser(boss)
    page = reverse("traits:pulse", args=[alliance.slug])
    assert "Not asked yet" in client.get(page).content.decode()
    kept = client.post(reverse("traits:open_pulse", args=[alliance.slug]), {"days": "99"})
    assert (kept.status_code, 'value="99"' in kept.content.decode()) == (422, True)
    assert client.post(reverse("traits:open_pulse", args=[alliance.slug]), {"days": "14"}).status_code == 302

    member, person = six[0]
    url = reverse("traits:answer_pulse", args=[alliance.slug, 1, member.pk])
    voice = browser(person)
    part = voice.post(url, {"trust": "5"})
    assert part.status_code == 422
    assert "Choose one" in part.content.decode()
    assert not PulseTurn.objects.exists()
    assert voice.post(url, {**dict.fromkeys(STATEMENTS, "5"), "is_named": "on"}).status_code == 302
    assert PulseAnswer.objects.get().named == member
    assert "Member 0 has answered" in voice.get(page).content.decode()


def test_readiness_shows_it_beside_the_traits(alliance, boss, six, clock):
    assess_now(actor=boss, alliance=alliance)
    pulse = open_pulse(actor=boss, alliance=alliance, days=3)
    for one in six:
        answer(pulse, one)
    clock.move(days=3)
    body = browser(boss).get(reverse("traits:readiness", args=[alliance.slug])).content.decode()
    assert str(STATEMENTS["surrender"]) in body
    assert "Members think better of it" in body


@pytest.mark.parametrize("rounds", [1, 3])
def test_four_statements_whatever_the_number(alliance, boss, six, clock, rounds, django_assert_num_queries):
    for _ in range(rounds):
        pulse = open_pulse(actor=boss, alliance=alliance, days=3)
        answer(pulse, six[0], named=True)
        clock.move(days=31)
    open_pulse(actor=boss, alliance=alliance, days=3)
    at = clock.read()
    with django_assert_num_queries(4):
        pulse_page(alliance, boss, at, {}, {})


def test_by_the_api(alliance, boss, six, clock):
    at = f"/api/v1/alliances/{alliance.slug}/pulse/"
    options = {"content_type": "application/json"}
    made = browser(boss).post(at, {"days": 14}, headers={"Idempotency-Key": "one"}, **options)
    assert (made.status_code, made.json()["number"]) == (201, 1)
    member, person = six[0]
    given = {"member": str(member.pk), "scores": FOUR}
    sent = browser(person).post(f"{at}1/answers/", given, **options)
    assert (sent.status_code, set(sent.json())) == (201, {"member", "answered_at"})
    again = browser(person).post(f"{at}1/answers/", given, **options)
    assert (again.status_code, again.json()["code"]) == (422, "answered_already")
    shown = browser(person).get(at).json()
    assert (shown["answered"], shown["asked"], shown["results"]) == (1, 6, [])
    foreign = make.holder(make.alliance("Elsewhere"), RoleKind.ORGANISER)
    assert browser(foreign).get(at).status_code == 404
