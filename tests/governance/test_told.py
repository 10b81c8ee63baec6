"""What people hear of a vote on its way: notice, a day more, an outcome that turns, with whom it goes on."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alliance.services.interests import state_position
from alliance.states import State
from governance.models import Decision, Officer
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from governance.services.decisions import draft_decision, give_notice
from governance.services.opening import open_voting
from governance.services.recusal import recuse
from governance.states import DecisionState, Result
from notifications.services import relay
from tests import factories as make
from tests.governance.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def holders(alliance):
    return make.committee(alliance, 5)


def chairing(alliance, person):
    Officer.objects.create(alliance=alliance, office="chair", person=person, starts_at=make.clock.read())
    return person


def voice(alliance, **organisation):
    """The representative of a new member that has said what it wants."""
    member = make.member(alliance, organisation=make.organisation(**organisation))
    person = make.representative(member)
    topic = alliance.topics.first() or make.topic(alliance)
    state_position(actor=person, member=member, topic=topic, stance=2, salience=80)
    return person


def mails() -> dict[str, Any]:
    """One sweep's mails, by address; white space made one."""
    mail.outbox.clear()
    relay.run()
    return {sent.to[0]: (sent.subject, " ".join(sent.body.split())) for sent in mail.outbox}


def cast(decision, held, choice="yes", **fields):
    return cast_ballot(actor=held.person, decision=decision, choice=choice, declared=True, proof=make.proof(), **fields)


def step_out(decision, held):
    return recuse(actor=held.person, decision=decision, reason="A conflict.", proof=make.proof())


def signed_in(client: Client, person: Any) -> Client:
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_notice_reaches_those_who_decide_and_names_the_day(alliance, holders):
    chair = chairing(alliance, holders[0].person)
    rule = make.decision_class(alliance, "specification", notice_days=14)
    draft = draft_decision(
        actor=holders[1].person, alliance=alliance, title="Codes", motion="We use codes.", decision_class=rule
    )
    mails()
    give_notice(actor=chair, decision=draft)
    sent = mails()
    assert set(sent) == {held.person.email for held in holders}
    subject, body = sent[holders[2].person.email]
    assert subject == "Notice of a vote: Codes"
    assert "The vote may open from" in body


def test_the_vote_is_not_offered_before_its_notice_is_over(alliance, holders, clock, client):
    chair = chairing(alliance, holders[0].person)
    rule = make.decision_class(alliance, "specification", notice_days=14)
    draft = make.decision(alliance, chair, seconder=holders[1].person, decision_class=rule)
    address = f"/a/{alliance.slug}/decisions/{draft.number}/"
    page = signed_in(client, chair).get(address).content.decode()
    assert "Open the vote" not in page
    give_notice(actor=chair, decision=draft)
    page = client.get(address).content.decode()
    assert "Open the vote" not in page
    assert "The vote may open from" in page
    with refused("notice_running"):
        open_voting(actor=chair, decision=draft)
    clock.move(days=15)
    client = signed_in(Client(), chair)
    assert "Open the vote" in client.get(address).content.decode()


def test_a_class_that_votes_in_secret_is_refused_before_anybody_works_on_it(alliance, holders):
    rule = make.decision_class(alliance, "officer-removal", secret_from=5)
    with refused("secret_vote"):
        draft_decision(actor=holders[0].person, alliance=alliance, title="A", motion="B", decision_class=rule)


def test_a_day_more_is_told_to_all_who_may_vote_and_said_on_the_page(alliance, holders, clock, client):
    vote = make.open_vote(alliance, holders, decision_class=make.decision_class(alliance, "ordinary"))
    for held in holders[:2]:
        cast(vote, held)
    clock.move(days=6, hours=20)
    mails()
    cast(vote, holders[2])
    sent = mails()
    assert {held.person.email for held in holders} == set(sent)
    assert sent[holders[0].person.email][0] == f"Voting goes on for a day: {vote.title}"
    page = signed_in(client, holders[0].person).get(f"/a/{alliance.slug}/decisions/{vote.number}/").content.decode()
    assert "Voting goes on for a day longer than announced." in page


def closed(alliance, holders, clock, key="admission", **fields):
    vote = make.open_vote(alliance, holders, decision_class=make.decision_class(alliance, key, **fields))
    for held in holders:
        cast(vote, held)
    clock.move(days=8)
    return close_decision(decision=vote)


def test_an_outcome_that_turns_is_told_like_the_first(alliance, holders, clock):
    vote = closed(alliance, holders, clock, effective_after_days=14)
    mails()
    for held in holders[:3]:
        step_out(vote, held)
    assert mails() == {}
    step_out(vote, holders[3])
    sent = mails()
    assert {held.person.email for held in holders} <= set(sent)
    told = [subject for subject, _body in sent.values()]
    assert f"Counted again, now “Too many recused to decide”: {vote.title}" in told


def test_what_the_committee_is_not_competent_for_goes_to_the_members(alliance, holders, clock):
    chair = chairing(alliance, holders[0].person)
    voices = [voice(alliance) for _each in range(3)]
    vote = make.open_vote(alliance, holders, decision_class=make.decision_class(alliance, "ordinary"))
    for held in holders[:4]:
        step_out(vote, held)
    clock.move(days=8)
    mails()
    close_decision(decision=vote)
    assert vote.outcomes.get().result == Result.NO_COMPETENT_BODY
    sequel = Decision.objects.get(continues=vote)
    assert (sequel.state, sequel.body, sequel.decision_class_id) == (
        DecisionState.DRAFT, "members", vote.decision_class_id,
    )  # fmt: skip
    sent = mails()
    assert {each.email for each in voices} <= set(sent)
    opened = open_voting(actor=chair, decision=sequel)
    assert opened.electors.filter(seat__isnull=True).count() == opened.electors.count() == 3
    for each in voices:
        cast_ballot(actor=each, decision=opened, choice="yes", proof=make.proof())
    clock.move(days=8)
    assert close_decision(decision=opened).state == DecisionState.EFFECTIVE


def test_what_a_late_recusal_took_from_the_committee_goes_to_the_members_once(alliance, holders, clock):
    vote = closed(alliance, holders, clock, effective_after_days=14)
    for held in holders:
        step_out(vote, held)
    assert [each.body for each in Decision.objects.filter(continues=vote)] == ["members"]


def test_members_who_all_step_out_send_it_nowhere(alliance, clock):
    voices = [voice(alliance) for _each in range(3)]
    rule = make.decision_class(alliance, "dissolution", body="members", notice_days=0)
    chair = chairing(alliance, make.committee(alliance, 1)[0].person)
    vote = open_voting(actor=chair, decision=make.decision(alliance, chair, decision_class=rule))
    for each in voices:
        recuse(actor=each, decision=vote, reason="A conflict.", proof=make.proof())
    clock.move(days=30)
    close_decision(decision=vote)
    outcome = vote.outcomes.get()
    assert outcome.result == Result.NO_COMPETENT_BODY
    assert "goes to the members" not in outcome.sentence
    assert not Decision.objects.filter(continues=vote).exists()


def test_the_proposer_hears_what_came_back(alliance, holders, clock):
    vote = make.open_vote(alliance, holders, decision_class=make.decision_class(alliance, "editorial"))
    cast(vote, holders[1], "object", reason="Unclear.", proposed_change="Say shall.")
    for held in holders[2:]:
        cast(vote, held, "agree")
    clock.move(days=8)
    mails()
    close_decision(decision=vote)
    mail.outbox.clear()
    relay.run()
    told = [each.subject for each in mail.outbox if each.to == [vote.proposer.email]]
    assert f"Sent back to you with objections: {vote.title}" in told
    over = next(" ".join(each.body.split()) for each in mail.outbox if each.subject.startswith("Sent back for changes"))
    assert "nothing is decided" in over


@pytest.fixture
def pair(alliance):
    """Two representatives of one group of organisations, in a members' vote that is open."""
    group = make.control_group()
    first, second = (voice(alliance, group=group) for _each in range(2))
    voice(alliance)
    rule = make.decision_class(alliance, "dissolution", body="members", notice_days=0)
    chair = chairing(alliance, make.committee(alliance, 1)[0].person)
    vote = open_voting(actor=chair, decision=make.decision(alliance, chair, decision_class=rule))
    return vote, first, second


def test_nobody_replaces_a_colleagues_ballot_unawares(pair):
    vote, first, second = pair
    cast_ballot(actor=first, decision=vote, choice="yes", proof=make.proof())
    with refused("cast_meanwhile"):
        cast_ballot(actor=second, decision=vote, choice="no", proof=make.proof())
    with refused("cast_meanwhile"):
        cast_ballot(actor=second, decision=vote, choice="no", proof=make.proof(), replaces=7)
    mails()
    cast_ballot(actor=second, decision=vote, choice="no", proof=make.proof(), replaces=1)
    sent = mails()
    subject, body = sent[first.email]
    assert subject == f"{second} has replaced your ballot: {vote.title}"
    assert " no" not in body.replace(" not ", " ").casefold().split("see the vote")[0]
    assert second.email not in sent


def test_the_page_says_who_cast_the_groups_ballot(pair, client):
    vote, first, second = pair
    cast_ballot(actor=first, decision=vote, choice="yes", proof=make.proof())
    address = f"/a/{vote.alliance.slug}/decisions/{vote.number}/"
    page = signed_in(client, second).get(address).content.decode()
    assert "Your group’s ballot is recorded" in page
    assert f"Cast by {first.name}. A group has one ballot: yours would replace it." in page
    assert "Your ballot is recorded" in signed_in(Client(), first).get(address).content.decode()


def test_a_draft_that_was_taken_back_is_no_longer_named_as_what_goes_on(alliance, holders, clock, client):
    rule = make.decision_class(alliance, "editorial", effective_after_days=14)
    vote = make.open_vote(alliance, holders, decision_class=rule)
    cast(vote, holders[1], "object", reason="Unclear.", proposed_change="Say shall.")
    for held in holders[2:]:
        cast(vote, held, "agree")
    clock.move(days=8)
    close_decision(decision=vote)
    taken_back = vote.sequel
    for held in holders[1:]:
        step_out(vote, held)
    taken_back.refresh_from_db()
    assert (taken_back.state, vote.sequel.body) == (DecisionState.WITHDRAWN, "members")
    page = signed_in(client, holders[0].person).get(f"/a/{alliance.slug}/decisions/{vote.number}/").content.decode()
    assert f"The members decide, as no. {vote.sequel.number}" in page
    assert f"as no. {taken_back.number}" not in page
