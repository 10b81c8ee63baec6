"""What a file claims: it is shown as such, gives nobody a power, and moves nothing."""

import pytest
from django.urls import reverse

from accounts.permissions import may
from alliance.models import Member, Role
from alliance.selectors.ladder import levels_of
from alliance.services.control import propose_round, set_core_domains
from alliance.states import RoleKind
from charter.services.dossier import import_dossier
from governance.models import Decision, Holding, Officer
from governance.permissions import is_chair, is_executive, without_officers
from tests.alliance.pages import client_of
from tests.charter.steps import told
from tests.stories import CANYON, dossier, story
from traits.models import Assessment
from traits.selectors.mending import open_steps
from traits.services.assessments import assess_alliance

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return import_dossier(dossier=dossier(story(CANYON)), slug="again")


@pytest.fixture
def organiser(alliance):
    return Role.objects.get(alliance=alliance, kind=RoleKind.ORGANISER).person


def test_a_file_makes_no_officer_and_no_executive(alliance):
    claimed = Officer.objects.get(alliance=alliance).person
    holder = Holding.objects.filter(alliance=alliance).first().person

    assert not is_chair(claimed, alliance)
    assert without_officers(claimed, alliance)
    assert not is_executive(holder, alliance)
    assert not may("traits.acknowledge_warning", claimed, alliance)


def test_the_ladder_begins_anew(alliance, organiser):
    assert alliance.rounds.exists()
    assert levels_of(alliance) == {}
    voting = Member.objects.filter(alliance=alliance).admitted().voting()

    opened = propose_round(actor=organiser, alliance=alliance, levels={(member, "data"): 2 for member in voting})

    assert {step.from_level for step in opened.steps.all()} == {0}


def verdict(alliance, clock):
    found = assess_alliance(alliance=alliance, at=clock.read(), why="asked").indicators
    return next(each["verdict"] for each in found if each["id"] == "I1")


def test_a_core_set_that_no_vote_here_chose_does_not_count(alliance, clock):
    assert verdict(alliance, clock) == "no_data"

    set_core_domains(alliance, {"data": 3, "standards": 3, "scope": 3})

    assert verdict(alliance, clock) == "fail"


def test_what_a_file_claims_is_mended_by_doing_it_here(alliance, clock):
    assess_alliance(alliance=alliance, at=clock.read(), why="asked")
    found = open_steps(Assessment.objects.latest_of(alliance))
    steps = {indicator: {key.partition(":")[0] for key in keys} for indicator, keys in found.items()}

    assert steps["G1"] == {"accept_seat"}
    assert steps["S4"] == {"sign_contribution"}
    assert steps["V1"] == {"accept_stewardship"}


def test_pages_say_what_was_not_witnessed_here(alliance, organiser, clock):
    assess_alliance(alliance=alliance, at=clock.read(), why="asked")
    decided = Decision.objects.filter(alliance=alliance, closed_at__isnull=False).first()
    client = client_of(organiser)

    def shown(name, *keys):
        return client.get(reverse(name, args=[alliance.slug, *keys])).content.decode()

    assert "Some records come from a file." in shown("traits:readiness")
    assert "Not witnessed here" in shown("alliance:control")
    assert "Not signed here" in shown("alliance:contributions")
    assert "not confirmed yet" in shown("alliance:members")
    assert "decides nothing in this alliance" in shown("governance:decision", decided.number)
    assert "Chair:" not in shown("governance:committee")


def test_witnessed_records_bear_no_mark(clock):
    alliance = told(CANYON)
    assess_alliance(alliance=alliance, at=clock.read(), why="asked")
    client = client_of(Role.objects.get(alliance=alliance, kind=RoleKind.ORGANISER).person)
    for name in ("traits:readiness", "alliance:control", "alliance:contributions"):
        page = client.get(reverse(name, args=[alliance.slug])).content.decode()
        assert "come from a file" not in page
        assert "Not witnessed here" not in page
        assert "Not signed here" not in page
