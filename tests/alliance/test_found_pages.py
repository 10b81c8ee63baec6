"""Founding in four steps, each saved."""

import pytest
from django.urls import reverse

from alliance.models import Alliance
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import everything

pytestmark = pytest.mark.django_db

PROBLEM = {"origin": "problem", "statement": "Ships burn oil.", "purpose": "Power from shore.", "name": "Harbour Zero"}
TERM = {"permanence": "temporary", "term_months": "24", "pooled_amount": "1000.50", "currency": "usd"}
PARTIES = {"affected_parties": "City\n\nResidents\nCity", "category": "port"}
ANN = {
    "m0-organisation": "Corvus", "m0-category": "shipping", "m0-participation": "voting", "m0-name": "Ann",
    "m0-email": "ann@corvus.example", "m0-roles": ["representative"], "rows": "3",
}  # fmt: skip


def step(name):
    return reverse("alliance:found_step", args=[name])


@pytest.fixture
def founder():
    return make.person(works_for=make.organisation("Port Authority"))


@pytest.fixture
def client(founder):
    return client_of(founder)


def fill(client, founder):
    employer = founder.affiliations.get().organisation_id
    client.post(step("problem"), PROBLEM)
    client.post(step("term"), TERM)
    return client.post(step("parties"), {**PARTIES, "convener": str(employer)})


def test_four_steps_found_an_alliance(client, founder):
    assert fill(client, founder).url == step("members")

    answer = client.post(step("members"), ANN)

    alliance = Alliance.objects.get()
    assert answer.url == reverse("alliance:overview", args=[Alliance.objects.get().slug])
    assert (alliance.pooled_amount, alliance.currency, alliance.term_months) == (1000_50, "USD", 24)
    assert sorted(party.name for party in alliance.affected_parties.all()) == ["City", "Residents"]
    assert sorted(str(member) for member in alliance.members.all()) == ["Corvus", "Port Authority"]
    assert "Founded" in client.get(answer.url).content.decode()


def test_what_was_typed_is_there_when_one_comes_back(client, founder):
    fill(client, founder)
    client.post(step("members"), {**ANN, "more": "1"})

    assert "Ships burn oil." in client.get(step("problem")).content.decode()
    assert "Residents" in client.get(step("parties")).content.decode()
    last = client.get(step("members")).content.decode()
    assert 'value="ann@corvus.example"' in last
    assert "m3-organisation" in last
    assert "things to mend" not in last
    assert not Alliance.objects.exists()


def test_a_step_is_not_skipped(client):
    assert client.get(step("members")).url == step("problem")
    client.post(step("problem"), PROBLEM)
    assert client.get(step("parties")).url == step("term")
    assert client.get(step("nonsense")).status_code == 404


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("problem", {**PROBLEM, "purpose": ""}, "What for?"),
        ("term", {**TERM, "term_months": ""}, "Say for how many months the alliance is formed."),
        ("term", {**TERM, "currency": "U$D"}, "Write a currency by its three letters, such as USD or EUR."),
        ("term", {**TERM, "currency": "zzz"}, "Write a currency by its three letters, such as USD or EUR."),
        ("parties", {**PARTIES, "convener": "other"}, "Say which organisation you work for."),
    ],
)
def test_a_wrong_step_says_what_to_mend(client, name, typed, sentence):
    client.post(step("problem"), PROBLEM)
    client.post(step("term"), TERM)

    answer = client.post(step(name), typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_refused_invitation_is_shown_at_its_field_and_nothing_is_written(client, founder):
    fill(client, founder)
    twice = ANN | {name.replace("m0", "m1"): value for name, value in ANN.items() if name.startswith("m0")}
    before = everything()

    answer = client.post(step("members"), twice)

    assert answer.status_code == 422
    assert "This organisation is invited already." in answer.content.decode()
    assert everything() == before


def test_a_half_typed_row_is_not_lost(client, founder):
    fill(client, founder)

    answer = client.post(step("members"), {"rows": "3", "m2-organisation": "Corvus"})

    assert answer.status_code == 422
    assert 'value="Corvus"' in answer.content.decode()


def test_a_new_organisation_is_entered_with_the_founding(founder):
    newcomer = make.person()
    client = client_of(newcomer)
    client.post(step("problem"), PROBLEM)
    client.post(step("term"), TERM)
    taken = {**PARTIES, "convener": "other", "organisation": "Port Authority"}

    refused = client.post(step("parties"), taken)
    client.post(step("parties"), {**taken, "organisation": "Tug Company"})
    client.post(step("members"), {"rows": "1"})

    assert refused.status_code == 422
    assert "here already" in refused.content.decode()
    assert Alliance.objects.get().convener.name == "Tug Company"


@pytest.mark.django_db(transaction=True)
def test_one_session_founds_once_however_often_the_last_step_is_sent(race, client, founder):
    fill(client, founder)
    browsers = [client_of(founder) for _each in range(3)]
    for each in browsers:
        each.cookies = client.cookies

    answers = race(*(lambda each=each: each.post(step("members"), ANN) for each in browsers))

    alliance = Alliance.objects.get()
    assert {each.url for each in answers} <= {reverse("alliance:overview", args=[alliance.slug]), step("problem")}
    assert make.verbs(alliance).count("alliance.alliance.founded") == 1
    assert make.verbs(alliance).count("alliance.member.invited") == 1


def test_who_founds_a_second_one_founds_another(client, founder):
    for _each in range(2):
        fill(client, founder)
        client.post(step("members"), ANN)
    assert Alliance.objects.count() == 2


def test_a_refused_founding_may_be_sent_again(client, founder):
    fill(client, founder)
    assert client.post(step("members"), {**ANN, "m0-organisation": "Port Authority"}).status_code == 422
    assert not Alliance.objects.exists()
    client.post(step("members"), ANN)
    assert Alliance.objects.count() == 1
