"""The charter comes into force and the founding rules end; a version is void and everybody hears why."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alliance.models import Alliance, Role
from alliance.states import RoleKind, State
from audit.models import Event
from charter.services import lifecycle, ratification
from charter.states import VersionState
from governance.models import Decision, Holding, Officer
from governance.services.ballots import cast_ballot
from governance.services.closing import carry_out, close_decision
from governance.services.decisions import draft_decision
from governance.services.opening import open_voting
from governance.states import DecisionState
from notifications.services import relay
from tests.charter.steps import chair, offered, organiser, proof, sign, signatories, state_of, told
from tests.governance.refusals import refused
from tests.stories import CANYON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


def election(alliance: Alliance) -> tuple[Decision, Holding]:
    """A members' vote that makes another holder the chair: open, with every ballot a yes."""
    held = Holding.objects.current().accepted().filter(alliance=alliance).exclude(person=chair(alliance))
    other = held.order_by("pk")[0]
    by = organiser(alliance)
    drafted = draft_decision(
        actor=by, alliance=alliance, title="Another chair", motion="They become the chair.",
        effect="elect_chair", effect_data={"person": str(other.person_id)},
    )  # fmt: skip
    vote = open_voting(actor=by, decision=drafted)
    for role in Role.objects.filter(alliance=alliance, kind=RoleKind.REPRESENTATIVE).order_by("pk"):
        if vote.electors.filter(group=role.member.group_key, ballot__isnull=True).exists():
            cast_ballot(actor=role.person, decision=vote, choice="yes", proof=proof())
    return vote, other


def sign_all(alliance: Alliance, version: Any) -> None:
    for role in signatories(alliance):
        sign(version, role)


def test_a_founding_vote_that_is_open_when_the_charter_comes_into_force_lapses(clock):
    alliance = told(CANYON)
    version = offered(alliance)
    before = chair(alliance)
    vote, _other = election(alliance)
    sign_all(alliance, version)
    vote.refresh_from_db()
    assert (state_of(alliance), vote.state) == (State.ACTIVE, DecisionState.LAPSED)
    assert Event.objects.filter(verb="governance.decision.lapsed", subject=vote.pk).count() == 1
    clock.move(days=6)
    close_decision(decision=vote)
    vote.refresh_from_db()
    assert (vote.state, vote.outcomes.count()) == (DecisionState.LAPSED, 0)
    assert Officer.objects.get(alliance=alliance, ends_at=None).person == before
    voter = Role.objects.filter(alliance=alliance, kind=RoleKind.REPRESENTATIVE).order_by("pk")[0].person
    with refused("voting_closed"):
        cast_ballot(actor=voter, decision=vote, choice="no", proof=proof())


def test_a_lapsed_vote_shows_no_ballot_and_says_why(client: Client):
    alliance = told(CANYON)
    version = offered(alliance)
    vote, _other = election(alliance)
    sign_all(alliance, version)
    client.force_login(organiser(alliance), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/a/{alliance.slug}/decisions/{vote.number}/").content.decode()
    assert "This has lapsed." in page
    assert "The charter came into force before this took effect" in page
    assert "Named by" not in page
    assert client.get(f"/a/{alliance.slug}/decisions/{vote.number}/recount/").status_code == 404


def test_a_founding_vote_that_was_adopted_but_waits_for_its_effect_lapses_with_its_outcome_kept():
    alliance = told(CANYON)
    version = offered(alliance)
    vote, other = election(alliance)
    Decision.objects.filter(pk=vote.pk).update(
        state=DecisionState.CLOSED, closed_at=vote.closes_at, effective_at=vote.closes_at, effect_problem="not_now"
    )
    sign_all(alliance, version)
    vote.refresh_from_db()
    assert (vote.state, vote.is_decided) == (DecisionState.LAPSED, True)
    with refused("wrong_state"):
        carry_out(actor=chair(alliance), decision=vote)
    assert not Officer.objects.filter(alliance=alliance, person=other.person, ends_at=None).exists()


def test_a_vote_that_the_clock_has_closed_counts_before_the_last_signature_does(clock):
    alliance = told(CANYON)
    version = offered(alliance)
    vote, other = election(alliance)
    roles = signatories(alliance)
    for role in roles[:-1]:
        sign(version, role)
    clock.move(days=6)
    sign(version, roles[-1])
    vote.refresh_from_db()
    version.refresh_from_db()
    assert vote.state == DecisionState.EFFECTIVE
    assert Officer.objects.get(alliance=alliance, ends_at=None).person == other.person
    # the chair is named in the text, so what was signed is not what is in force now
    assert (state_of(alliance), version.state, version.void_reason) == (
        State.FORMING,
        VersionState.VOID,
        "text_changed",
    )


def test_votes_of_an_alliance_that_is_given_up_lapse():
    alliance = told(CANYON)
    vote, _other = election(alliance)
    lifecycle.abandon_alliance(actor=organiser(alliance), alliance=alliance, reason="No longer needed.")
    vote.refresh_from_db()
    assert vote.state == DecisionState.LAPSED


def test_a_vote_that_was_over_before_the_alliance_is_given_up_keeps_its_outcome(clock):
    alliance = told(CANYON)
    vote, _other = election(alliance)
    clock.move(days=6)
    lifecycle.abandon_alliance(actor=organiser(alliance), alliance=alliance, reason="No longer needed.")
    vote.refresh_from_db()
    assert (vote.state, vote.outcomes.count()) == (DecisionState.EFFECTIVE, 1)


def test_in_force_tells_that_votes_have_lapsed():
    alliance = told(CANYON)
    version = offered(alliance)
    election(alliance)
    relay.run()
    mail.outbox.clear()
    sign_all(alliance, version)
    relay.run()
    sent = next(each for each in mail.outbox if each.to == [organiser(alliance).email])
    assert sent.subject == f"The charter of {alliance} is in force"
    said = " ".join(sent.body.split())
    assert "A members’ vote that had not taken effect has lapsed with the founding rules." in said


def test_everybody_hears_that_a_version_is_void_and_why(client: Client):
    alliance = told(CANYON)
    version = offered(alliance)
    roles = signatories(alliance)
    for role in roles[:2]:
        sign(version, role)
    relay.run()
    mail.outbox.clear()
    ratification.withdraw_ratification(actor=organiser(alliance), alliance=alliance)
    relay.run()
    told_of = {address for each in mail.outbox for address in each.to}
    assert {role.person.email for role in roles} <= told_of
    sent = mail.outbox[0]
    assert sent.subject == f"The charter of {alliance} is not being signed any more"
    assert "Version 1.0.0 is void. The convener took it back." in " ".join(sent.body.split())
    client.force_login(roles[0].person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/a/{alliance.slug}/charter/signing/").content.decode()
    assert "Version 1.0.0 is void." in page
    assert "The convener took it back. Its 2 signatures stay on record, and do not count." in page
    assert "Void since" in page


def test_everybody_hears_that_a_trait_dropped_and_it_is_not_ready_any_more():
    alliance = told(CANYON)
    lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    relay.run()
    mail.outbox.clear()
    Holding.objects.filter(alliance=alliance).update(left_at=Officer.objects.filter(alliance=alliance)[0].starts_at)
    lifecycle.recheck_ready(alliance=alliance)
    assert state_of(alliance) == State.FORMING
    relay.run()
    sent = next(each for each in mail.outbox if each.to == [organiser(alliance).email])
    assert sent.subject == f"{alliance} is not ready any more"
    assert "What blocks:" in sent.body
