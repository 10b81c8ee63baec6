"""The pages of readiness and charter: a fixed number of statements, and what each person may do there."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from alliance.models import Alliance
from alliance.states import State
from audit import clock
from charter.markdown import to_html
from charter.services.drafting import write_section
from charter.services.ratification import withdraw_ratification
from charter.states import Section
from tests import factories as make
from tests.charter.steps import chair, drafted, offered, organiser, sign, signatories, told
from tests.stories import CANYON, CODEC, HARBOUR
from traits.models import Assessment
from traits.services.assessments import assess_now

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 20


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("page", ["readiness/", "charter/", "charter/signing/"])
def test_a_page_takes_as_many_statements_with_one_row_as_with_three(page):
    alliance = told(CANYON)
    version = offered(alliance)
    client = browser(organiser(alliance))
    roles = signatories(alliance)
    sign(version, roles[0])
    few = statements(client, f"/a/{alliance.slug}/{page}")
    for role in roles[1:3]:
        sign(version, role)
    assess_now(actor=organiser(alliance), alliance=alliance)
    assert statements(client, f"/a/{alliance.slug}/{page}") == few <= MOST_STATEMENTS


def test_readiness_shows_figure_threshold_and_advice():
    alliance = told(HARBOUR)
    page = browser(organiser(alliance)).get(f"/a/{alliance.slug}/readiness/").content.decode()
    for words in (
        "3 of 5 of the weight",
        "less than half",
        "Rebalance the seats",
        "Not ready. 14 of 24 indicators hold under Standard; 15 of 30 under Strict.",
    ):
        assert words in page


def test_the_chair_accepts_a_warning_on_its_page():
    alliance = told(CODEC, lambda document: document.update(acknowledgements=[]))
    client = browser(chair(alliance))
    assert "Warnings to accept" in client.get(f"/a/{alliance.slug}/readiness/").content.decode()
    path = f"/a/{alliance.slug}/readiness/G2/acknowledge/"
    empty = client.post(path, {"reason": ""})
    assert empty.status_code == 422
    assert client.post(path, {"reason": "Known."}).status_code == 302
    assert alliance.acknowledgements.get().indicator == "G2"
    assert client.get(f"/a/{alliance.slug}/readiness/M1/acknowledge/").status_code == 302
    assert client.get(f"/a/{alliance.slug}/readiness/X9/acknowledge/").status_code == 404


def test_charter_text_is_safe_html():
    alliance = told(CANYON)
    charter = drafted(alliance)
    text = "<script>alert(1)</script> [x](javascript:alert(1)) **bold** {{ alliance.name }}"
    write_section(actor=organiser(alliance), charter=charter, key=Section.SCOPE, text=text)
    page = browser(organiser(alliance)).get(f"/a/{alliance.slug}/charter/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<strong>bold</strong>" in page


def test_signing_asks_for_a_proof_first_and_shows_the_fingerprint():
    alliance = told(CANYON)
    version = offered(alliance)
    role = signatories(alliance)[0]
    client = browser(role.person)
    path = f"/a/{alliance.slug}/charter/sign/{role.member_id}/"
    asked = client.get(path)
    assert asked.status_code == 302
    assert "reauthenticate" in asked["Location"]
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": clock.read().timestamp()}]
    session.save()
    page = client.get(path).content.decode()
    assert version.hash[:4] in page
    assert client.post(path, {"hash": "f" * 64}).status_code == 422
    assert client.post(path, {"hash": version.hash}).status_code == 302
    assert version.signatures.get().member == role.member


def test_home_says_what_waits_for_the_signatory():
    alliance = told(CANYON)
    offered(alliance)
    page = browser(signatories(alliance)[0].person).get("/").content.decode()
    assert "Sign the charter for" in page


def test_the_alliance_file_is_for_organisers_and_the_auditor():
    alliance = told(CANYON)
    assert browser(organiser(alliance)).get(f"/a/{alliance.slug}/file/").status_code == 200
    assert browser(signatories(alliance)[0].person).get(f"/a/{alliance.slug}/file/").status_code == 403


def test_a_foreign_alliance_is_not_found():
    alliance = told(CANYON)
    other: Alliance = told(HARBOUR)
    client = browser(organiser(other))
    for page in ("readiness/", "charter/", "charter/signing/", "file/", "charter/draft/"):
        assert client.get(f"/a/{alliance.slug}/{page}").status_code == 404
    assert client.post(f"/a/{alliance.slug}/moves/ready/").status_code == 404


def test_the_overview_names_what_blocks_first_and_links_to_the_rest():
    alliance = told(HARBOUR)
    page = browser(organiser(alliance)).get(f"/a/{alliance.slug}/").content.decode()
    assert "What stands between us and the charter" in page
    assert "more in readiness" in page
    assert page.count("<b>Propose a round of steps</b>") + page.count(">Propose a round of steps</a>") <= 1
    assert "Rebalance the seats" in page


def test_what_stands_in_the_way_is_counted_as_what_it_is():
    page = browser(organiser(told(HARBOUR))).get("/a/harbour-zero/").content.decode()
    assert page.count("10 indicators to mend and 7 warnings to accept") == 2


def test_the_overview_offers_to_move_to_ready_only_once_the_gate_passes():
    behind, through = told(HARBOUR), told(CANYON)
    shown = browser(organiser(behind)).get(f"/a/{behind.slug}/").content.decode()
    assert "Move to ready" not in shown
    assert f'href="/a/{behind.slug}/readiness/"' in shown
    Alliance.objects.filter(pk=through.pk).update(state=State.FORMING)
    assert Assessment.objects.latest_of(through).gate
    assert "Move to ready" in browser(organiser(through)).get(f"/a/{through.slug}/").content.decode()


def test_the_overview_offers_to_begin_forming_only_to_who_may_now(django_assert_max_num_queries):
    founded = make.alliance(state=State.EXPLORING)
    boss = browser(make.organiser(founded))
    page = boss.get(f"/a/{founded.slug}/").content.decode()
    assert "Begin forming" not in page
    assert "Invite at least two other organisations first." in page
    assert f'href="/a/{founded.slug}/members/invite/"' in page
    for _each in range(2):
        make.member(founded)
    with django_assert_max_num_queries(20):
        page = boss.get(f"/a/{founded.slug}/").content.decode()
    assert "Begin forming" in page
    assert boss.post(f"/a/{founded.slug}/moves/forming/").status_code == 302


def test_the_interests_page_says_trades_and_who_would_be_harmed():
    alliance = told(CANYON)
    page = browser(organiser(alliance)).get(f"/a/{alliance.slug}/interests/").content.decode()
    assert "Red Mesa Hospitals would be harmed." in page
    assert "Gains 1.20 and 1.40" in page
    assert "Tension 0.52 · flagged from 0.30" in page
    assert "Support 0.84 · polarisation 0.05" in page
    assert re.search(r"Alignment<.*?</span></span> 0\.49</span>", page)
    assert "7 of 7 members want it" in page


@pytest.mark.parametrize("written", ["# Aims", "## Aims", "### Aims", "Aims\n===="])
def test_a_heading_of_any_level_stands_below_its_sections_title(written):
    assert to_html(written) == "<h3>Aims</h3>\n"


def test_what_turns_the_writing_around_stays_out_of_a_section(client: Client):
    alliance = told(CANYON)
    drafted(alliance)
    client.force_login(organiser(alliance), backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/api/v1/alliances/{alliance.slug}/charter/sections/scope/"
    answer = client.put(address, {"text": "Pays\u202e lla."}, content_type="application/json")
    assert answer.status_code == 200
    assert alliance.charter.sections.get(key="scope").text == "Pays lla."


def test_a_void_version_says_why_and_what_its_signatures_are_worth():
    alliance = told(CANYON)
    version = offered(alliance)
    sign(version, signatories(alliance)[0])
    path = f"/a/{alliance.slug}/charter/versions/{version.pk}/"
    client = browser(organiser(alliance))
    assert "This version is" not in client.get(path).content.decode()
    withdraw_ratification(actor=organiser(alliance), alliance=alliance)
    shown = " ".join(client.get(path).content.decode().split())
    assert "This version is void." in shown
    assert "The convener took it back. Its signature stays on record, and does not count." in shown
