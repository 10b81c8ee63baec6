"""Every kind of message, caused by the command that causes it: to whom, in which words, and who no longer gets it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Invitation, Person
from accounts.services.invitations import token_of
from alliance.models import Alliance, Member, Role
from alliance.services.contributions import promise_contribution, sign_contribution
from alliance.services.control import propose_round, sign_steps
from alliance.services.inviting import invite_member
from alliance.services.membership import admit_member
from alliance.services.roles import end_role
from alliance.states import ContributionKind, Domain, Membership, RoleKind, State
from audit import clock as the_clock
from charter.models import Charter, CharterVersion
from charter.services.drafting import draft_charter
from charter.services.lifecycle import move
from charter.states import SigningRule, Template
from governance.models import Decision, Holding
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from governance.services.holders import leave_seat, nominate_holder
from governance.services.recusal import recuse
from notifications.models import Delivery, Notice
from notifications.registry import all_messages
from notifications.services import relay
from notifications.services.expansion import expand_events, make_reminders
from notifications.states import DeliveryState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> list[EmailMessage]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    return mail.outbox


@pytest.fixture
def alliance() -> Alliance:
    return factories.alliance("Harbour Zero", purpose="Ships that wait without burning fuel.")


def told() -> dict[str, EmailMessage]:
    """One sweep, and the mails that it sent, by address."""
    mail.outbox.clear()
    relay.run()
    return {sent.to[0]: sent for sent in mail.outbox}


def vote(alliance: Alliance, *, size: int = 3) -> tuple[Decision, list[Holding]]:
    factories.decision_class(alliance, is_founding=True)
    holders = factories.committee(alliance, size)
    decision = factories.open_vote(alliance, holders, title="Adopt the claims format", summary="One format for all.")
    return decision, holders


ELSEWHERE = {
    "alliance.held": "alliance/test_holds.py",
    "alliance.hold_lifted": "alliance/test_holds.py",
    "charter.back_to_forming": "charter/test_founding_rules_end.py",
    "charter.suspended": "charter/test_suspension.py",
    "governance.auditor_appointed": "governance/test_reports.py",
    **dict.fromkeys(
        (
            "governance.ballot_replaced",
            "governance.notice_given",
            "governance.outcome_turned",
            "governance.referred",
            "governance.sent_back",
            "governance.voting_extended",
        ),
        "governance/test_told.py",
    ),
    "alliance.steward_asked": "alliance/test_value.py",
    "alliance.topic_reworded": "alliance/test_interests.py",
    "alliance.control_claimed": "alliance/test_control_groups.py",
    "alliance.control_declined": "alliance/test_control_groups.py",
    "alliance.worksheet_reopened": "alliance/test_interests.py",
    "alliance.watch_ended": "alliance/test_roles.py",
    "charter.amended": "charter/test_amending.py",
    "governance.change_suggested": "governance/test_perspectives.py",
    "governance.suggestion_answered": "governance/test_perspectives.py",
    "governance.disclosure_added_to": "governance/test_additions.py",
    "governance.report_settled": "governance/test_reports.py",
    "governance.report_waits": "governance/test_reports.py",
    "traits.asked": "traits/test_mending.py",
    "traits.cured": "charter/test_suspension.py",
    "traits.dropped": "charter/test_suspension.py",
    "traits.lapses": "traits/test_freshness.py",
    "traits.pulse_closing.half": "traits/test_pulse.py",
    "traits.pulse_closing.day": "traits/test_pulse.py",
    "traits.pulse_opened": "traits/test_pulse.py",
}
"""Kinds whose readers and words are tested beside the act that sends them."""


def test_no_kind_is_without_a_test() -> None:
    assert all((Path(__file__).parent.parent / name).exists() for name in ELSEWHERE.values())
    assert {message.kind for message in all_messages()} - ELSEWHERE.keys() == {
        "alliance.invited",
        "alliance.admitted",
        "alliance.role_ended",
        "alliance.contribution_to_sign",
        "alliance.round_to_sign",
        "charter.to_sign",
        "charter.in_force",
        "governance.voting_opened",
        "governance.closing.half",
        "governance.closing.day",
        "governance.closing.hours",
        "governance.outcome",
        "governance.seat_offered",
        "governance.seat_invited",
    }


def test_who_is_invited_gets_the_token_by_mail_only(alliance: Alliance) -> None:
    organiser = factories.organiser(alliance)
    invite_member(
        actor=organiser,
        alliance=alliance,
        organisation="Northgate Health",
        category="payer",
        participation="voting",
        email="nora@example.org",
        name="Nora Berg",
        roles=[RoleKind.REPRESENTATIVE],
    )
    sent = told()["nora@example.org"]
    assert sent.subject == f"{organiser} invites you to Harbour Zero"
    assert "Ships that wait without burning fuel." in sent.body
    assert "Your part: Representative, for Northgate Health." in sent.body
    token = token_of(Invitation.objects.get())
    assert f"{configured.SITE_ADDRESS}/i/{token}/" in sent.body
    assert not Notice.objects.exists()


def test_a_withdrawn_invitation_is_not_sent(alliance: Alliance) -> None:
    invite_member(
        actor=factories.organiser(alliance),
        alliance=alliance,
        organisation="Northgate Health",
        category="payer",
        participation="voting",
        email="nora@example.org",
        name="Nora Berg",
        roles=[RoleKind.REPRESENTATIVE],
    )
    Invitation.objects.update(withdrawn_at=the_clock.read())
    assert told() == {}


def test_who_acts_for_an_admitted_member_is_told(alliance: Alliance) -> None:
    member = factories.member(alliance, "Northgate Health", state=Membership.ACCEPTED)
    nora, gone = factories.representative(member), factories.representative(member)
    admit_member(actor=factories.organiser(alliance), member=member)
    expand_events()
    Role.objects.filter(person=gone).update(revoked_at=the_clock.read())
    assert {to: each.subject for to, each in told().items()} == {
        nora.email: "Northgate Health is admitted to Harbour Zero"
    }
    assert set(Delivery.objects.filter(recipient=f"person:{gone.pk}").values_list("state", flat=True)) == {
        DeliveryState.UNWANTED
    }


def test_whose_role_ends_is_told(alliance: Alliance) -> None:
    member = factories.member(alliance, "Northgate Health")
    nora, nick = factories.representative(member), factories.signatory(member)
    end_role(actor=nora, role=nick.roles.get())
    sent = told()
    assert {to: each.subject for to, each in sent.items()} == {
        nick.email: "You are no longer signatory for Northgate Health in Harbour Zero"
    }
    assert f"{nora} ended this role." in sent[nick.email].body


def test_a_signatory_is_asked_to_sign_a_contribution_until_it_is_signed(alliance: Alliance) -> None:
    member = factories.member(alliance, "Northgate Health")
    signatory, representative = factories.signatory(member), factories.representative(member)
    promised = [
        promise_contribution(actor=representative, member=member, kind=kind, description="Sealed: 42 engineers")
        for kind in (ContributionKind.PEOPLE, ContributionKind.DATA)
    ]
    sign_contribution(actor=signatory, contribution=promised[0], proof=factories.proof())
    sent = told()
    assert list(sent) == [signatory.email]
    assert sent[signatory.email].subject == "A contribution of Northgate Health waits for your signature"
    assert "engineers" not in sent[signatory.email].body
    assert len(mail.outbox) == 1


def test_every_signatory_is_asked_to_sign_a_round_and_who_has_signed_is_not(alliance: Alliance) -> None:
    members = [factories.member(alliance), factories.member(alliance)]
    signatories = [factories.signatory(member) for member in members]
    opened = propose_round(
        actor=factories.organiser(alliance), alliance=alliance, levels={(each, Domain.DATA): 1 for each in members}
    )
    sign_steps(actor=signatories[0], round=opened, member=members[0], proof=factories.proof())
    sent = told()
    assert list(sent) == [signatories[1].email]
    assert sent[signatories[1].email].subject.startswith("Round 1 of shared control in Harbour Zero waits")


def ratifying(alliance: Alliance, member: Member, chair: Person) -> CharterVersion:
    """The charter lies open for signing, as the chair's command leaves it."""
    draft_charter(actor=factories.organiser(alliance), alliance=alliance, template=Template.JOINT_PROBLEM)
    at = the_clock.read()
    version = CharterVersion.objects.create(
        alliance=alliance, major=1, document="{}", hash="a" * 64, signing_rule=SigningRule.ALL_FOUNDERS,
        frozen_at=at, frozen_by=chair, sign_by=at + timedelta(days=14),
    )  # fmt: skip
    Alliance.objects.filter(pk=alliance.pk).update(state=State.READY)
    alliance.refresh_from_db()
    with transaction.atomic():
        move(alliance, State.RATIFYING, at=at, actor=chair, data={"version": str(version.pk)})
    return version


def test_signatories_are_asked_to_sign_the_charter_and_all_hear_of_its_force(alliance: Alliance) -> None:
    member = factories.member(alliance, "Northgate Health")
    signatory, chair = factories.signatory(member), factories.person("Chair")
    version = ratifying(alliance, member, chair)
    sent = told()
    assert list(sent) == [signatory.email]
    assert sent[signatory.email].subject == "The charter of Harbour Zero waits for your signature"
    assert f"/a/{alliance.slug}/charter/sign/{member.pk}/" in sent[signatory.email].body
    with transaction.atomic():
        move(alliance, State.ACTIVE, at=the_clock.read(), data={"version": str(version.pk)})
    sent = told()
    assert signatory.email in sent
    assert {each.subject for each in sent.values()} == {"The charter of Harbour Zero is in force"}
    assert Charter.objects.count() == 1


def test_a_void_charter_is_not_to_be_signed(alliance: Alliance) -> None:
    member = factories.member(alliance)
    factories.signatory(member)
    version = ratifying(alliance, member, factories.person("Chair"))
    CharterVersion.objects.filter(pk=version.pk).update(state="void")
    assert told() == {}


def test_who_may_vote_is_told_and_nobody_else(alliance: Alliance) -> None:
    factories.holder(alliance, RoleKind.OBSERVER)
    decision, holders = vote(alliance)
    recuse(actor=holders[2].person, decision=decision, reason="My employer sells it.", proof=factories.proof())
    sent = told()
    assert set(sent) == {holders[0].person.email, holders[1].person.email}
    body = sent[holders[0].person.email].body
    assert "“Adopt the claims format” until" in body
    assert "One format for all." in body
    assert f"/a/{alliance.slug}/decisions/{decision.number}/" in body


def cast(holder: Holding, decision: Decision, choice: str = "no") -> None:
    cast_ballot(
        actor=holder.person, decision=decision, choice=choice, declared=True, proof=factories.proof(),
        reason="It costs too much, says Northgate.",
    )  # fmt: skip


def closing_in(decision: Decision, clock: Any, **before: float) -> None:
    """Move on to so long before the close."""
    assert decision.closes_at is not None
    clock.move(seconds=(decision.closes_at - timedelta(**before) - clock.read()).total_seconds())


def test_only_who_has_not_voted_is_reminded_once_a_mark(alliance: Alliance, clock: Any) -> None:
    decision, holders = vote(alliance, size=4)
    told()
    cast(holders[0], decision)
    recuse(actor=holders[3].person, decision=decision, reason="My employer sells it.", proof=factories.proof())
    missing = {holders[1].person.email, holders[2].person.email}
    assert told() == {}
    window = decision.closes_at - decision.opened_at
    clock.move(seconds=window.total_seconds() / 2 + 1)
    assert set(told()) == missing
    assert told() == {}
    cast(holders[1], decision)
    closing_in(decision, clock, hours=23)
    assert set(told()) == {holders[2].person.email}
    closing_in(decision, clock, hours=1, minutes=59)
    sent = told()
    assert set(sent) == {holders[2].person.email}
    assert "closes in 1 hour" in sent[holders[2].person.email].subject
    closing_in(decision, clock, minutes=-1)
    assert told() == {}


def test_a_reminder_missed_while_nothing_ran_comes_once_on_return(alliance: Alliance, clock: Any) -> None:
    decision, holders = vote(alliance)
    told()
    closing_in(decision, clock, hours=1)
    assert set(told()) == {holder.person.email for holder in holders}
    assert Delivery.objects.filter(kind__startswith="governance.closing").values("kind").distinct().count() == 1
    assert told() == {}


def test_who_votes_between_making_and_sending_is_not_reminded(alliance: Alliance, clock: Any) -> None:
    decision, holders = vote(alliance)
    told()
    closing_in(decision, clock, hours=1)
    expand_events()
    assert make_reminders(the_clock.read()) == 1
    cast(holders[0], decision)
    assert set(told()) == {holder.person.email for holder in holders[1:]}


def test_who_left_the_seat_hears_nothing_more(alliance: Alliance, clock: Any) -> None:
    decision, holders = vote(alliance)
    leave_seat(actor=holders[2].person, holding=holders[2])
    assert holders[2].person.email not in told()
    closing_in(decision, clock, hours=1)
    assert holders[2].person.email not in told()
    closing_in(decision, clock, minutes=-1)
    close_decision(decision=decision)
    assert holders[2].person.email not in told()


def test_the_outcome_reaches_all_concerned_with_its_figures(alliance: Alliance, clock: Any) -> None:
    member = factories.member(alliance)
    representative = factories.representative(member)
    decision, holders = vote(alliance)
    for holder in holders:
        cast(holder, decision, "yes")
    told()
    closing_in(decision, clock, minutes=-1)
    close_decision(decision=decision)
    sent = told()
    assert set(sent) == {representative.email, *(holder.person.email for holder in holders)}
    assert sent[representative.email].subject == "Adopted: Adopt the claims format"
    outcome = decision.outcomes.get()
    assert outcome.sentence in " ".join(sent[representative.email].body.split())
    assert "It costs too much" not in sent[representative.email].body


def test_no_choice_stands_in_any_message_before_the_close(alliance: Alliance, clock: Any) -> None:
    decision, holders = vote(alliance)
    cast(holders[0], decision, "no")
    closing_in(decision, clock, hours=1)
    told()
    assert len(mail.outbox) == 4  # voting opened to the two missing, and their reminders
    for each in mail.outbox:
        assert "costs too much" not in each.body
        assert holders[0].person.name not in each.body


def nominated(alliance: Alliance, email: str) -> Any:
    today = the_clock.read().date()
    return nominate_holder(
        actor=factories.organiser(alliance), seat=factories.seat(alliance, "Claims"), email=email, name="Ruth Adeyemi",
        appointed_by=None, starts_on=today, ends_on=today + timedelta(days=365),
    )  # fmt: skip


def test_who_is_named_for_a_seat_is_asked(alliance: Alliance) -> None:
    ruth = factories.person("Ruth Adeyemi")
    nominated(alliance, ruth.email)
    sent = told()
    assert list(sent) == [ruth.email]
    assert sent[ruth.email].subject == "You are named for a seat on the committee of Harbour Zero"
    assert "“Claims”" in sent[ruth.email].body


def test_who_has_no_account_is_invited_to_the_seat(alliance: Alliance) -> None:
    invitation = nominated(alliance, "ruth@example.org")
    sent = told()["ruth@example.org"]
    assert "Your part: holder of the seat “Claims”." in " ".join(sent.body.split())
    assert f"/i/{token_of(invitation)}/" in sent.body


def test_times_are_told_in_the_readers_own_zone(alliance: Alliance) -> None:
    _decision, holders = vote(alliance)
    Person.objects.filter(pk=holders[0].person_id).update(time_zone="America/Phoenix")
    Person.objects.filter(pk=holders[1].person_id).update(time_zone="Asia/Tokyo")
    sent = told()
    assert " MST" in sent[holders[0].person.email].body
    assert " JST" in sent[holders[1].person.email].body


def test_text_and_html_say_the_same_and_carry_no_markup_of_others(alliance: Alliance) -> None:
    Alliance.objects.filter(pk=alliance.pk).update(name="<b>Harbour</b> & Co")
    alliance.refresh_from_db()
    member = factories.member(alliance, "Northgate Health", state=Membership.ACCEPTED)
    nora = factories.representative(member)
    admit_member(actor=factories.organiser(alliance), member=member)
    sent = told()[nora.email]
    assert "<b>Harbour</b> & Co" in sent.body
    html = sent.alternatives[0][0]
    assert "&lt;b&gt;Harbour&lt;/b&gt; &amp; Co" in html
    assert "<b>Harbour" not in html


def test_a_broken_line_in_a_name_cannot_add_a_header(alliance: Alliance) -> None:
    Alliance.objects.filter(pk=alliance.pk).update(name="Harbour\r\nBcc: mallory@example.org")
    member = factories.member(Alliance.objects.get(pk=alliance.pk), state=Membership.ACCEPTED)
    nora = factories.representative(member)
    admit_member(actor=factories.organiser(alliance), member=member)
    sent = told()[nora.email]
    assert sent.subject.endswith("Harbour Bcc: mallory@example.org")
    assert sent.recipients() == [nora.email]


def test_a_sweep_asks_for_no_more_when_more_votes_are_about_to_close(alliance: Alliance, clock: Any) -> None:
    decision, holders = vote(alliance)
    counts = []
    for more in (0, 2):
        decisions = [decision, *(factories.open_vote(alliance, holders) for _more in range(more))]
        closing_in(decisions[-1], clock, hours=1)
        told()
        with CaptureQueriesContext(connection) as asked:
            relay.run()
        counts.append(len(asked))
        closing_in(decisions[-1], clock, minutes=-1)
        for each in decisions:
            close_decision(decision=each)
        decision = factories.open_vote(alliance, holders)
    assert counts[0] == counts[1]


def test_a_sweep_asks_for_no_more_when_more_votes_are_open(alliance: Alliance) -> None:
    _decision, holders = vote(alliance)
    told()
    with CaptureQueriesContext(connection) as with_one:
        relay.run()
    for _more in range(2):
        factories.open_vote(alliance, holders)
    told()
    with CaptureQueriesContext(connection) as with_three:
        relay.run()
    assert len(with_three) == len(with_one)
    assert len(with_one) <= 5  # streams behind, the clock, open votes, open rounds of the survey, what is due
