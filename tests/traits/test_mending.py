"""What mends a finding, who may, what one act mends most, and asking in one click."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.todo import todos_of
from alliance.models import Alliance, Role
from alliance.states import RoleKind, State
from audit import clock
from audit.errors import DomainError, NotPermitted
from audit.ids import uuid7
from audit.models import Event
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests import stories
from tests.charter.steps import organiser, told
from tests.stories import CANYON, CODEC, HARBOUR
from traits.gate import read
from traits.mending import ACTS, Remedy, Step, remedies, steps_of
from traits.mending.acts import FIXED_BY_CHARTER
from traits.models import Ask, Assessment
from traits.selectors.directory import directory_of
from traits.selectors.mending import asks_of, href_of, open_steps, remedy_rows
from traits.selectors.reading import evidence_of
from traits.services.asking import ask_to_mend
from traits.services.assessments import assess_now
from traits.states import Verdict

SLUGS = [CANYON, CODEC, HARBOUR]
SEEN_BY_ALL = {
    *("governance:committee", "alliance:control", "alliance:stream", "alliance:link_interest"),
    "alliance:worksheets",
}
"""Pages that others may read too: the act on them is a button, or is limited to the own member."""


def kept(key, verdict="fail", *steps, blocks=True, acknowledged=False):
    mending = [list(Step(*step)) if isinstance(step, tuple) else list(Step(step)) for step in steps]
    return {"id": key, "verdict": verdict, "blocks": blocks, "acknowledged": acknowledged, "mending": mending}


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# -- Pure -----------------------------------------------------------------------------------------------------------
def test_the_act_that_clears_two_blocking_indicators_comes_first():
    found = remedies(
        [
            kept("M1", "fail", "invite"),
            kept("I1", "fail", "propose_round"),
            kept("I3", "fail", "propose_round"),
            kept("M6", "warn", "add_topic", blocks=False),
        ]
    )
    assert found[0] == Remedy(Step("propose_round"), ("I1", "I3"), ())
    assert [each.step.act for each in found] == ["propose_round", "invite", "add_topic"]


def test_an_act_that_is_one_of_several_steps_helps_and_does_not_clear():
    one, two = ("attest", "", "Ann", "a"), ("attest", "", "Bo", "b")
    found = remedies([kept("G3", "fail", one, two), kept("V1", "no_data", "add_stream")])
    assert found == [
        Remedy(Step("add_stream"), ("V1",), ()),
        Remedy(Step(*one), (), ("G3",)),
        Remedy(Step(*two), (), ("G3",)),
    ]


def test_what_holds_or_is_accepted_needs_no_act():
    assert not remedies(
        [
            kept("M1", "pass", "invite"),
            kept("M6", "warn", "add_topic", acknowledged=True),
            kept("V8", "does_not_apply", "next_problem"),
            kept("M2", "fail", "invite", blocks=False),
        ]
    )


def test_an_assessment_of_an_older_release_names_no_acts():
    old = kept("M1")
    del old["mending"]
    assert remedies([old]) == []


@pytest.mark.parametrize("profile", ["essential", "standard", "strict"])
@pytest.mark.parametrize("slug", SLUGS)
def test_every_finding_that_does_not_pass_has_a_step_in_words(slug, profile):
    evidence = stories.evidence(stories.story(slug))
    for judged in stories.reading(stories.story(slug), profile).judged:
        steps = steps_of(judged, evidence, profile)
        holds = judged.finding.verdict in {Verdict.PASS, Verdict.DOES_NOT_APPLY}
        assert bool(steps) != holds, judged.indicator.id
        assert all("%" not in step.words for step in steps)


def test_who_placed_a_hold_lifts_it():
    document = stories.story(CANYON)
    counsel = next(each["person"] for each in document["roles"] if each["kind"] == "counsel")
    document["topics"][0]["holds"] = [
        {"role": "counsel", "reason": "A price.", "words_hash": "a" * 64, "placed_by": counsel}
        | {"placed_at": "2026-10-28T00:00:00Z", "until": "2026-11-10T00:00:00Z"}
    ]
    evidence = stories.evidence(document)
    found = next(each for each in read(evidence, "strict").judged if each.indicator.id == "I5")
    name = document["topics"][0]["name"]
    assert steps_of(found, evidence, "strict") == (Step("lift_hold", "", name, counsel),)


@pytest.mark.parametrize(
    ("key", "empty", "act"),
    [
        ("M1", "members", "invite"),
        ("M4", "affected_parties", "add_party"),
        ("S4", "contributions", "promise"),
        ("I1", "core_domains", "choose_domains"),
        ("I3", "rounds", "propose_round"),
        ("I5", "counsel_reviews", "review"),
        ("G1", "seats", "add_seat"),
        ("G2", "classes", "adopt_classes"),
        ("G6", "classes", "adopt_classes"),
        ("G7", "officers", "elect_chair"),
        ("V1", "streams", "add_stream"),
        ("V6", "legacy_plan", "legacy_part"),
    ],
)
def test_where_nothing_is_recorded_the_step_begins_it(key, empty, act):
    document = stories.story(CANYON)
    document[empty] = []
    for name in {"classes": ["decisions", "officers"], "seats": ["decisions", "officers", "instruction_reports"]}.get(
        empty, []
    ):
        document[name] = []
    evidence = stories.evidence(document) if empty != "members" else _without_members()
    judged = next(each for each in read(evidence, "strict").judged if each.indicator.id == key)
    assert judged.finding.verdict in {Verdict.FAIL, Verdict.NO_DATA}
    assert {step.act for step in steps_of(judged, evidence, "strict")} == {act}


def _without_members():
    return replace(stories.evidence(stories.story(CANYON)), only_members=frozenset())


@pytest.mark.parametrize(
    ("gone", "key", "profile", "act"),
    [
        (lambda role: role["kind"] == "counsel", "I5", "strict", "invite_counsel"),
        (lambda role: role["kind"] == "signatory", "S4", "standard", "name_signatory"),
        (lambda role: role["kind"] == "representative", "S1", "standard", "name_representative"),
        (lambda role: role["member"] == "ngh", "S1", "standard", "invite_voice"),
    ],
)
def test_where_nobody_holds_the_role_somebody_is_first_given_it(gone, key, profile, act):
    document = stories.story(CANYON)
    roles = [{"member": None} | each for each in document["roles"]]
    document["roles"] = [each for each in roles if not gone(each)]
    document["counsel_reviews"] = []
    for each in document["contributions"]:
        each["signed_at"] = each["signed_by"] = None
    evidence = stories.evidence(document)
    found = next(each for each in read(evidence, profile).judged if each.indicator.id == key)
    steps = steps_of(found, evidence, profile)
    assert steps[0].act == act
    assert not steps[0].ref


def test_what_the_scan_finds_is_worded_anew_or_cleared_by_counsel():
    document = stories.story(CANYON)
    document["counsel_reviews"] = []
    document["topics"][0]["name"] = "Prices of beds"
    evidence = stories.evidence(document)
    found = next(each for each in read(evidence, "essential").judged if each.indicator.id == "I5")
    steps = steps_of(found, evidence, "essential")
    assert {"review", "change_topic"} <= {each.act for each in steps}
    assert found.finding.advice == "Word anew what touches prices, or have counsel clear it."


def test_who_has_not_spoken_is_asked_before_another_topic_is_sought():
    document = stories.story(CANYON)
    for topic in document["topics"]:
        topic["positions"] = [each for each in topic["positions"] if each["member"] != "ngh"]
        topic["measure"] = ""
    evidence = stories.evidence(document)
    found = next(each for each in read(evidence, "standard").judged if each.indicator.id == "M5")
    assert [(each.act, each.of) for each in steps_of(found, evidence, "standard")] == [("state_positions", "ngh")]


def test_a_round_that_is_open_is_signed_before_another_is_proposed():
    document = stories.story(CANYON)
    last = document["rounds"][-1]
    last["state"], last["completed_at"] = "open", None
    last["steps"][0]["signed_at"] = None
    late = last["steps"][0]["member"]
    judged = stories.judged(document, "I1", "strict")
    steps = steps_of(judged, stories.evidence(document), "strict")
    assert [(step.act, step.of) for step in steps] == [("sign_steps", late)]


def test_a_seat_that_is_offered_is_accepted_by_whom_it_is_offered_to():
    document = stories.story(CANYON)
    held = document["seats"][0]["holdings"][0]
    held["accepted_at"] = None
    steps = steps_of(stories.judged(document, "G1"), stories.evidence(document), "standard")
    assert [(step.act, step.of) for step in steps] == [("accept_seat", held["person"])]


# -- Who may, and where ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_every_step_leads_whoever_may_to_its_page_and_nobody_else_to_a_form():
    alliance = told(HARBOUR)
    latest = Assessment.objects.latest_of(alliance)
    directory = directory_of(alliance)
    wrong = []
    steps = {Step(*step) for each in latest.indicators for step in each["mending"]}
    people = list(directory.everybody.values())
    for step in sorted(steps):
        able = directory.people(step)
        others = [each for each in people if each not in able]
        for person, expected in [*((each, True) for each in able[:1]), *((each, False) for each in others[:3])]:
            status = browser(person).get(href_of(step, alliance)).status_code
            is_form = ACTS[step.act].view not in SEEN_BY_ALL
            if (expected and status not in {200, 302}) or (not expected and is_form and status not in {302, 403}):
                wrong.append((step.key, person.name, expected, status))
    assert len(steps) > 5
    assert wrong == []


@pytest.mark.django_db
def test_what_the_charter_fixes_is_mended_by_an_amendment_that_one_proposes():
    alliance = told(HARBOUR)
    Alliance.objects.filter(pk=alliance.pk).update(state=State.ACTIVE)
    alliance.refresh_from_db()
    boss = organiser(alliance)
    rows = remedy_rows(Assessment.objects.latest_of(alliance), directory_of(alliance), boss, make.clock.read())
    door = reverse("governance:propose", args=[alliance.slug]) + "?effect=amend&class=amendment"

    fixed = [row for row in rows if row.key.partition(":")[0] in FIXED_BY_CHARTER]
    others = [row for row in rows if row not in fixed]

    assert {"change_seats", "terms", "change_stream"} <= {row.key.partition(":")[0] for row in fixed}
    assert {row.href for row in fixed} == {door}
    assert all(row.may and row.words.startswith("Propose an amendment: ") for row in fixed)
    assert all(row.advice.endswith("The charter fixes this: only an amendment changes it.") for row in fixed)
    assert not [row.key for row in others if row.href == door or "amendment" in row.words + row.advice]
    answer = browser(boss).get(door)
    assert answer.status_code == 200
    assert answer.context["form"].initial["decision_class"].key == "amendment"
    page = browser(boss).get(reverse("traits:readiness", args=[alliance.slug])).content.decode()
    assert "Propose an amendment: Change the seats" in page


def test_what_the_charter_fixes_are_acts():
    assert set(ACTS) >= FIXED_BY_CHARTER


@pytest.mark.django_db
def test_a_person_of_another_members_group_confirms_a_kind_and_its_own_does_not():
    alliance = make.alliance()
    own, other = make.member(alliance), make.member(alliance)
    mine, theirs = make.representative(own), make.representative(other)
    step = Step("confirm_kind", str(own.pk), "x", str(own.pk))
    assert directory_of(alliance).people(step) == [theirs]
    assert not directory_of(alliance).may(mine, step)


@pytest.mark.django_db
def test_an_auditor_who_works_for_a_member_or_its_group_is_asked_for_nothing():
    alliance = make.alliance()
    group = make.control_group()
    make.member(alliance, organisation=make.organisation(group=group))
    free, owned = (make.holder(alliance, RoleKind.AUDITOR) for _each in range(2))
    make.affiliation(owned, make.organisation(group=group))
    step = Step("settle_report", "x", "x")

    assert directory_of(alliance).people(step) == [free]


@pytest.mark.django_db
def test_a_round_comes_preset_with_the_steps_that_are_missing():
    alliance = told(HARBOUR)
    page = browser(organiser(alliance)).get(href_of(Step("propose_round"), alliance)).content.decode()
    assert page.count("selected>") >= alliance.members.admitted().voting().count()


@pytest.mark.django_db
def test_a_link_comes_preset_with_the_member_whose_interest_it_is():
    alliance = told(HARBOUR)
    member, stream = alliance.members.admitted().last(), alliance.streams.first()
    step = Step("link_interest", str(stream.pk), "x", str(member.pk))
    voice = alliance.roles.get(kind=RoleKind.REPRESENTATIVE, member=member).person
    page = browser(voice).get(href_of(step, alliance)).content.decode()
    assert f'<option value="{member.pk}" selected' in page


@pytest.mark.django_db
def test_a_worksheet_that_stands_is_first_let_be_corrected_by_the_custodian():
    alliance = told(HARBOUR)
    member = alliance.members.get(organisation__name="Corvus Shipping")
    member.worksheets.update(signed_at=clock.read())
    evidence = evidence_of(alliance, at=clock.read())
    judged = next(each for each in read(evidence).judged if each.indicator.id == "S2")
    step = next(each for each in steps_of(judged, evidence, "standard") if each.of == str(member.pk))
    assert step == Step("reopen_worksheet", "", str(member), str(member.pk))
    keeper = alliance.roles.get(kind=RoleKind.CUSTODIAN).person
    assert directory_of(alliance).people(step) == [keeper]
    assert f"Let {member} correct it" in browser(keeper).get(href_of(step, alliance)).text
    make.affiliation(keeper, member.organisation)
    assert directory_of(alliance).people(step) == []


# -- Asking ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def asked():
    """An alliance with an open step that somebody else than the organiser may take: (alliance, organiser, row)."""
    alliance = told(HARBOUR)
    boss = organiser(alliance)
    rows = remedy_rows(Assessment.objects.latest_of(alliance), directory_of(alliance), boss, make.clock.read())
    return alliance, boss, next(row for row in rows if not row.may and row.people)


@pytest.mark.django_db
def test_whoever_may_is_asked_once_a_day_hears_of_it_and_finds_it_on_their_list(asked, clock):
    alliance, boss, row = asked
    person = row.people[0]
    given = {"actor": boss, "alliance": alliance, "indicator": row.indicator, "step": row.key, "person": person.pk}
    first = ask_to_mend(**given)
    assert ask_to_mend(**given) == first
    event = Event.objects.get(stream=alliance.pk, verb="traits.mending.asked")
    assert json.loads(event.body)["data"] == {
        "act": first.act,
        "indicator": row.indicator,
        "person": str(person.pk),
    }
    relay.run()
    assert Notice.objects.filter(person=person, subject__contains=row.words).count() == 1
    assert [todo.url for todo in todos_of(person, clock.read())].count(row.href) >= 1
    assert [(each.person, each.done) for each in asks_of(alliance, Assessment.objects.latest_of(alliance))] == [
        (person, False)
    ]
    clock.move(days=1, minutes=1)
    assert ask_to_mend(**given) != first


@pytest.mark.django_db
def test_what_was_mended_meanwhile_is_not_sent_and_stands_as_done(asked):
    alliance, boss, row = asked
    person = row.people[0]
    ask_to_mend(actor=boss, alliance=alliance, indicator=row.indicator, step=row.key, person=person.pk)
    latest = Assessment.objects.latest_of(alliance)
    for each in latest.indicators:
        each["verdict"] = "pass"
    latest.pk, latest.seq = uuid7(), latest.seq + 100
    latest.save(force_insert=True)
    relay.run()
    assert not Notice.objects.filter(person=person, subject__contains=row.words).exists()
    assert asks_of(alliance, Assessment.objects.latest_of(alliance))[0].done


@pytest.mark.django_db
def test_refusals_write_nothing(asked):
    alliance, boss, row = asked
    person = row.people[0]
    given = {"actor": boss, "alliance": alliance, "indicator": row.indicator, "step": row.key, "person": person.pk}
    stranger = make.person("Stranger")
    passing = next(e["id"] for e in Assessment.objects.latest_of(alliance).indicators if e["verdict"] == "pass")
    for change, code in (
        ({"indicator": passing}, "nothing_to_mend"),
        ({"indicator": "ZZ"}, "nothing_to_mend"),
        ({"step": "invite:x:y"}, "no_such_step"),
        ({"person": stranger.pk}, "may_not_mend"),
        ({"person": boss.pk}, "asks_oneself"),
    ):
        with pytest.raises(DomainError) as refused:
            ask_to_mend(**(given | change))
        assert refused.value.code == code
    for role in Role.objects.filter(alliance=alliance).exclude(kind=RoleKind.ORGANISER)[:3]:
        if role.person != boss:
            with pytest.raises(NotPermitted):
                ask_to_mend(**(given | {"actor": role.person}))
    assert not Ask.objects.exists()
    assert not Event.objects.filter(verb="traits.mending.asked").exists()


@pytest.mark.django_db
def test_the_page_asks_and_shows_who_was_asked(asked):
    alliance, boss, row = asked
    client = browser(boss)
    sent = {"indicator": row.indicator, "step": row.key, "person": str(row.people[0].pk)}
    answer = client.post(reverse("traits:ask", args=[alliance.slug]), sent, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Who was asked" in page
    assert "Waiting" in page
    assert client.post(reverse("traits:ask", args=[alliance.slug]), {"person": "x"}).status_code == 422
    other: Alliance = told(CANYON)
    assert client.post(reverse("traits:ask", args=[other.slug]), sent).status_code == 404


@pytest.mark.django_db
def test_the_api_lists_what_to_mend_and_asks(asked):
    alliance, boss, row = asked
    client = browser(boss)
    listed = client.get(f"/api/v1/alliances/{alliance.slug}/mending/").json()
    found = next(each for each in listed if each["step"] == row.key)
    assert found["people"][0]["name"] == row.people[0].name
    sent = {"indicator": found["indicator"], "step": found["step"], "person": found["people"][0]["id"]}
    asks = f"/api/v1/alliances/{alliance.slug}/asks/"
    answer = client.post(asks, sent, content_type="application/json", headers={"Idempotency-Key": "once"})
    assert answer.status_code == 201
    assert [each["done"] for each in client.get(asks).json()] == [False]


@pytest.mark.django_db
def test_a_new_assessment_keeps_the_steps_with_each_verdict():
    alliance = told(HARBOUR)
    assess_now(actor=organiser(alliance), alliance=alliance)
    latest = Assessment.objects.latest_of(alliance)
    assert set(open_steps(latest)) == set(latest.missing)
    assert all(open_steps(latest).values())


def test_two_clicks_at_the_same_moment_ask_once(race):
    alliance = told(HARBOUR)
    boss = organiser(alliance)
    rows = remedy_rows(Assessment.objects.latest_of(alliance), directory_of(alliance), boss, make.clock.read())
    row = next(row for row in rows if not row.may and row.people)
    given = {"actor": boss, "alliance": alliance, "indicator": row.indicator, "step": row.key}
    one, other = race(*[lambda: ask_to_mend(**given, person=row.people[0].pk)] * 2)
    assert one == other
    assert Ask.objects.count() == 1
