"""What lapses next, and that it is announced before it does: 30 and 7 days, once each, to whoever renews it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.templatetags.moments import written
from alliance.models import CounselReview, Position, Role
from alliance.services.exhibits import attach_exhibit
from alliance.states import RoleKind
from audit.models import Event
from governance.models import Attestation, Disclosure
from notifications.models import Notice
from notifications.services import relay
from tests import stories
from tests.charter.steps import organiser, told
from tests.stories import CANYON
from traits.freshness import Lapse, kept, lapses_of, read_back, step_due
from traits.mending import Step
from traits.models import Announcement, Assessment
from traits.services.assessments import assess_now
from traits.services.chartered import announce_lapses
from traits.tasks import assess_every_alliance


def lapse(day: date) -> Lapse:
    return Lapse("review", day.isoformat(), Step("review"))


@pytest.mark.parametrize(
    ("left", "due"), [(31, None), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)  # fmt: skip
def test_it_is_announced_thirty_and_seven_days_before(left, due):
    today = date(2026, 5, 1)
    assert step_due(lapse(today + timedelta(days=left)), today) == due


def test_the_list_is_read_from_the_evidence_soonest_first():
    evidence = stories.evidence(stories.story(CANYON))
    found = lapses_of(evidence)
    assert {each.kind for each in found} >= {"interests", "attestation", "disclosure", "review", "term"}
    assert [each.on for each in found] == sorted(each.on for each in found)
    assert all(each.day >= evidence.today for each in found)
    newest = max(
        each.confirmed_at
        for topic in evidence.alliance.topics
        for each in topic.positions
        if each.member == found[[each.kind for each in found].index("interests")].step.of
        and each.stance >= 1
        and each.salience >= 60
    )
    first = next(each for each in found if each.kind == "interests")
    assert first.day == (newest + timedelta(days=180)).date()
    assert read_back(kept(found)) == found


def test_what_has_lapsed_or_never_was_is_not_on_it():
    document = stories.story(CANYON)
    document["counsel_reviews"] = []
    for seat in document["seats"]:
        for held in seat["holdings"]:
            held["attestations"] = []
    found = {each.kind for each in lapses_of(stories.evidence(document))}
    assert "review" not in found
    assert "attestation" not in found


@pytest.fixture
def alliance(clock):
    """Everything in it was confirmed, signed and reviewed today."""
    found = told(CANYON)
    now = clock.read()
    Position.objects.filter(alliance=found).update(confirmed_at=now)
    Attestation.objects.filter(alliance=found).update(signed_at=now)
    Disclosure.objects.filter(alliance=found).update(made_at=now)
    CounselReview.objects.filter(alliance=found).update(reviewed_at=now)
    assess_now(actor=organiser(found), alliance=found)
    return found


def representatives(alliance):
    return Role.objects.filter(alliance=alliance, kind=RoleKind.REPRESENTATIVE, revoked_at=None)


@pytest.mark.django_db
def test_each_step_is_announced_once_to_who_renews_it(alliance, clock):
    assert announce_lapses(alliance=alliance) == 0
    clock.move(days=151)
    members = alliance.members.admitted().count()
    assert announce_lapses(alliance=alliance) == members
    assert announce_lapses(alliance=alliance) == 0
    assert Event.objects.filter(stream=alliance.pk, verb="traits.lapse.announced").count() == members
    relay.run()
    relay.run()
    for role in representatives(alliance):
        subject = f"Lapses in 29 days: Interests of {role.member}"
        assert Notice.objects.filter(person=role.person, subject=subject).count() == 1
    clock.move(days=23)
    assert announce_lapses(alliance=alliance) == members
    assert Announcement.objects.filter(alliance=alliance, kind="interests").count() == 2 * members


@pytest.fixture
def holder(alliance):
    """A holder whose statement and disclosure were made at the same moment."""
    return Disclosure.objects.filter(alliance=alliance).order_by("pk").last().holding.person


def told_to(person):
    return [each for each in Notice.objects.filter(person=person).order_by("subject") if "laps" in each.subject.lower()]


@pytest.mark.django_db
def test_a_holder_hears_once_of_both_statements_as_their_own_and_to_the_minute(alliance, holder, clock):
    ends = Disclosure.objects.filter(holding__person=holder).latest("made_at").made_at + timedelta(days=365)
    clock.move(days=340)
    assess_now(actor=organiser(alliance), alliance=alliance)
    announce_lapses(alliance=alliance)
    relay.run()
    (notice,) = told_to(holder)
    assert notice.subject.startswith("Your independence statement and your disclosure of conflicts lapse in 2")
    with timezone.override(holder.time_zone):
        assert f"lapse on {written(ends)}." in notice.text
    assert "Renew both before then. From then on your seat cannot vote until both are renewed." in notice.text
    assert holder.name not in notice.subject + notice.text


@pytest.mark.django_db
def test_a_holder_who_has_signed_already_hears_of_the_disclosure_alone(alliance, holder, clock):
    clock.move(days=340)
    Attestation.objects.filter(holding__person=holder).update(signed_at=clock.read())
    assess_now(actor=organiser(alliance), alliance=alliance)
    announce_lapses(alliance=alliance)
    relay.run()
    (notice,) = told_to(holder)
    assert notice.subject.startswith("Your disclosure of conflicts lapses in 2")
    assert "Renew it before then." in notice.text


@pytest.mark.django_db
def test_a_member_hears_whose_vote_is_suspended(alliance, clock):
    clock.move(days=151)
    announce_lapses(alliance=alliance)
    relay.run()
    role = representatives(alliance).first()
    (notice,) = [each for each in told_to(role.person) if "Interests of" in each.subject]
    assert f"the vote of {role.member} is suspended until they are confirmed" in notice.text


@pytest.mark.django_db
def test_who_has_renewed_meanwhile_hears_nothing(alliance, clock):
    clock.move(days=151)
    assert announce_lapses(alliance=alliance)
    Position.objects.filter(alliance=alliance).update(confirmed_at=clock.read())
    assess_now(actor=organiser(alliance), alliance=alliance)
    relay.run()
    assert not Notice.objects.filter(subject__contains="Lapses in").exists()


@pytest.mark.django_db
def test_the_nightly_round_announces_and_shows_it(alliance, clock):
    clock.move(days=151)
    assess_every_alliance()
    latest = Assessment.objects.latest_of(alliance)
    assert latest.why == "nightly"
    assert Announcement.objects.filter(alliance=alliance).exists()
    client = Client()
    client.force_login(organiser(alliance), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/a/{alliance.slug}/readiness/").content.decode()
    assert "What lapses next" in page
    assert read_back(latest.lapses)[0].words in page


# -- Attached evidence ----------------------------------------------------------------------------------------------
def exhibit(document, **said):
    """A link on the first contribution, added and lapsing as said."""
    author = document["roles"][0]["person"]
    record = {
        "id": "e1",
        "kind": "contribution",
        "record": document["contributions"][0]["id"],
        "title": "Bank guarantee",
        "address": "https://bank.example/guarantee",
        "added_by": author,
        "added_at": document["alliance"]["created_at"],
        **said,
    }
    document.setdefault("exhibits", []).append(record)
    return record


def exhibits_that_lapse(document):
    return [each for each in lapses_of(stories.evidence(document)) if each.kind == "exhibit"]


def day_of(document, days):
    return (stories.evidence(document).today + timedelta(days=days)).isoformat()


def test_attached_evidence_lapses_the_day_after_its_last_and_its_author_renews_it():
    document = stories.story(CANYON)
    record = exhibit(document, valid_until=day_of(document, 20))

    [found] = exhibits_that_lapse(document)

    assert found.on == day_of(document, 21)
    assert found.step == Step("renew_evidence", "e1", "Bank guarantee", record["added_by"])
    assert found.words == "Evidence “Bank guarantee”"


def test_evidence_without_a_day_taken_back_or_lapsed_does_not_lapse_next():
    document = stories.story(CANYON)
    by = document["roles"][0]["person"]
    exhibit(document, valid_until=None)
    exhibit(document, id="e2", valid_until=day_of(document, -1))
    back = {"withdrawn_by": by, "withdrawn_at": document["as_of"]}
    exhibit(document, id="e3", valid_until=day_of(document, 5), **back)

    assert exhibits_that_lapse(document) == []


@pytest.mark.parametrize(("days", "lapsing"), [(None, []), (90, ["e2"]), (5, ["e1", "e2"])])
def test_newer_evidence_on_the_same_record_that_holds_longer_renews_it(days, lapsing):
    document = stories.story(CANYON)
    exhibit(document, valid_until=day_of(document, 20))
    exhibit(document, id="e2", valid_until=day_of(document, days) if days else None, added_at=document["as_of"])

    assert sorted(each.step.ref for each in exhibits_that_lapse(document)) == lapsing


def test_what_is_attached_to_a_confidential_position_is_not_told():
    document = stories.story(CANYON)
    topic = next(each for each in document["topics"] if each["positions"])
    position = topic["positions"][0]
    position["id"] = "p1"
    exhibit(document, kind="position", record="p1", valid_until=day_of(document, 20))
    assert len(exhibits_that_lapse(document)) == 1

    position["is_confidential"] = True

    assert exhibits_that_lapse(document) == []


@pytest.mark.django_db
def test_lapsing_evidence_is_announced_to_its_author_until_it_is_renewed(alliance, clock):
    role = Role.objects.filter(alliance=alliance, kind=RoleKind.REPRESENTATIVE, revoked_at=None).first()
    promise = alliance.contributions.filter(member=role.member).first()
    given = {"alliance": alliance, "kind": "contribution", "record": promise.pk, "address": "https://bank.example/"}
    attach_exhibit(actor=role.person, title="Guarantee", valid_until=clock.read().date() + timedelta(days=20), **given)
    assess_now(actor=organiser(alliance), alliance=alliance)

    assert announce_lapses(alliance=alliance) == 1
    relay.run()
    [notice] = Notice.objects.filter(subject__startswith="Lapses in")
    assert (notice.person, notice.subject) == (role.person, "Lapses in 21 days: Evidence “Guarantee”")

    attach_exhibit(actor=role.person, title="Guarantee, renewed", **given)
    assess_now(actor=organiser(alliance), alliance=alliance)
    clock.move(days=14)
    assert announce_lapses(alliance=alliance) == 0


@pytest.mark.django_db
def test_of_evidence_whose_author_has_left_the_organisers_are_told(alliance, clock):
    role = representatives(alliance).first()
    promise = alliance.contributions.filter(member=role.member).first()
    attach_exhibit(
        actor=role.person, alliance=alliance, kind="contribution", record=promise.pk, title="Guarantee",
        address="https://bank.example/", valid_until=clock.read().date() + timedelta(days=20),
    )  # fmt: skip
    role.person.roles.update(revoked_at=clock.read())
    assess_now(actor=organiser(alliance), alliance=alliance)

    assert announce_lapses(alliance=alliance) == 1
    relay.run()

    notices = Notice.objects.filter(subject="Lapses in 21 days: Evidence “Guarantee”")
    organisers = Role.objects.current().filter(alliance=alliance, kind=RoleKind.ORGANISER)
    assert {each.person_id for each in notices} == set(organisers.values_list("person", flat=True))
    assert all("Nobody who may renew it is here any more" in each.text for each in notices)


def test_titles_of_evidence_are_scanned_but_not_in_confidence_nor_once_taken_back():
    document = stories.story(CANYON)
    position = document["topics"][0]["positions"][0]
    position["id"] = "p1"
    before = stories.evidence(document).forbidden
    exhibit(document, kind="position", record="p1", title="Wages we pay")
    record = exhibit(document, id="e2", title="Our prices")

    found = stories.evidence(document).forbidden
    assert {each.words for each in found} - {each.words for each in before} == {"prices", "wages"}

    position["is_confidential"] = True
    record |= {"withdrawn_by": record["added_by"], "withdrawn_at": document["as_of"]}

    assert stories.evidence(document).forbidden == before
