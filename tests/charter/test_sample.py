"""The sample alliance, read by anybody: all of its pages, none of its acts, no other alliance through them."""

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from accounts.models import Person, guest
from alliance.models import Alliance, Position
from alliance.permissions import has_role
from alliance.states import RoleKind
from audit import clock
from audit.models import Event
from charter.services import staging
from charter.services.dossier import Standing, import_dossier
from charter.shifting import shift
from governance.models import Decision, Elector
from governance.services.ballots import cast_ballot
from governance.states import Choice, DecisionState
from tests import factories as make
from tests.alliance.pages import client_of
from tests.authorization.routes import all_parts, all_routes
from tests.authorization.rules import METHODS, RULES
from tests.stories import CANYON, HARBOUR, dossier, story
from traits.services.assessments import assess_alliance

pytestmark = pytest.mark.django_db
ENTRANCE = "/accounts/login/"
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
OPEN = {
    "alliance:overview", "alliance:members", "alliance:people", "alliance:parties", "alliance:contributions",
    "alliance:interests", "alliance:value", "alliance:stream", "alliance:readings", "alliance:worksheets",
    "alliance:control", "alliance:evidence", "alliance:holds",
    "alliance:records", "alliance:verify_records", "governance:decisions", "governance:decision",
    "governance:recount_file", "governance:committee", "governance:classes", "charter:charter", "charter:version",
    "charter:signing", "traits:readiness", "traits:history", "traits:compare", "traits:pulse", "traits:brings",
}  # fmt: skip
"""What a guest reads. A page more is decided here, on purpose."""
PUBLIC = {"home", "account_login", "traits:self_check"}


@pytest.fixture
def sample(settings) -> Alliance:
    settings.SAMPLE_ALLIANCE = CANYON
    return load(CANYON)


def load(slug: str) -> Alliance:
    """As `load_demo` does it."""
    document = dossier(story(slug))
    document = shift(document, clock.read() - document.as_of)
    alliance = import_dossier(dossier=document, standing=Standing(witnessed=True, is_illustrative=True))
    if document.charter:
        staging.write_sections(alliance)
    staging.put_charter_in_force(alliance)
    staging.open_drafts(alliance)
    with transaction.atomic():
        assess_alliance(alliance=alliance, at=clock.read(), why="changed")
    return alliance


def walk(client: Client, start: str):
    """Every page that links lead to from here, with its address."""
    seen, waiting = {start}, [start]
    while waiting:
        path = waiting.pop(0)
        if path.startswith("/static/"):
            continue
        answer = client.get(path)
        yield path, answer
        if path.startswith("/a/") and answer.headers["Content-Type"].startswith("text/html"):
            links = {unescape(link) for link in LINK.findall(answer.content.decode())}
            waiting += sorted(links - seen)
            seen |= links


def test_every_page_that_links_lead_to_is_open_and_offers_no_act(sample):
    events, people = Event.objects.count(), Person.objects.count()
    reached = set()

    for path, answer in walk(Client(), reverse("alliance:overview", args=[CANYON])):
        assert answer.status_code == 200, f"{path} answered {answer.status_code}"
        name = resolve(path.partition("?")[0]).view_name
        reached.add(name)
        if name in OPEN and answer.headers["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert 'method="post"' not in page, path
            assert "csrfmiddlewaretoken" not in page, path
            assert "A finished alliance, to look at." in page, path
            assert "Illustrative" in page, path

    assert reached - PUBLIC <= OPEN
    assert OPEN - reached <= {"charter:version", "traits:compare"}  # linked once there are two that differ
    assert (Event.objects.count(), Person.objects.count(), Session.objects.count()) == (events, people, 0)


def test_only_pages_decided_upon_are_open():
    found = set()
    for name in all_routes():
        parts = {part: _example(part) for part in all_parts(name)}
        view = resolve(reverse(name.removeprefix("api "), kwargs=parts)).func
        if getattr(view, "is_open_to_guests", False):
            found.add(name)

    assert found == OPEN


def _example(part: str) -> object:
    numbers = {"number": 1, "uidb36": "1", "step": "problem", "key": "x", "slug": "a", "beginning": "x", "token": "x"}
    return numbers.get(part, "funds" if part == "part" else "M1" if part == "indicator" else guest().pk)


def test_nothing_is_sent_to_it_and_no_other_page_is_shown(sample):
    """Every address by every method: what is not a page to read asks to sign in, and writes nothing."""
    events = Event.objects.count()
    client = Client()
    wrong = {}
    for name in [name for name in sorted(RULES) if "slug" in all_parts(name)]:
        parts = {part: _example(part) for part in all_parts(name) - {"slug"}}
        url = reverse(name.removeprefix("api "), kwargs={"slug": CANYON, **parts})
        for method in METHODS:
            if method == "get" and name in OPEN:
                continue
            answer = getattr(client, method)(url)
            is_turned_away = answer.status_code in {401, 405} or (
                answer.status_code == 302 and answer["Location"].startswith(ENTRANCE)
            )
            if not is_turned_away:
                wrong[f"{method} {url}"] = answer.status_code

    assert wrong == {}
    assert Event.objects.count() == events


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_only_reading(sample, method):
    answer = getattr(Client(), method)(reverse("alliance:overview", args=[CANYON]))

    assert (answer.status_code, b"Canyon" in answer.content) == (405, False)


def test_a_header_does_not_turn_a_post_into_reading(sample):
    url = reverse("alliance:interests", args=[CANYON])

    answer = Client().post(url, {"_method": "GET"}, headers={"X-HTTP-Method-Override": "GET"})

    assert answer.status_code == 405


def test_no_other_alliance_is_reached(sample):
    other = load(HARBOUR)
    client = Client()
    client.get(reverse("alliance:overview", args=[CANYON]))

    for name in OPEN:
        parts = {part: _example(part) for part in all_parts(name) - {"slug"}}
        answer = client.get(reverse(name, kwargs={"slug": other.slug, **parts}))
        assert (answer.status_code, answer["Location"].startswith(ENTRANCE)) == (302, True), name
    assert list(Alliance.objects.visible_to(guest())) == [sample]


def test_things_of_another_alliance_are_not_there_under_its_address(sample):
    other = load(HARBOUR)
    stream = other.streams.order_by("pk").first()

    assert Client().get(reverse("alliance:stream", args=[CANYON, stream.pk])).status_code == 404


@pytest.mark.parametrize("slug", ["", "never-was"])
def test_without_a_sample_everybody_signs_in(settings, slug):
    settings.SAMPLE_ALLIANCE = slug
    load(CANYON)

    answer = Client().get(reverse("alliance:overview", args=[CANYON]))

    assert (answer.status_code, answer["Location"].startswith(ENTRANCE)) == (302, True)
    assert "Walk through" not in Client().get("/").content.decode()


def test_an_alliance_of_real_organisations_is_never_the_sample(settings):
    alliance = make.alliance("Real", slug="real")
    settings.SAMPLE_ALLIANCE = "real"

    answer = Client().get(reverse("alliance:overview", args=["real"]))

    assert (answer.status_code, alliance.purpose in answer.content.decode()) == (404, False)
    assert "Walk through" not in Client().get("/").content.decode()


def test_the_front_page_leads_there(sample):
    page = Client().get("/").content.decode()

    assert "Walk through a finished alliance" in page
    assert f'href="/a/{CANYON}/"' in page


def test_who_is_signed_in_and_has_no_part_in_it_reads_as_a_guest_does(sample):
    person = make.organiser(make.alliance())
    person.name = "Olga O’Hara"
    person.save()
    client, events = client_of(person), Event.objects.count()

    for name in sorted(OPEN - {"charter:version", "traits:compare"}):
        parts = {"pk": sample.streams.order_by("pk").first().pk, "number": 1}
        kwargs = {key: value for key, value in parts.items() if key in all_parts(name)}
        path = reverse(name, kwargs={"slug": CANYON, **kwargs})
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer.headers["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert "A finished alliance, to look at." in page, path
            assert "Olga O’Hara" in unescape(page), path
            assert page.count('method="post"') == page.count("/accounts/logout/") == 1, path
            for email in sample.roles.values_list("person__email", flat=True):
                assert email not in page, path
    assert Event.objects.count() == events


def test_reading_the_sample_puts_it_in_nobodys_lists_and_opens_no_act(sample):
    person = make.person()
    client = client_of(person)
    assert client.get(reverse("alliance:overview", args=[CANYON])).status_code == 200

    assert not Alliance.objects.visible_to(person).exists()
    assert client.get(reverse("alliance_api:alliances")).json() == []
    assert client.get(reverse("alliance_api:alliance", args=[CANYON])).status_code == 404
    for name in ("alliance:add_topic", "alliance:invite_member", "traits:whatif"):
        assert client.get(reverse(name, args=[CANYON])).status_code == 404
    assert client.post(reverse("traits:assess", args=[CANYON])).status_code == 404
    other = load(HARBOUR)
    assert client.get(reverse("alliance:overview", args=[other.slug])).status_code == 404


def test_who_takes_part_in_it_stays_who_they_are(sample):
    organiser = sample.roles.get(kind=RoleKind.ORGANISER).person
    page = client_of(organiser).get(reverse("alliance:people", args=[CANYON])).content.decode()
    assert ("A finished alliance, to look at." in page, organiser.email in page) == (False, True)


def test_a_guest_is_nobody(sample):
    nobody = guest()

    assert not Person.objects.filter(pk=nobody.pk).exists()
    assert not nobody.is_active
    assert not nobody.is_staff
    assert not nobody.has_usable_password()
    assert not any(has_role(nobody, sample, kind) for kind in RoleKind)


def test_what_is_confidential_stays_so(sample):
    hidden = Position.objects.filter(alliance=sample).first()
    Position.objects.filter(pk=hidden.pk).update(is_confidential=True, salience=87, statement="Between us")
    client = Client()

    for path, answer in walk(client, reverse("alliance:overview", args=[CANYON])):
        if answer.headers["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert "Between us" not in page, path
            for email in Person.objects.values_list("email", flat=True):
                assert email not in page, path


def test_an_open_vote_shows_no_ballot(sample):
    decision = Decision.objects.get(alliance=sample, number=5)
    elector = Elector.objects.filter(decision=decision, ballot=None, person__isnull=False).first()
    cast_ballot(
        actor=elector.person,
        decision=decision,
        choice=Choice.NO,
        reason="Because I say so",
        proposed_change="Less of it",
        declared=True,
        proof=make.proof(),
    )

    for path, answer in walk(Client(), reverse("governance:decision", args=[CANYON, 5])):
        assert b"Because I say so" not in answer.content, path
        assert b"Less of it" not in answer.content, path
    assert decision.state == DecisionState.OPEN
