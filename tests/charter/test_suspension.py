"""After chartering: a drop opens a notice, its cure closes it, 30 days without one suspend; and the way back."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.models import Alliance, Role, ValueStream
from alliance.states import RoleKind, State
from audit.errors import DomainError, NotPermitted
from audit.models import Event
from charter.selectors.waiting import LIFTING
from charter.services import suspension
from charter.services.dossier import Standing, import_dossier
from charter.shifting import shift
from charter.tasks import move_due_alliances
from governance.models import Decision, DecisionClass, Holding, InstructionReport
from governance.services.ballots import cast_ballot
from governance.services.closing import close_decision
from governance.services.decisions import draft_decision, second_decision
from governance.services.opening import open_voting
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests.charter.test_pages import MOST_STATEMENTS, browser
from tests.stories import CANYON, dossier, story
from traits.indicators.registry import REGISTRY
from traits.models import Assessment, DropNotice
from traits.selectors.todos import cures_of
from traits.services.assessments import assess_changed, assess_now
from traits.tasks import assess_every_alliance

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance(clock):
    """A chartered alliance whose five traits hold."""
    taken = dossier(story(CANYON))
    taken = shift(taken, clock.read() - taken.as_of)
    found = import_dossier(dossier=taken, standing=Standing(witnessed=True, is_illustrative=True))
    Alliance.objects.filter(pk=found.pk).update(state=State.ACTIVE, activated_at=clock.read())
    found.refresh_from_db()
    assess_now(actor=organiser(found), alliance=found)
    assert not DropNotice.objects.exists()
    return found


def organiser(alliance):
    return Role.objects.filter(alliance=alliance, kind=RoleKind.ORGANISER).first().person


def auditor(alliance):
    found = Role.objects.filter(alliance=alliance, kind=RoleKind.AUDITOR, revoked_at=None).first()
    return found.person if found else make.holder(alliance, RoleKind.AUDITOR)


def drop(alliance):
    """Nobody benefits any more from the streams: V1 and V2."""
    for stream in ValueStream.objects.filter(alliance=alliance):
        stream.kept = list(stream.beneficiaries.all())
        stream.beneficiaries.all().delete()
        yield stream


def cure(streams):
    for stream in streams:
        stream.beneficiaries.bulk_create(stream.kept)


def open_notices(alliance):
    return sorted(DropNotice.objects.filter(alliance=alliance, closed_at=None).values_list("indicator", flat=True))


def test_a_drop_opens_a_notice_once_tells_the_committee_and_its_cure_closes_it(alliance, clock):
    streams = list(drop(alliance))
    assess_now(actor=organiser(alliance), alliance=alliance)
    assess_now(actor=organiser(alliance), alliance=alliance)
    assert "V2" in open_notices(alliance)
    assert DropNotice.objects.filter(alliance=alliance, indicator="V2").count() == 1
    assert Event.objects.filter(stream=alliance.pk, verb="traits.drop.noticed").count() == 1
    notice = DropNotice.objects.get(alliance=alliance, indicator="V2")
    assert (notice.cure_by - notice.opened_at).days == 30
    relay.run()
    holders = set(Holding.objects.current().accepted().filter(alliance=alliance).values_list("person", flat=True))
    told = set(Notice.objects.filter(subject__contains="has 30 days to cure").values_list("person", flat=True))
    assert told == holders | {organiser(alliance).pk}
    cure(streams)
    clock.move(days=1)
    assess_now(actor=organiser(alliance), alliance=alliance)
    assert open_notices(alliance) == []
    notice.refresh_from_db()
    assert notice.closed_by == Assessment.objects.latest_of(alliance)
    event = Event.objects.get(stream=alliance.pk, verb="traits.drop.cured")
    assert "V2" in json.loads(event.body)["data"]["indicators"]
    assert Alliance.objects.get(pk=alliance.pk).state == State.ACTIVE


def test_a_notice_that_is_cured_before_it_is_sent_is_not_sent(alliance):
    streams = list(drop(alliance))
    assess_now(actor=organiser(alliance), alliance=alliance)
    cure(streams)
    assess_now(actor=organiser(alliance), alliance=alliance)
    relay.run()
    assert not Notice.objects.filter(subject__contains="has 30 days to cure").exists()


def test_thirty_days_without_a_cure_suspend_by_the_clock_and_not_a_day_before(alliance, clock):
    list(drop(alliance))
    assess_now(actor=organiser(alliance), alliance=alliance)
    clock.move(days=29, hours=23)
    move_due_alliances()
    assert Alliance.objects.get(pk=alliance.pk).state == State.ACTIVE
    clock.move(hours=2)
    move_due_alliances()
    move_due_alliances()
    assert Alliance.objects.get(pk=alliance.pk).state == State.SUSPENDED
    events = Event.objects.filter(stream=alliance.pk, verb="charter.alliance.suspended")
    assert events.count() == 1
    assert "V2" in json.loads(events.get().body)["data"]["indicators"]
    relay.run()
    assert Notice.objects.filter(subject__contains="is suspended", person=organiser(alliance)).count() == 1


def test_what_was_cured_a_moment_ago_does_not_suspend(alliance, clock):
    streams = list(drop(alliance))
    assess_now(actor=organiser(alliance), alliance=alliance)
    cure(streams)
    for held in Holding.objects.filter(alliance=alliance):
        make.attestation(held)
        make.disclosure(held)
    clock.move(days=31)
    suspension.suspend_uncured(alliance=alliance)
    assert "V2" not in open_notices(alliance)
    assert Alliance.objects.get(pk=alliance.pk).state == State.ACTIVE


def test_a_drop_that_comes_back_has_its_own_thirty_days(alliance, clock):
    streams = list(drop(alliance))
    assess_now(actor=organiser(alliance), alliance=alliance)
    cure(streams)
    clock.move(days=20)
    assess_now(actor=organiser(alliance), alliance=alliance)
    list(drop(alliance))
    assess_now(actor=organiser(alliance), alliance=alliance)
    clock.move(days=15)
    move_due_alliances()
    assert Alliance.objects.get(pk=alliance.pk).state == State.ACTIVE


def test_neglect_and_an_open_report_open_no_notice(alliance, clock):
    seat = alliance.seats.first()
    InstructionReport.objects.create(
        alliance=alliance, seat=seat, reported_by=organiser(alliance), text="x", reported_at=clock.read()
    )
    assessment = assess_now(actor=organiser(alliance), alliance=alliance)
    assert "G4" in assessment.missing
    assert open_notices(alliance) == []
    clock.move(days=366)
    assess_every_alliance()
    latest = Assessment.objects.latest_of(alliance)
    assert {"S1", "G3"} <= set(latest.missing)
    assert not {"S1", "G3", "G5", "G4"} & set(open_notices(alliance))


def test_before_the_charter_nothing_is_noticed(alliance):
    Alliance.objects.filter(pk=alliance.pk).update(state=State.FORMING)
    list(drop(alliance))
    alliance.refresh_from_db()
    assert "V2" in assess_now(actor=organiser(alliance), alliance=alliance).missing
    assert open_notices(alliance) == []


def test_every_night_each_living_alliance_is_assessed_once(alliance, clock):
    before = Assessment.objects.filter(alliance=alliance).count()
    assess_every_alliance()
    assert Assessment.objects.filter(alliance=alliance).count() == before
    clock.move(days=1)
    assess_every_alliance()
    assess_every_alliance()
    assert Assessment.objects.filter(alliance=alliance).count() == before + 1
    assert Assessment.objects.latest_of(alliance).why == "nightly"
    while assess_changed(alliance=alliance):
        pass
    Alliance.objects.filter(pk=alliance.pk).update(state=State.ABANDONED)
    clock.move(days=1)
    count = Assessment.objects.count()
    assess_every_alliance()
    assert Assessment.objects.count() == count


# -- Back -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def suspended(alliance, clock):
    """Suspended for V1 and V2: (alliance, its streams, to be cured)."""
    streams = list(drop(alliance))
    assess_now(actor=organiser(alliance), alliance=alliance)
    clock.move(days=31)
    suspension.suspend_uncured(alliance=alliance)
    alliance.refresh_from_db()
    assert alliance.state == State.SUSPENDED
    return alliance, streams


def holders(alliance):
    return list(Holding.objects.current().accepted().filter(alliance=alliance).order_by("pk"))


def decided(alliance, clock):
    """The committee decides to return, under its ordinary class."""
    held = holders(alliance)
    chosen = DecisionClass.objects.get(alliance=alliance, key="ordinary", retired_at=None)
    drafted = draft_decision(
        actor=held[0].person, alliance=alliance, title="Return", motion="We return.", decision_class=chosen,
        effect=LIFTING, effect_data={},
    )  # fmt: skip
    second_decision(actor=held[1].person, decision=drafted)
    boss = alliance.officers.filter(office="chair", ends_at=None).first().person
    vote = open_voting(actor=boss, decision=drafted)
    for each in held:
        cast_ballot(actor=each.person, decision=vote, choice="yes", declared=True, proof=make.proof())
    vote.refresh_from_db()
    clock.move(days=(vote.closes_at - clock.read()).days + 1)
    return close_decision(decision=vote)


def test_cured_decided_and_confirmed_it_is_active_again(suspended, clock):
    alliance, streams = suspended
    cure(streams)
    assess_now(actor=organiser(alliance), alliance=alliance)
    with pytest.raises(DomainError) as early:
        suspension.confirm_return(actor=auditor(alliance), alliance=alliance)
    assert early.value.code == "not_decided"
    assert decided(alliance, clock).state == "effective"
    for other in (organiser(alliance), holders(alliance)[0].person):
        with pytest.raises(NotPermitted):
            suspension.confirm_return(actor=other, alliance=alliance)
    assert suspension.confirm_return(actor=auditor(alliance), alliance=alliance).state == State.ACTIVE
    relay.run()
    assert Notice.objects.filter(subject__contains="is active again", person=organiser(alliance)).count() == 1


def test_the_overview_offers_each_step_of_the_return_once_it_can_be_taken(suspended, clock):
    alliance, streams = suspended
    confirms, decides = auditor(alliance), holders(alliance)[0].person
    for person in (confirms, decides):
        shown = overview(alliance, person)
        assert "This is not cured yet: V1, V2." in shown
        assert "Propose to return" not in shown
        assert "Confirm the cure" not in shown
    cure(streams)
    assess_now(actor=organiser(alliance), alliance=alliance)
    assert "The committee decides to return first" in overview(alliance, confirms)
    assert "Confirm the cure" not in overview(alliance, confirms)
    assert "Propose to return" in overview(alliance, decides)
    decided(alliance, clock)
    assert "Confirm the cure" in overview(alliance, confirms)
    assert "Propose to return" not in overview(alliance, decides)


def test_the_overview_of_what_is_suspended_takes_no_more_statements_than_any_page(suspended, clock):
    alliance, streams = suspended
    looks = (auditor(alliance), organiser(alliance), holders(alliance)[0].person)
    counted = [statements(alliance, person) for person in looks]
    cure(streams)
    assess_now(actor=organiser(alliance), alliance=alliance)
    counted += [statements(alliance, person) for person in looks]
    decided(alliance, clock)
    counted += [statements(alliance, person) for person in looks]
    assert max(counted) <= MOST_STATEMENTS, counted


def statements(alliance, person):
    client = browser(person)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(f"/a/{alliance.slug}/").status_code == 200
    return len(taken)


def overview(alliance, person):
    return browser(person).get(f"/a/{alliance.slug}/").content.decode()


def test_home_says_what_must_be_cured_until_it_is(alliance, clock, django_assert_num_queries):
    told = (organiser(alliance), alliance.officers.get(office="chair", ends_at=None).person)
    other = next(each.person for each in holders(alliance) if each.person not in told)
    assert not list(cures_of(told[0], clock.read()))
    streams = list(drop(alliance))
    assess_now(actor=told[0], alliance=alliance)
    clock.move(days=1)
    for person in told:
        at = clock.read()
        with django_assert_num_queries(1):
            (todo,) = cures_of(person, at)
        assert todo.what == f"Have this cured: {REGISTRY['V1'].name}, {REGISTRY['V2'].name}"
        assert todo.note == "28 days left before it is suspended"
        assert todo.due_at == DropNotice.objects.get(alliance=alliance, indicator="V1").cure_by
        assert "Have this cured" in browser(person).get("/").content.decode()
    assert not list(cures_of(other, clock.read()))
    cure(streams)
    assess_now(actor=told[0], alliance=alliance)
    assert not list(cures_of(told[0], clock.read()))


def test_uncured_it_neither_decides_to_return_nor_returns(suspended, clock):
    alliance, _streams = suspended
    with pytest.raises(DomainError) as refused:
        suspension.confirm_return(actor=auditor(alliance), alliance=alliance)
    assert refused.value.code == "not_cured"
    with pytest.raises(DomainError) as refused:
        decided(alliance, clock)
    assert refused.value.code == "not_cured"
    assert not Decision.objects.filter(alliance=alliance, effect=LIFTING).exists()
    assert Alliance.objects.get(pk=alliance.pk).state == State.SUSPENDED


def test_an_active_alliance_has_nothing_to_return_from(alliance):
    with pytest.raises(DomainError) as refused:
        suspension.confirm_return(actor=auditor(alliance), alliance=alliance)
    assert refused.value.code == "not_suspended"
