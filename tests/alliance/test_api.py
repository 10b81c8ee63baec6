"""The API says and does what the pages do: the same services, the same permissions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from alliance.models import Alliance, Contribution, Round, Worksheet
from alliance.states import Membership, RoleKind, RoundState
from tests import factories as make
from tests.alliance.growing import grow
from tests.alliance.pages import client_of
from tests.refusals import everything

pytestmark = pytest.mark.django_db

READS = [
    "alliance", "events", "parties", "members", "people", "relations", "contributions", "topics", "positions",
    "worksheets", "streams", "legacy", "rounds", "powers", "reviews",
]  # fmt: skip
FOUND = {
    "name": "Harbour Zero", "purpose": "Power from shore.", "origin": "problem", "statement": "Ships burn oil.",
    "permanence": "temporary", "term_months": 24, "convener": "Port Authority", "category": "port",
    "affected_parties": ["City"],
    "first_members": [
        {"organisation": "Corvus", "category": "shipping", "name": "Ann", "email": "ann@corvus.example",
         "roles": ["representative"]},
    ],
}  # fmt: skip


def api(person, *, proven=False):
    """A JSON client in a session of this person."""
    client = APIClient()
    client.cookies = client_of(person, proven=proven).cookies
    return client


def at(name, alliance, *keys):
    return reverse(f"alliance_api:{name}", args=[alliance.slug, *keys])


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def organiser(alliance):
    make.member(alliance, organisation=alliance.convener)
    return make.organiser(alliance)


def test_an_alliance_is_founded_and_listed(stranger):
    client = api(stranger)

    made = client.post(reverse("alliance_api:alliances"), FOUND)

    assert made.status_code == 201, made.content
    listed = client.get(reverse("alliance_api:alliances")).json()
    assert [(each["slug"], each["profile"], each["convener"]) for each in listed] == [
        (Alliance.objects.get().slug, "essential", "Port Authority")
    ]
    assert make.verbs(Alliance.objects.get()) == ["alliance.alliance.founded", "alliance.member.invited"]


def test_an_alliance_is_founded_for_ones_own_organisation_by_its_identifier(stranger):
    own, others = make.organisation(), make.organisation()
    make.affiliation(stranger, own)
    client = api(stranger)
    listed = client.get(reverse("me")).json()["organisations"]
    before = everything()

    refused = client.post(reverse("alliance_api:alliances"), {**FOUND, "convener": str(others.pk)})

    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        422, "not_your_organisation", "convener",
    )  # fmt: skip
    assert everything() == before
    assert {"id": str(own.pk), "name": own.name} in listed
    assert str(others.pk) not in str(listed)
    made = client.post(reverse("alliance_api:alliances"), {**FOUND, "convener": str(own.pk).upper()})
    assert made.status_code == 201, made.content
    assert Alliance.objects.get().convener == own


def test_what_counsel_will_ask_about_is_named_to_the_writer(alliance, organiser):
    client = api(organiser)

    told = client.post(at("topics", alliance), {"name": "Agree prices for customers", "measure": "A list"}).json()
    plain = client.post(at("topics", alliance), {"name": "One format", "measure": "Share of claims"}).json()

    assert told["hits"]
    assert plain["hits"] == []


def test_a_steward_can_be_named_by_what_the_api_shows(alliance, organiser):
    steward = make.representative(make.member(alliance))
    client = api(organiser)
    people = client.get(at("people", alliance)).json()
    found = next(each["person"] for each in people if each["name"] == steward.name)

    made = client.post(
        at("streams", alliance),
        {"title": "One format", "effect": "removes_cost", "beneficiaries": [], "steward": found},
    )

    assert made.status_code == 201, made.content
    [stream] = client.get(at("streams", alliance)).json()
    assert (stream["steward"], stream["steward_name"]) == (str(steward.pk), steward.name)


def test_a_known_name_is_refused_where_it_stands(stranger):
    make.organisation("Port Authority")

    refused = api(stranger).post(reverse("alliance_api:alliances"), {**FOUND, "convener": "Port  authority"})

    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        422, "organisation_known", "convener",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "status", "named"),
    [
        ({"term_months": None}, 422, "term_missing"),
        ({"origin": "whim"}, 400, "invalid"),
        ({"colour": "red"}, 400, "invalid"),
        ({"affected_parties": "City"}, 400, "invalid"),
        ({"pooled_amount": -1}, 400, "invalid"),
    ],
)
def test_bad_input_is_named_and_writes_nothing(stranger, change, status, named):
    client = api(stranger)
    before = everything()

    answer = client.post(reverse("alliance_api:alliances"), {**FOUND, **change})

    assert (answer.status_code, answer.json()["code"]) == (status, named)
    assert everything() == before


@pytest.mark.parametrize("name", READS)
def test_a_read_is_open_to_the_alliances_people_only(name, alliance, organiser, stranger):
    assert api(organiser).get(at(name, alliance)).status_code == 200
    assert api(stranger).get(at(name, alliance)).status_code == 404
    assert APIClient().get(at(name, alliance)).status_code == 401


@pytest.mark.parametrize("name", [name for name in READS if name != "alliance"])
def test_a_list_takes_the_same_statements_whatever_its_size(name, alliance, organiser):
    client = api(organiser)
    client.get(at(name, alliance))
    grow(alliance, organiser, 1)
    with CaptureQueriesContext(connection) as one:
        client.get(at(name, alliance))

    grow(alliance, organiser, 2)
    grow(alliance, organiser, 3)
    with CaptureQueriesContext(connection) as three:
        answer = client.get(at(name, alliance))

    assert len(three) == len(one) <= 20
    assert answer.json()


def test_refusals_are_told_apart(alliance, organiser):
    member = make.member(alliance, state=Membership.INVITED)
    admit = at("admission", alliance, member.pk)

    not_now = api(organiser).post(admit)
    not_you = api(make.holder(alliance, RoleKind.OBSERVER)).post(admit)
    not_here = api(organiser).post(at("admission", alliance, make.member(make.alliance()).pk))

    assert (not_now.status_code, not_now.json()["code"]) == (422, "not_accepted")
    assert (not_you.status_code, not_you.json()["code"]) == (403, "not_permitted")
    assert (not_here.status_code, not_here.json()["code"]) == (404, "not_found")


def test_members_come_in_by_the_api(alliance, organiser):
    client = api(organiser)
    corvus = {**FOUND["first_members"][0], "roles": ["signatory"]}

    refused = client.post(at("members", alliance), corvus)
    made = client.post(at("members", alliance), {**corvus, "mandate": "board"})
    counsel = client.post(
        at("people", alliance), {"name": "A", "email": "a@x.example", "roles": ["counsel"], "organisation": "Roth"}
    )

    assert (refused.status_code, refused.json()["field"]) == (422, "mandate")
    assert (made.status_code, made.json()["state"]) == (201, "invited")
    assert counsel.status_code == 201


def test_a_thing_of_another_alliance_is_no_input(alliance, organiser):
    foreign = make.member(make.alliance())

    answer = api(organiser).post(
        at("relations", alliance), {"first": str(foreign.pk), "second": str(foreign.pk), "kind": "competes"}
    )

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["first", "second"])


def test_positions_are_stated_by_the_representative(alliance, organiser):
    member, topic = make.member(alliance), make.topic(alliance)
    url, row = at("member_positions", alliance, member.pk), {"stance": 2, "salience": 90}

    answer = api(make.representative(member)).put(url, [{**row, "topic": str(topic.pk)}])

    assert answer.status_code == 200
    assert api(organiser).get(at("positions", alliance)).json()[0]["salience"] == 90
    assert api(organiser).put(url, [{**row, "topic": str(topic.pk)}]).status_code == 403


def test_a_contribution_is_signed_once_for_a_key(alliance):
    member = make.member(alliance)
    voice, hand = make.representative(member), make.signatory(member)
    promised = api(voice).post(at("promises", alliance, member.pk), {"kind": "data", "description": "Claims"})
    url = at("sign", alliance, promised.json()["id"])
    client = api(hand, proven=True)

    without_key = client.post(url)
    unproven = api(hand).post(url, headers={"Idempotency-Key": "one"})
    first, again = (client.post(url, headers={"Idempotency-Key": "two"}) for _each in range(2))
    other_key = client.post(url, headers={"Idempotency-Key": "three"})

    assert (without_key.status_code, without_key.json()["code"]) == (422, "idempotency_key_missing")
    assert (unproven.status_code, unproven.json()["code"]) == (403, "proof_stale")
    assert (first.status_code, again.status_code, first.json()) == (200, 200, again.json())
    assert (other_key.status_code, other_key.json()["code"]) == (422, "signed_already")
    assert make.verbs(alliance) == ["alliance.contribution.promised", "alliance.contribution.signed"]
    assert Contribution.objects.get().signed_by == hand


def test_a_round_goes_its_way_by_the_api(alliance):
    member, organiser = make.member(alliance), make.organiser(alliance)
    step = {"member": str(member.pk), "domain": "data", "to_level": 2}
    client = api(organiser)

    twice = client.post(at("rounds", alliance), {"steps": [step, step]})
    made = client.post(at("rounds", alliance), {"steps": [step]})
    signed = api(make.signatory(member), proven=True).post(
        at("sign_round", alliance, made.json()["id"]),
        {"member": str(member.pk)},
        headers={"Idempotency-Key": "k"},
    )

    assert (twice.status_code, made.status_code, signed.status_code) == (422, 201, 200)
    assert Round.objects.get().state == RoundState.COMPLETED


def test_streams_and_what_lasts(alliance, organiser):
    member = make.member(alliance)
    steward, client = make.representative(member), api(organiser)
    stream = {"title": "Air", "effect": "removes_cost", "beneficiaries": [str(member.pk)], "steward": str(steward.pk)}

    made = client.post(at("streams", alliance), stream).json()
    kept = api(steward).post(at("stewardship", alliance, made["id"]))
    changed = client.put(at("stream", alliance, made["id"]), {**stream, "title": "Clean air"})
    durable = client.post(
        at("durable_forms", alliance, made["id"]), {"form": "fund", "description": "x", "successor": "City"}
    )
    legacy = client.put(at("legacy_part", alliance, "data"), {"text": "Erase it", "owner": "City"})

    assert (kept.status_code, changed.status_code, durable.status_code, legacy.status_code) == (200, 200, 201, 200)
    assert kept.json()["steward_accepted_at"]
    assert changed.json()["steward_accepted_at"] is None
    assert client.put(at("legacy_part", alliance, "hope"), {"text": "x"}).status_code == 404


def test_figures_stay_sealed(alliance, organiser):
    member = make.member(alliance)
    voice = make.representative(member)
    span = {"low": 100, "base": 200, "high": 300}
    figures = {"currency": "USD", "benefit": span, "cost": span, "fall_back": span, "basis": "Books"}

    made = api(voice, proven=True).post(at("worksheet", alliance, member.pk), figures, headers={"Idempotency-Key": "k"})
    listed = api(organiser).get(at("worksheets", alliance)).json()
    url = at("open_worksheet", alliance, Worksheet.objects.get().pk)

    assert (made.status_code, listed[0]["is_sealed"]) == (201, True)
    assert "200" not in str(listed[0]["statement"])
    assert api(voice).post(url).json() == {**figures, "alone": None, "actuals": []}
    assert api(organiser).post(url).status_code == 403


def test_what_it_would_cost_alone_is_sealed_with_the_rest(alliance, organiser):
    member = make.member(alliance)
    voice = api(make.representative(member), proven=True)
    span = {"low": 100, "base": 200, "high": 300}
    figures = {"currency": "USD", "benefit": span, "cost": span, "fall_back": span, "basis": "Books", "alone": 7654}
    url = at("worksheet", alliance, member.pk)

    for wrong in (-1, "much", 10**18):
        assert voice.post(url, {**figures, "alone": wrong}, headers={"Idempotency-Key": "k"}).status_code == 400
    assert not Worksheet.objects.exists()
    assert voice.post(url, figures, headers={"Idempotency-Key": "l"}).status_code == 201
    opened = at("open_worksheet", alliance, Worksheet.objects.get().pk)
    assert voice.post(opened).json() == {**figures, "actuals": []}
    assert api(organiser).post(opened).status_code == 403
    assert "7654" not in str(api(organiser).get(at("worksheets", alliance)).json())


def test_the_rest_of_the_founding_facts(alliance, organiser):
    client = api(organiser)

    changed = client.patch(at("alliance", alliance), {"purpose": "Other"})
    raised = client.put(at("profile", alliance), {"profile": "strict"})
    exits = client.put(at("exit_terms", alliance), {"exit_notice_days": 90, "exit_cost": "nothing"})
    party = client.post(at("parties", alliance), {"name": "Fishers"})
    explained = client.put(at("party", alliance, party.json()["id"]), {"reason_absent": "Asked"})

    assert [each.status_code for each in (changed, raised, exits, party, explained)] == [200, 200, 200, 201, 200]
    assert (changed.json()["purpose"], raised.json()["profile"], exits.json()["exit_notice_days"]) == (
        "Other", "strict", 90,
    )  # fmt: skip


def test_the_log_is_read_and_narrowed(alliance, organiser):
    client = api(organiser)
    client.post(at("topics", alliance), {"name": "Data"})
    client.post(at("parties", alliance), {"name": "City"})

    told = client.get(at("events", alliance)).json()
    narrowed = client.get(at("events", alliance), {"verb": "alliance.topic.added"}).json()

    assert [each["text"] for each in told] == ["Affected party added: City", "Topic added: Data"]
    assert [each["seq"] for each in narrowed] == [1]
    assert client.get(at("events", alliance), {"page": "x"}).status_code == 400
    assert client.get(at("events", alliance), {"page": "99999"}).json() == []
