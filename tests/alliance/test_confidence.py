"""What a member says in confidence: read by itself and the custodian, counted among enough others, told to nobody."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from alliance import rules
from alliance.services import interests
from alliance.services.interests import Stated
from alliance.states import RelationKind, RoleKind
from audit import clock
from audit.models import Event
from charter.services.dossier import export_dossier
from tests import factories as make
from tests.refusals import not_permitted, refused
from traits.selectors.reading import evidence_of

pytestmark = pytest.mark.django_db
SECRET = "We would sell our share tomorrow."


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def topic(alliance):
    return make.topic(alliance, "Flat fee")


@pytest.fixture
def members(alliance):
    return [make.member(alliance) for _each in range(6)]


def say(member, topic, stance, salience, *, hidden=False):
    person = make.representative(member)
    stated = Stated(topic, stance, salience, SECRET if hidden else "Openly.", hidden)
    interests.state_positions(actor=person, member=member, positions=[stated])
    return person


def browser(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(person, alliance):
    return browser(person).get(reverse("alliance:interests", args=[alliance.slug])).content.decode()


@pytest.mark.parametrize(
    ("weights", "told"),
    [([50] * 5, True), ([50] * 4, False), ([90, 10, 10, 10, 10], False), ([25, 25, 25, 25], False), ([0] * 5, True)],
)
def test_sum_is_told_of_five_none_above_a_quarter(weights, told):
    assert rules.is_anonymous(weights) is told


def test_others_see_that_there_is_a_position_and_nothing_of_it(alliance, topic, members):
    author = say(members[0], topic, -2, 83, hidden=True)
    other = say(members[1], topic, 2, 90)
    organiser = make.organiser(alliance)
    for person in (
        other,
        organiser,
        make.holder(alliance, RoleKind.AUDITOR),
        make.holder(alliance, RoleKind.CUSTODIAN),
    ):
        seen = page(person, alliance)
        assert "confidential" in seen
        assert "0.83" not in seen
        shown = browser(person).get(f"/api/v1/alliances/{alliance.slug}/positions/").json()
        hidden = next(each for each in shown if each["is_confidential"])
        assert (hidden["stance"], hidden["salience"], hidden["statement"]) == (None, None, "")
        assert SECRET not in json.dumps(shown)
    assert "0.83" in page(author, alliance)
    own = browser(author).get(f"/api/v1/alliances/{alliance.slug}/positions/").json()
    assert [each["stance"] for each in own if each["is_confidential"]] == [-2]


def test_findings_name_nobody_by_what_was_said_in_confidence(alliance, topic, members):
    say(members[0], topic, -2, 100, hidden=True)
    other = say(members[1], topic, 2, 100)
    seen = page(other, alliance)
    assert "is for it" not in seen
    assert "No topic on which two members pull hard" in seen


def test_few_confidential_positions_change_no_figure(alliance, topic, members):
    viewer = say(members[0], topic, 2, 60)
    say(members[1], topic, 1, 60)
    before = figures(page(viewer, alliance))
    for member in members[2:6]:
        say(member, topic, -2, 60, hidden=True)
    assert figures(page(viewer, alliance)) == before


def test_five_alike_confidential_positions_are_counted(alliance, topic, members):
    viewer = say(members[0], topic, 2, 60)
    before = figures(page(viewer, alliance))
    for member in members[1:6]:
        say(member, topic, -2, 60, hidden=True)
    assert figures(page(viewer, alliance)) != before


def figures(seen):
    return seen[seen.index("<tfoot>") : seen.index("</tfoot>")]


def test_custodian_reads_them_and_that_is_recorded(alliance, topic, members):
    custodian = make.holder(alliance, RoleKind.CUSTODIAN)
    with refused("nothing_confidential"):
        interests.read_confidential_positions(actor=custodian, alliance=alliance)
    say(members[0], topic, -2, 83, hidden=True)
    answer = browser(custodian).post(reverse("alliance:confidential", args=[alliance.slug]))
    assert SECRET in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert Event.objects.filter(verb="alliance.positions.read", actor=custodian.pk).count() == 1
    api = browser(custodian).post(f"/api/v1/alliances/{alliance.slug}/positions/confidential/")
    assert [each["stance"] for each in api.json()] == [-2]


def test_nobody_else_reads_them(alliance, topic, members):
    say(members[0], topic, -2, 83, hidden=True)
    rival = make.holder(alliance, RoleKind.CUSTODIAN)
    make.affiliation(rival, members[1].organisation)
    people = [make.organiser(alliance), make.holder(alliance, RoleKind.AUDITOR), make.representative(members[1])]
    alliance.relations.create(
        first=members[1],
        second=members[0],
        kind=RelationKind.COMPETES,
        recorded_by=people[0],
        recorded_at=clock.read(),
    )
    events = Event.objects.count()
    for person in [*people, rival]:
        with not_permitted():
            interests.read_confidential_positions(actor=person, alliance=alliance)
    assert Event.objects.count() == events


def test_they_leave_no_trace_in_the_log_or_an_export(alliance, topic, members):
    say(members[0], topic, -2, 83, hidden=True)
    say(members[1], topic, 2, 90)
    for event in Event.objects.all():
        assert SECRET not in event.body
        assert "stance" not in event.body
    exported = export_dossier(alliance, at=clock.read()).model_dump_json()
    assert SECRET not in exported
    assert [len(each.positions) for each in export_dossier(alliance, at=clock.read()).topics] == [1]


def test_the_check_counts_that_something_was_said(alliance, topic, members):
    say(members[0], topic, 2, 83, hidden=True)
    evidence = evidence_of(alliance, at=clock.read())
    assert len(evidence.positions) == 1
    assert evidence.told_positions == []


def test_position_made_open_again_is_open(alliance, topic, members):
    person = say(members[0], topic, -2, 83, hidden=True)
    interests.state_positions(actor=person, member=members[0], positions=[Stated(topic, -2, 83, "Openly.")])
    assert "0.83" in page(make.organiser(alliance), alliance)


def test_form_keeps_what_was_confidential(alliance, topic, members):
    person = say(members[0], topic, -2, 83, hidden=True)
    form = browser(person).get(reverse("alliance:positions", args=[alliance.slug, members[0].pk])).content.decode()
    assert f'name="is_confidential_{topic.pk}" id="id_is_confidential_{topic.pk}" checked' in form
