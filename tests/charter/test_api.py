"""The same commands by the API: same services, same permissions, each key once."""

from datetime import UTC, datetime

import pytest
from rest_framework.test import APIClient

from accounts.doors import SIGN_INS
from accounts.models import Person
from alliance.models import Alliance
from alliance.states import State
from charter.models import Signature
from tests import factories
from tests.charter.steps import chair, offered, organiser, signatories, told
from tests.refusals import everything
from tests.stories import CANYON, CODEC, HARBOUR
from traits.models import Assessment

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(person: Person, *, proven: bool = True) -> APIClient:
    """A session of this person, with a fresh proof of sign-in or without one."""
    client = APIClient()
    client.force_login(person, backend=BACKEND)
    if proven:
        session = client.session
        session[SIGN_INS] = [{"method": "password", "at": datetime.now(UTC).timestamp()}]
        session.save()
    return client


def path(alliance: Alliance, rest: str) -> str:
    return f"/api/v1/alliances/{alliance.slug}/{rest}"


def test_a_signature_by_the_api_is_one_signature():
    alliance = told(CANYON)
    version = offered(alliance)
    role = signatories(alliance)[0]
    client = signed_in(role.person)
    body = {"member": str(role.member_id), "hash": version.hash}
    to = path(alliance, f"charter/versions/{version.pk}/signatures/")
    first = client.post(to, body, format="json", headers={"Idempotency-Key": "once"})
    again = client.post(to, body, format="json", headers={"Idempotency-Key": "once"})
    other = client.post(to, body | {"hash": "0" * 64}, format="json", headers={"Idempotency-Key": "once"})
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert Signature.objects.count() == 1


def test_nothing_is_proposed_or_opened_before_a_draft_and_the_answer_says_so():
    alliance = told(HARBOUR)
    client = signed_in(organiser(alliance))
    before = everything()
    answers = [
        client.post(path(alliance, "charter/proposal/"), headers={"Idempotency-Key": "once"}),
        client.post(f"/a/{alliance.slug}/charter/signing/propose/", headers={"Accept": "application/json"}),
        client.post(f"/a/{alliance.slug}/charter/signing/begin/", headers={"Accept": "application/json"}),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert answers[0].json()["code"] == "no_draft"
    assert client.get(path(alliance, "charter/")).status_code == 404
    assert everything() == before


def test_without_a_fresh_proof_nothing_is_signed():
    alliance = told(CANYON)
    version = offered(alliance)
    role = signatories(alliance)[0]
    body = {"member": str(role.member_id), "hash": version.hash}
    to = path(alliance, f"charter/versions/{version.pk}/signatures/")
    answer = signed_in(role.person, proven=False).post(to, body, format="json", headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_stale")
    assert not Signature.objects.exists()


def test_a_foreign_member_is_no_member():
    alliance, other = told(CANYON), told(CODEC)
    version = offered(alliance)
    role = signatories(alliance)[0]
    body = {"member": str(other.members.first().pk), "hash": version.hash}
    to = path(alliance, f"charter/versions/{version.pk}/signatures/")
    answer = signed_in(role.person).post(to, body, format="json", headers={"Idempotency-Key": "k"})
    assert answer.status_code == 400
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("method", "rest"),
    [
        ("get", "assessments/"),
        ("post", "assessments/"),
        ("get", "charter/"),
        ("get", "charter/versions/"),
        ("get", "file/"),
        ("post", "moves/"),
        ("post", "acknowledgements/"),
    ],
)
def test_an_outsider_finds_nothing(method, rest):
    alliance = told(HARBOUR)
    client = signed_in(factories.person())
    answer = getattr(client, method)(path(alliance, rest), {}, format="json", headers={"Idempotency-Key": "k"})
    missing = getattr(client, method)(
        f"/api/v1/alliances/no-such/{rest}", {}, format="json", headers={"Idempotency-Key": "k"}
    )
    assert (answer.status_code, answer.content) == (404, missing.content)


def test_the_api_leads_past_no_missing_trait():
    alliance = told(HARBOUR)
    client = signed_in(organiser(alliance))
    answer = client.post(path(alliance, "moves/"), {"to": "ready"}, format="json", headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (422, "traits_missing")
    alliance.refresh_from_db()
    assert alliance.state == State.FORMING
    answer = client.post(path(alliance, "moves/"), {"to": "active"}, format="json", headers={"Idempotency-Key": "k2"})
    assert answer.status_code == 400


def test_a_warning_is_accepted_by_the_chair():
    alliance = told(CODEC, lambda document: document.update(acknowledgements=[]))
    body = {"indicator": "G2", "reason": "Known for the first term."}
    to = path(alliance, "acknowledgements/")
    refused = signed_in(organiser(alliance)).post(to, body, format="json", headers={"Idempotency-Key": "k"})
    done = signed_in(chair(alliance)).post(to, body, format="json", headers={"Idempotency-Key": "k"})
    assert (refused.status_code, done.status_code) == (403, 201)
    assert alliance.acknowledgements.count() == 1


def test_assessing_needs_a_part_in_the_alliance(clock):
    alliance = told(HARBOUR)
    clock.move(days=1)
    before = Assessment.objects.count()
    answer = signed_in(organiser(alliance)).post(path(alliance, "assessments/"))
    assert answer.status_code == 201
    assert answer.json()["levels"]["surrender"] == "absent"
    assert Assessment.objects.count() == before + 1


def test_the_draft_is_written_by_the_organiser():
    alliance = told(CANYON)
    client = signed_in(organiser(alliance))
    made = client.post(path(alliance, "charter/"), {"template": "joint_problem"}, format="json")
    assert made.status_code == 201
    assert len(made.json()["sections"]) == 20
    bad = client.put(path(alliance, "charter/sections/scope/"), {"text": "{{ no.field }}"}, format="json")
    assert (bad.status_code, bad.json()["field"]) == (422, "text")
    good = client.put(path(alliance, "charter/sections/scope/"), {"text": "All of it."}, format="json")
    assert good.json() == {"key": "scope", "text": "All of it."}
