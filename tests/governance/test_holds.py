"""A decision that is held: a draft does not open, an open vote goes on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.models import Hold
from alliance.services.holds import lift_hold, place_hold
from alliance.states import RoleKind, State
from governance.models import Decision, Officer
from governance.selectors.holds import DECISION
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from governance.services.decisions import change_draft, withdraw_draft
from governance.services.opening import open_voting
from governance.states import Choice, DecisionState, Office
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def committee():
    """An active alliance's holders, the first of them its chair."""
    holders = make.committee(make.alliance(state=State.ACTIVE))
    chair = holders[0].person
    Officer.objects.create(alliance=holders[0].alliance, office=Office.CHAIR, person=chair, starts_at=make.clock.read())
    return holders


@pytest.fixture
def holders():
    return committee()


@pytest.fixture
def alliance(holders):
    return holders[0].alliance


@pytest.fixture
def chair(holders):
    return holders[0].person


@pytest.fixture
def counsel(alliance):
    return make.holder(alliance, RoleKind.COUNSEL)


@pytest.fixture
def drafted(alliance, holders, chair):
    return make.decision(alliance, chair, seconder=holders[1].person, title="One price list")


def hold(actor, decision, *, days=14):
    return place_hold(
        actor=actor,
        alliance=decision.alliance,
        kind=DECISION,
        subject=decision.pk,
        reason="A price.",
        days=days,
        proof=make.proof(),
    )


def page_of(decision):
    return reverse("governance:decision", args=[decision.alliance.slug, decision.number])


def test_a_held_draft_is_not_opened_until_the_hold_ends(alliance, chair, counsel, drafted, clock):
    hold(counsel, drafted, days=3)
    with refused("held"):
        open_voting(actor=chair, decision=drafted)

    clock.move(days=3)

    assert open_voting(actor=chair, decision=drafted).state == DecisionState.OPEN


def test_a_held_draft_is_changed_or_withdrawn_and_held_again_for_new_words(chair, counsel, drafted):
    lift_hold(actor=counsel, hold=hold(counsel, drafted), proof=make.proof())
    with refused("held_before"):
        hold(counsel, drafted)
    changed = change_draft(actor=chair, decision=drafted, title="One format", motion="The format is adopted.")

    assert hold(counsel, changed).title == "One format"
    assert withdraw_draft(actor=chair, decision=changed).state == DecisionState.WITHDRAWN


def test_an_open_vote_goes_on_and_what_is_decided_is_not_held(holders, alliance, counsel, clock):
    vote = make.open_vote(alliance, holders)
    hold(counsel, vote)
    for held in holders:
        cast_ballot(actor=held.person, decision=vote, choice=Choice.YES, declared=True, proof=make.proof())
    clock.move(days=8)
    vote = close_decision(decision=vote)
    vote.refresh_from_db()
    auditor = make.holder(alliance, RoleKind.AUDITOR)

    assert vote.outcomes.get().result == "adopted"
    clock.move(days=8)
    with refused("decision_over"):
        hold(auditor, vote)


def test_the_page_shows_the_hold_and_offers_no_opening(alliance, chair, counsel, drafted):
    opening = reverse("governance:open_voting", args=[alliance.slug, drafted.number])
    placing = reverse("alliance:place_hold", args=[alliance.slug, DECISION, drafted.pk])
    assert opening in client_of(chair).get(page_of(drafted)).content.decode()
    assert placing not in client_of(chair).get(page_of(drafted)).content.decode()
    assert placing in client_of(counsel).get(page_of(drafted)).content.decode()

    answer = client_of(counsel, proven=True).post(placing, {"reason": "A price.", "days": "2"})

    assert answer["Location"] == page_of(drafted)
    body = client_of(chair).get(page_of(drafted)).content.decode()
    assert "Counsel holds “One price list”" in body
    assert "While it is held, its vote is not opened." in body
    assert opening not in body
    assert placing not in client_of(counsel).get(page_of(drafted)).content.decode()


def test_an_open_votes_page_says_that_it_goes_on(holders, alliance, counsel):
    vote = make.open_vote(alliance, holders)
    hold(counsel, vote)
    assert "Voting is open and goes on" in client_of(holders[1].person).get(page_of(vote)).content.decode()


def test_the_page_takes_the_same_few_statements_with_one_hold_as_with_three(alliance, chair, counsel, drafted, clock):
    client = client_of(chair)
    hold(counsel, drafted, days=1)
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(drafted))
    clock.move(days=1)
    hold(make.holder(alliance, RoleKind.AUDITOR), drafted, days=1)
    clock.move(days=1)
    change_draft(actor=chair, decision=drafted, title="Another", motion="Another.")
    Decision.objects.update(seconder=drafted.seconder)
    hold(counsel, drafted)

    with CaptureQueriesContext(connection) as many:
        client.get(page_of(drafted))

    assert len(many) == len(few) <= 20


def test_a_decision_of_another_alliance_is_not_held(counsel):
    foreign = make.decision(make.alliance(), make.person())
    with refused("not_there"):
        place_hold(
            actor=counsel,
            alliance=counsel.roles.get().alliance,
            kind=DECISION,
            subject=foreign.pk,
            reason="x",
            days=1,
            proof=make.proof(),
        )


def test_opening_and_holding_at_once_leave_one_order(transactional_db, race):
    holders = committee()
    alliance, chair = holders[0].alliance, holders[0].person
    drafted = make.decision(alliance, chair, seconder=holders[1].person)
    counsel = make.holder(alliance, RoleKind.COUNSEL)

    opened, held = race(lambda: open_voting(actor=chair, decision=drafted), lambda: hold(counsel, drafted))

    drafted.refresh_from_db()
    assert getattr(held, "code", "") == ""
    assert getattr(opened, "code", "") in {"", "held"}
    verbs = [verb for verb in make.verbs(alliance) if verb in {"governance.voting.opened", "alliance.hold.placed"}]
    assert verbs[-1] == "alliance.hold.placed"
    assert drafted.state == (DecisionState.DRAFT if getattr(opened, "code", "") else DecisionState.OPEN)
    assert Hold.objects.count() == 1
