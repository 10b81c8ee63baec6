"""The same commands by the API: same services, same permissions, each key once, and no choice before the close."""

import json
from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from accounts.doors import SIGN_INS
from accounts.services import tokens
from alliance.states import RoleKind, State
from governance.models import Attestation, Ballot, BallotVersion, Decision, Holding, Seat
from governance.services.closing import close_decision
from governance.states import DecisionState
from governance.texts import INDEPENDENCE_HASH
from tests import factories as make
from tests.governance.refusals import everything

pytestmark = pytest.mark.django_db


def client_of(person, *, proven=True):
    client = APIClient()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    if proven:
        session = client.session
        session[SIGN_INS] = [{"method": "password", "at": make.clock.read().timestamp()}]
        session.save()
    return client


def post(client, path, body=None, key="once"):
    return client.post(path, body or {}, format="json", headers={"Idempotency-Key": key})


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def holders(alliance):
    return make.committee(alliance, 5)


def test_effects_are_listed_with_what_they_take(alliance, holders):
    address = f"/api/v1/alliances/{alliance.slug}/"
    client = client_of(holders[0].person)

    listed = {each["key"]: each for each in client.get(f"{address}effects/").json()}

    assert "person" in listed["elect_chair"]["effect_data"]
    assert listed["none"]["effect_data"] == {}
    assert "set_profile" not in listed
    row = make.decision_class(alliance)
    body = {"title": "Chair", "motion": "Ann chairs.", "decision_class": str(row.pk), "effect": "elect_chair"}
    given = {**body, "effect_data": {"person": str(holders[1].person_id)}}
    made = client.post(f"{address}decisions/", given, format="json")
    assert made.status_code == 201, made.content


def test_everything_listed_says_what_it_takes():
    forming = make.alliance()
    address = f"/api/v1/alliances/{forming.slug}/effects/"
    listed = client_of(make.organiser(forming)).get(address).json()
    wanting = {"set_core_domains": "levels", "set_profile": "profile", "appoint_interim_committee": "holders"}
    taken = {each["key"]: each["effect_data"] for each in listed}
    assert all(name in taken[key] for key, name in wanting.items())


@pytest.fixture
def vote(alliance, holders):
    return make.open_vote(alliance, holders)


def at(alliance, rest):
    return f"/api/v1/alliances/{alliance.slug}/{rest}"


def of(vote, rest=""):
    return at(vote.alliance, f"decisions/{vote.number}/{rest}")


def test_ballot_is_cast_once_a_key_and_answered_by_a_receipt(vote, holders):
    client = client_of(holders[0].person)
    body = {"choice": "no", "declared": True, "reason": "Xylophone"}
    first = post(client, of(vote, "ballot/"), body)
    again = post(client, of(vote, "ballot/"), body)
    other = post(client, of(vote, "ballot/"), body | {"choice": "yes"})
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert first.json()["commitment"] == BallotVersion.objects.get().commitment
    assert set(first.json()) == {"cast_at", "version", "commitment"}
    assert Ballot.objects.get().version == 1


def test_nothing_that_the_api_says_before_the_close_tells_how_anybody_voted(vote, holders, clock):
    client = client_of(holders[0].person)
    post(client, of(vote, "ballot/"), {"choice": "abstain", "declared": True, "reason": "Xylophone"})
    for viewer in (holders[0].person, holders[1].person, make.holder(vote.alliance, RoleKind.AUDITOR)):
        for rest in ("", f"{vote.number}/"):
            said = client_of(viewer).get(at(vote.alliance, f"decisions/{rest}")).content.decode()
            assert "abstain" not in said
            assert "Xylophone" not in said
    electors = client.get(of(vote)).json()["electors"]
    assert [each["has_voted"] for each in electors].count(True) == 1
    assert {each["choice"] for each in electors} == {None}
    assert client.get(of(vote, "case/")).status_code == 404
    clock.move(days=8)
    assert client.get(of(vote)).json()["electors"][0]["choice"] is None
    close_decision(decision=vote)
    assert {each["choice"] for each in client.get(of(vote)).json()["electors"]} == {None, "abstain"}
    assert client.get(of(vote, "case/")).json()["ballots"] == {str(holders[0].seat_id): "abstain"}


def test_token_casts_nothing(vote, holders):
    _token, text = tokens.make_token(actor=holders[0].person, proof=make.proof())
    client = APIClient(headers={"Authorization": f"Token {text}"})
    assert client.get(of(vote)).status_code == 200
    answer = post(client, of(vote, "ballot/"), {"choice": "yes", "declared": True})
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_stale")
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"choice": "yes"}, 422, "not_declared"),
        ({"choice": "agree", "declared": True}, 422, "choice_missing"),
        ({"choice": "maybe", "declared": True}, 400, "invalid"),
        ({}, 400, "invalid"),
    ],
)
def test_wrong_ballot_is_refused_whole(vote, holders, body, status, code):
    client = client_of(holders[0].person)
    before = everything()
    answer = post(client, of(vote, "ballot/"), body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert everything() == before


def test_binding_posts_ask_for_a_key(vote, holders):
    client = client_of(holders[0].person)
    for rest in ("ballot/", "recusal/", "opening/"):
        answer = client.post(of(vote, rest), {}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_missing")


def test_decision_goes_its_way_by_the_api(alliance, holders):
    ordinary = make.decision_class(alliance)
    first, second = client_of(holders[0].person), client_of(holders[1].person)
    body = {"title": "Adopt", "motion": "We adopt.", "decision_class": str(ordinary.pk)}
    drafted = first.post(at(alliance, "decisions/"), body, format="json")
    assert (drafted.status_code, drafted.json()["state"]) == (201, "draft")
    decision = Decision.objects.get()
    assert first.put(of(decision), {**body, "title": "Adopt it"}, format="json").json()["title"] == "Adopt it"
    assert first.post(of(decision, "second/")).status_code == 403
    assert second.post(of(decision, "second/")).status_code == 200
    assert second.get(of(decision)).json()["acts"] == ["open_voting", "suggest_change"]
    assert post(second, of(decision, "opening/")).json()["state"] == "open"
    assert post(second, of(decision, "recusal/"), {"reason": "My spouse."}, key="other").status_code == 201
    assert first.post(of(decision, "withdrawal/")).json()["code"] == "wrong_state"
    listed = first.get(at(alliance, "decisions/"), {"view": "open"}).json()
    assert [each["number"] for each in listed] == [decision.number]


def test_foreign_class_is_no_class(alliance, holders):
    foreign = make.decision_class(make.alliance())
    body = {"title": "Adopt", "motion": "We adopt.", "decision_class": str(foreign.pk)}
    assert client_of(holders[0].person).post(at(alliance, "decisions/"), body, format="json").status_code == 400
    assert not Decision.objects.exists()


def test_committee_is_set_up_by_the_api():
    alliance = make.alliance()
    client, nominee, member = client_of(make.organiser(alliance)), make.person(), make.member(alliance)
    terms = {
        "term_months": 24,
        "term_limit": None,
        "forbids_instruction": True,
        "forbids_proxies": True,
        "appeal_route": "",
        "records_held_by": "",
    }
    assert client.put(at(alliance, "committee/terms/"), terms, format="json").json()["term_months"] == 24
    body = {"label": "North", "weight": 1, "member": str(member.pk)}
    made = client.post(at(alliance, "committee/seats/"), body, format="json").json()
    seat = at(alliance, f"committee/seats/{made['id']}/")
    assert client.put(seat, body | {"label": "South"}, format="json").json()["label"] == "South"
    today = make.clock.read().date()
    named = {
        "email": nominee.email,
        "name": "Ruth",
        "appointed_by": None,
        "starts_on": str(today),
        "ends_on": str(today + timedelta(days=365)),
    }
    assert client.post(f"{seat}nomination/", named, format="json").json()["holding"]["person"] == str(nominee.pk)
    assert client.delete(f"{seat}nomination/").status_code == 204
    assert client.post(f"{seat}nomination/", named, format="json").status_code == 201
    own = client_of(nominee)
    assert post(own, at(alliance, "committee/mine/acceptance/")).status_code == 201
    assert own.get(at(alliance, "committee/mine/statement/")).json()["hash"] == INDEPENDENCE_HASH
    signed = post(own, at(alliance, "committee/mine/statement/"), {"hash": INDEPENDENCE_HASH}, key="sign")
    assert signed.status_code == 201
    assert Attestation.objects.count() == 1
    said = post(own, at(alliance, "committee/mine/disclosure/"), {"nothing_to_disclose": True}, key="say")
    assert said.status_code == 201
    assert [each["standing"] for each in client.get(at(alliance, "committee/")).json()["seats"]] == ["occupied"]
    assert own.delete(at(alliance, "committee/mine/")).status_code == 204
    assert not Holding.objects.current().exists()
    assert client.delete(seat).status_code == 204
    assert not Seat.objects.standing().exists()


def test_classes_are_adopted_and_changed_by_the_api():
    alliance = make.alliance()
    client = client_of(make.organiser(alliance))
    assert len(client.post(at(alliance, "classes/")).json()) == 8
    changed = client.patch(at(alliance, "classes/ordinary/"), {"threshold": "3/5"}, format="json")
    assert changed.json()["threshold"] == "3/5"
    wrong = client.patch(at(alliance, "classes/ordinary/"), {"threshold": "6/5"}, format="json")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "threshold")
    assert len(client.get(at(alliance, "classes/")).json()) == 8


def test_reports_are_for_the_auditor(alliance, holders):
    client, auditor = client_of(holders[0].person), client_of(make.holder(alliance, RoleKind.AUDITOR))
    body = {"seat": str(holders[1].seat_id), "text": "I was told."}
    sent = client.post(at(alliance, "committee/reports/"), body, format="json")
    assert (sent.status_code, sent.json()) == (201, {"is_recorded": True})
    assert [each["text"] for each in client.get(at(alliance, "committee/reports/")).json()] == ["I was told."]
    assert client_of(holders[1].person).get(at(alliance, "committee/reports/")).json() == []
    report = auditor.get(at(alliance, "committee/reports/")).json()[0]
    finding = at(alliance, f"committee/reports/{report['id']}/finding/")
    assert client.post(finding, {"was_instructed": True}, format="json").status_code == 403
    assert auditor.post(finding, {"was_instructed": True}, format="json").json()["was_instructed"] is True


def test_fields_that_are_not_asked_for_are_refused_and_not_written(alliance, holders, vote):
    ordinary = make.decision_class(alliance, "budget")
    sent = dict.fromkeys(("state", "number", "proposer", "opened_at", "witnessed", "times_returned"), "x")
    body = {"title": "A", "motion": "B", "decision_class": str(ordinary.pk)}
    before = Decision.objects.count()
    refused = client_of(holders[0].person).post(at(alliance, "decisions/"), body | sent, format="json")
    assert refused.status_code == 400
    assert set(refused.json()["fields"]) == set(sent)
    assert Decision.objects.count() == before
    made = client_of(holders[0].person).post(at(alliance, "decisions/"), body, format="json")
    found = Decision.objects.get(number=made.json()["number"])
    assert (found.state, found.proposer, found.opened_at) == (DecisionState.DRAFT, holders[0].person, None)
    assert json.loads(json.dumps(made.json()))["seconder"] is None


def test_strangers_find_nothing(vote, holders):
    client = client_of(make.organiser(make.alliance()))
    for rest in ("decisions/", "committee/", "classes/", "committee/mine/", "committee/reports/"):
        assert client.get(at(vote.alliance, rest)).status_code == 404
    for rest in ("", "case/"):
        assert client.get(of(vote, rest)).status_code == 404
    for rest in ("ballot/", "recusal/", "second/", "notice/", "opening/", "withdrawal/", "carrying-out/"):
        assert post(client, of(vote, rest), {"choice": "yes"}).status_code == 404
