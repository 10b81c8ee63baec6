"""The pages of decisions and committee: what each person may do there, what is hidden, and how many statements."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.doors import SIGN_INS
from accounts.models import Person
from alliance.states import Profile, RoleKind, State
from audit import clock as real_clock
from governance.models import Attestation, Ballot, Decision, Disclosure, Holding, InstructionReport, Outcome, Seat
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from governance.services.recusal import recuse
from governance.states import DecisionState
from governance.texts import INDEPENDENCE_HASH
from tests import factories as make
from tests.governance.refusals import everything

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 20


def browser(person: Person, *, proven: bool = True) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    if proven:
        session = client.session
        session[SIGN_INS] = [{"method": "password", "at": real_clock.read().timestamp()}]
        session.save()
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def statements(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def holders(alliance):
    return make.committee(alliance, 5)


@pytest.fixture
def vote(alliance, holders):
    return make.open_vote(alliance, holders, summary="In short.", consequence="It holds.")


def page_of(vote, name="decision"):
    return reverse(f"governance:{name}", args=[vote.alliance.slug, vote.number])


def cast(vote, held, choice="yes", reason=""):
    return cast_ballot(
        actor=held.person, decision=vote, choice=choice, declared=True, reason=reason, proof=make.proof()
    )


def test_whole_way_of_a_ballot(vote, holders, clock):
    client = browser(holders[0].person)
    shown = text(client.get(page_of(vote)))
    assert "More than half" in shown or "more than half" in shown
    assert "at least 3" in shown
    assert 'name="choice"' in shown
    answer = client.post(page_of(vote, "ballot"), {"choice": "no", "declared": "on"}, follow=True)
    assert "Your ballot is recorded" in text(answer)
    assert "1 of 5" in text(answer)
    client.post(page_of(vote, "ballot"), {"choice": "yes", "declared": "on"})
    assert Ballot.objects.get().version == 2
    for held in holders[1:]:
        cast(vote, held)
    clock.move(days=8)
    assert "Being recorded" in text(client.get(page_of(vote)))
    (line,) = client.get(reverse("governance:decisions", args=[vote.alliance.slug])).context["lines"]
    assert (line.word, line.is_due) == ("Being recorded", False)
    close_decision(decision=vote)
    shown = text(client.get(page_of(vote)))
    assert "Adopted: 5 yes, 0 no, 0 abstained, 0 did not vote, of 5 able to vote; at least 3 were needed." in shown
    case = client.get(page_of(vote, "recount_file"))
    assert json.loads(case.content)["ballots"][str(holders[0].seat_id)] == "yes"
    assert "attachment" in case["Content-Disposition"]


def test_an_outcome_that_a_recusal_turned_says_so(alliance, holders, clock):
    chosen = make.decision_class(alliance, "admission", notice_days=0)
    vote = make.open_vote(alliance, holders, decision_class=chosen)
    for held, choice in zip(holders, ("yes", "yes", "yes", "yes", "no"), strict=True):
        cast(vote, held, choice)
    clock.move(days=8)
    close_decision(decision=vote)
    client = browser(holders[4].person)
    assert "Turned by a recusal" not in text(client.get(page_of(vote)))
    for held in holders[:3]:
        recuse(actor=held.person, decision=vote, reason="A conflict.", proof=make.proof())
    shown = text(client.get(page_of(vote)))
    assert f"Turned by a recusal: Adopted at first, now {vote.outcomes.get(number=4).get_result_display()}." in shown
    assert "It is counted again if a voter recuses before" in shown


def test_without_a_quorum_the_page_says_what_one_can_do(vote, holders, clock):
    cast(vote, holders[0])
    clock.move(days=8)
    close_decision(decision=vote)
    shown = text(browser(holders[0].person).get(page_of(vote)))
    assert "Too few have voted, so nothing is decided. Whoever still wants it proposes it again." in shown


def test_nothing_shows_how_anybody_voted_before_the_close(vote, holders, clock):
    cast(vote, holders[1], "abstain", reason="Xylophone")
    clock.move(days=1)
    for viewer in (holders[0].person, holders[1].person, make.organiser(vote.alliance)):
        client = browser(viewer, proven=False)
        shown = text(client.get(page_of(vote)))
        assert "Xylophone" not in shown
        assert "Abstain" not in shown
        assert shown.count("Voted") == 1
        assert client.get(page_of(vote, "recount_file")).status_code == 404
    clock.move(days=8)
    assert "Xylophone" not in text(browser(holders[0].person).get(page_of(vote)))


def test_ballot_form_comes_after_the_proof(vote, holders):
    client = browser(holders[0].person, proven=False)
    assert 'name="choice"' not in text(client.get(page_of(vote)))
    answer = client.get(page_of(vote, "ballot"))
    assert answer.status_code == 302
    assert reverse("account_reauthenticate") in answer.url
    before = everything()
    answer = client.post(page_of(vote, "ballot"), {"choice": "yes", "declared": "on"})
    assert answer.status_code == 403
    assert everything() == before


def test_get_on_the_ballots_address_votes_nothing(vote, holders):
    client = browser(holders[0].person)
    before = everything()
    answer = client.get(page_of(vote, "ballot"), {"choice": "yes", "declared": "on"})
    assert answer.status_code == 302
    assert everything() == before


def test_refused_ballot_keeps_the_reason_and_not_the_choice(vote, holders):
    client = browser(holders[0].person)
    answer = client.post(page_of(vote, "ballot"), {"choice": "no", "reason": "Too early."})
    assert answer.status_code == 422
    shown = text(answer)
    assert "Tick the declaration" in shown
    assert "Too early." in shown
    assert "checked" not in shown
    assert not Ballot.objects.exists()


def test_looking_writes_nothing_even_after_the_deadline(vote, holders, clock):
    client = browser(holders[0].person)
    clock.move(days=9)
    before = everything()
    for path in (page_of(vote), reverse("governance:decisions", args=[vote.alliance.slug]), "/"):
        assert client.get(path).status_code == 200
    assert everything() == before


def test_mine_missing_comes_first(alliance, holders):
    voted, missing = make.open_vote(alliance, holders), make.open_vote(alliance, holders)
    Decision.objects.filter(pk=missing.pk).update(closes_at=voted.closes_at + (voted.closes_at - voted.opened_at))
    cast(voted, holders[0])
    shown = text(browser(holders[0].person).get(reverse("governance:decisions", args=[alliance.slug])))
    assert shown.index(missing.title) < shown.index(voted.title)
    assert shown.count("Your vote is missing") == 1


def test_lists_find_words_and_say_what_to_do_when_empty(alliance, holders):
    client, path = browser(holders[0].person), reverse("governance:decisions", args=[alliance.slug])
    assert "No open votes" in text(client.get(path))
    assert "Nothing decided yet" in text(client.get(path, {"view": "decided"}))
    make.decision(alliance, holders[0].person, title="The open format")
    assert "The open format" in text(client.get(path, {"view": "drafts", "q": "FORMAT"}))
    assert "Nothing found" in text(client.get(path, {"view": "drafts", "q": "prices"}))


def test_draft_is_written_seconded_and_opened_on_pages(alliance, holders):
    ordinary = make.decision_class(alliance)
    proposer, other = browser(holders[0].person), browser(holders[1].person)
    path = reverse("governance:propose", args=[alliance.slug])
    assert "A resolution in words" in text(proposer.get(path))
    written = {"title": "Adopt", "motion": "We adopt.", "decision_class": str(ordinary.pk)}
    refused = proposer.post(f"{path}?effect=none", {**written, "motion": ""})
    assert refused.status_code == 422
    assert "Adopt" in text(refused)
    assert proposer.post(f"{path}?effect=none", written).status_code == 302
    drafted = Decision.objects.get()
    assert proposer.post(page_of(drafted, "change_draft"), {**written, "title": "Adopt it"}).status_code == 302
    assert proposer.post(page_of(drafted, "second")).status_code == 403
    assert other.post(page_of(drafted, "second")).status_code == 302
    assert "cannot be taken back" in text(other.get(page_of(drafted, "open_voting")))
    assert other.post(page_of(drafted, "open_voting")).status_code == 302
    drafted.refresh_from_db()
    assert (drafted.state, drafted.title) == (DecisionState.OPEN, "Adopt it")


def test_effect_is_filled_in_on_its_page():
    alliance = make.alliance(profile=Profile.STANDARD)
    client = browser(make.organiser(alliance))
    path = f"{reverse('governance:propose', args=[alliance.slug])}?effect=set_core_domains"
    written = {"title": "Core", "motion": "We choose.", "level_data": "3", "level_standards": "4"}
    assert client.post(path, written).status_code == 422
    assert client.post(path, {**written, "level_scope": "3"}).status_code == 302
    assert Decision.objects.get().effect_data == {"levels": {"data": 3, "scope": 3, "standards": 4}}
    shown = text(client.get(page_of(Decision.objects.get(), "change_draft")))
    assert '<option value="4" selected>' in shown


def test_recusing_says_what_it_does(vote, holders):
    client = browser(holders[0].person)
    assert "cannot be taken back" in text(client.get(page_of(vote, "recuse")))
    assert client.post(page_of(vote, "recuse"), {"reason": ""}).status_code == 422
    assert client.post(page_of(vote, "recuse"), {"reason": "My spouse sells it."}).status_code == 302
    assert "You are recused from this decision" in text(client.get(page_of(vote)))


def test_committee_is_set_up_on_pages():
    alliance = make.alliance()
    client, member = browser(make.organiser(alliance)), make.member(alliance)
    at = lambda name, *keys: reverse(f"governance:{name}", args=[alliance.slug, *keys])  # noqa: E731
    assert "No committee yet" in text(client.get(at("committee")))
    assert client.post(at("add_seat"), {"label": "North", "weight": 1, "member": str(member.pk)}).status_code == 302
    seat, nominee = Seat.objects.get(), make.person("Ruth Ashdown")
    named = {"name": "Ruth", "email": nominee.email, "starts_on": "2020-01-01", "ends_on": "2099-01-01"}
    assert client.post(at("nominate", seat.pk), named).status_code == 302
    assert "Ruth Ashdown" in text(client.get(at("committee")))
    holder = browser(nominee)
    assert "Accept the seat" in text(holder.get(at("committee")))
    assert holder.post(at("accept_seat")).status_code == 302
    assert "I hold this seat as a person" in text(holder.get(at("attest")))
    assert holder.post(at("attest"), {"hash": INDEPENDENCE_HASH}).status_code == 302
    assert holder.post(at("disclose"), {"text": ""}).status_code == 422
    assert holder.post(at("disclose"), {"nothing_to_disclose": "on"}).status_code == 302
    assert (Attestation.objects.count(), Disclosure.objects.count()) == (1, 1)
    assert "May vote" in text(client.get(at("committee")))
    assert client.post(at("adopt_classes")).status_code == 302
    assert "Power at 1 of 1" in text(client.get(at("committee")))
    assert holder.post(at("leave_seat")).status_code == 302
    assert Holding.objects.current().count() == 0


def test_statement_is_signed_behind_a_proof():
    held = make.holding(make.seat(make.alliance()), stated=False)
    path = reverse("governance:attest", args=[held.alliance.slug])
    client = browser(held.person, proven=False)
    assert client.get(path).status_code == 302
    assert client.post(path, {"hash": INDEPENDENCE_HASH}).status_code == 403
    assert not Attestation.objects.exists()


def test_report_reaches_the_auditor_alone(alliance, holders):
    path = reverse("governance:report", args=[alliance.slug])
    reports = reverse("governance:reports", args=[alliance.slug])
    reporter, auditor = browser(holders[0].person), browser(make.holder(alliance, RoleKind.AUDITOR))
    written = {"seat": str(holders[1].seat_id), "text": "My manager told me."}
    assert reporter.post(path, written).status_code == 302
    for other in (reporter, browser(make.organiser(alliance))):
        assert other.get(reports).status_code == 403
    assert "My manager told me." in text(auditor.get(reports))
    settle = reverse("governance:settle_report", args=[alliance.slug, InstructionReport.objects.get().pk])
    assert reporter.post(settle, {"was_instructed": "yes"}).status_code == 403
    assert auditor.post(settle, {"was_instructed": "yes"}).status_code == 302
    assert InstructionReport.objects.get().was_instructed


def test_class_is_changed_on_its_page():
    alliance = make.alliance()
    client, row = browser(make.organiser(alliance)), make.decision_class(alliance)
    path = reverse("governance:change_class", args=[alliance.slug, row.key])
    shown = client.get(path).context["form"]
    values = {name: shown[name].value() for name in shown.fields}
    typed = {name: str(value) for name, value in values.items()} | {"strict": "False"}
    assert client.post(path, {**typed, "threshold": "5/4"}).status_code == 422
    assert client.post(path, {**typed, "threshold": "3/5"}).status_code == 302
    row.refresh_from_db()
    assert (row.threshold, row.strict, row.min_yes_quorum) == ("3/5", False, True)


def test_incomplete_class_is_named_and_breaks_no_page(alliance, holders):
    rule = make.decision_class(alliance, threshold="", quorum="")
    drafted = make.decision(alliance, holders[0].person, decision_class=rule)
    client = browser(holders[0].person)
    assert "It does not say: quorum, threshold" in text(client.get(reverse("governance:classes", args=[alliance.slug])))
    assert "complete it before the vote" in text(client.get(page_of(drafted)))


def test_strangers_find_nothing(vote, holders):
    client = browser(make.organiser(make.alliance()))
    slug = vote.alliance.slug
    for name in ("decision", "change_draft", "open_voting", "withdraw", "ballot", "recuse", "recount_file"):
        assert client.get(page_of(vote, name)).status_code == 404
    for name in ("second", "notice", "carry_out", "ballot"):
        assert client.post(page_of(vote, name)).status_code == 404
    for name in (
        "decisions",
        "propose",
        "committee",
        "terms",
        "add_seat",
        "accept_seat",
        "attest",
        "disclose",
        "report",
    ):
        assert client.get(reverse(f"governance:{name}", args=[slug])).status_code == 404
    for name in ("reports", "classes", "leave_seat"):
        assert client.get(reverse(f"governance:{name}", args=[slug])).status_code == 404
    for name in ("change_seat", "abolish_seat", "nominate"):
        assert client.get(reverse(f"governance:{name}", args=[slug, holders[0].seat_id])).status_code == 404


@pytest.mark.parametrize("view", ["open", "decided", "drafts"])
def test_lists_take_as_many_statements_with_one_row_as_with_three(alliance, holders, clock, view):
    client = browser(holders[0].person)
    path = f"{reverse('governance:decisions', args=[alliance.slug])}?view={view}"

    def one_more():
        if view == "drafts":
            make.decision(alliance, holders[0].person)
            return
        vote = make.open_vote(alliance, holders)
        if view == "decided":
            clock.move(days=8)
            close_decision(decision=vote)

    one_more()
    few = statements(client, path)
    one_more()
    one_more()
    assert statements(client, path) == few <= MOST_STATEMENTS


@pytest.mark.parametrize("is_closed", [False, True])
def test_decision_takes_as_many_statements_with_few_seats_as_with_many(clock, is_closed):
    counts = []
    for size in (3, 9):
        alliance = make.alliance(state=State.ACTIVE)
        holders = make.committee(alliance, size)
        vote = make.open_vote(alliance, holders)
        for held in holders:
            cast(vote, held)
        client = browser(holders[0].person)
        if is_closed:
            clock.move(days=8)
            close_decision(decision=vote)
        counts.append(statements(client, page_of(vote)))
    assert counts[0] == counts[1] <= MOST_STATEMENTS


def test_committee_takes_as_many_statements_with_few_seats_as_with_many(clock):
    counts = []
    for size in (1, 3, 9):
        alliance = make.alliance()
        for _seat in range(size):
            make.holding(make.seat(alliance, member=make.member(alliance)))
        make.decision_class(alliance)
        client = browser(make.organiser(alliance))
        counts.append(statements(client, reverse("governance:committee", args=[alliance.slug])))
    assert counts[0] == counts[1] == counts[2] <= MOST_STATEMENTS


def test_what_waits_for_a_holder_is_on_their_home_page(alliance, holders, vote):
    home = text(browser(holders[0].person).get("/"))
    assert f"Vote: {vote.title}" in home
    cast(vote, holders[0])
    assert f"Vote: {vote.title}" not in text(browser(holders[0].person).get("/"))
    nominee = make.holding(make.seat(alliance), accepted_at=None)
    assert "Accept your seat" in text(browser(nominee.person).get("/"))
    silent = make.holding(make.seat(alliance), stated=False)
    home = text(browser(silent.person).get("/"))
    assert "Sign your independence statement" in home
    assert "Disclose your interests" in home
    assert Outcome.objects.count() == 0


@pytest.mark.parametrize("method", ["consent", "written_consent"])
def test_a_class_without_a_vote_needs_no_threshold(method):
    alliance = make.alliance()
    row = make.decision_class(alliance, method=method, base="", threshold="", strict=None)
    path = reverse("governance:change_class", args=[alliance.slug, row.key])
    client = browser(make.organiser(alliance))
    filled = {**as_filled(client.get(path).context["form"]), "open_days": "9"}
    assert client.post(path, filled).status_code == 302
    row.refresh_from_db()
    assert (row.method, row.base, row.threshold, row.strict, row.open_days) == (method, "", "", None, 9)


def test_a_class_with_a_vote_says_its_threshold():
    alliance = make.alliance()
    row = make.decision_class(alliance, method="consent", base="", threshold="", strict=None)
    path = reverse("governance:change_class", args=[alliance.slug, row.key])
    client = browser(make.organiser(alliance))
    answer = client.post(path, {**as_filled(client.get(path).context["form"]), "method": "vote"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["base", "threshold", "strict"]
    assert "Threshold <span" not in text(answer)
    row.refresh_from_db()
    assert row.method == "consent"


def as_filled(form):
    """What the browser sends back of a form that nobody touched."""
    shown = {field.name: field.value() for field in form}
    unticked = {name for name, value in shown.items() if value is False} - {"strict", "quorum_strict"}
    return {name: "" if value is None else value for name, value in shown.items() if name not in unticked}
