"""Value streams, what outlives the alliance, and its next problem."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from alliance.models import Alliance
from alliance.services import legacy, value
from alliance.states import BESIDE, LegacyPart, RoleKind, State
from audit import clock
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def organiser(alliance):
    return make.organiser(alliance)


@pytest.fixture
def member(alliance):
    return make.member(alliance)


@pytest.fixture
def steward(member):
    return make.representative(member)


@pytest.fixture
def stream(alliance, steward):
    return make.stream(alliance, steward=steward)


@pytest.fixture
def today(clock):
    return clock.read().date()


WORDS = {"title": "Clean air", "description": "", "effect": "removes_cost"}


def measured(stream, steward, today, **changes):
    given = {"metric": "NOx", "unit": "t", "baseline": Decimal(38), "baseline_on": today, "source": "Port"}
    return value.set_baseline(actor=steward, stream=stream, **{**given, **changes})


def test_the_first_benefit_is_the_main_one(alliance, organiser, member):
    first = value.add_stream(actor=organiser, alliance=alliance, beneficiaries=[member], **WORDS)
    second = value.add_stream(
        actor=organiser, alliance=alliance, beneficiaries=[], is_primary=True, **{**WORDS, "title": "Quiet"}
    )

    first.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)
    assert [each.member for each in first.beneficiaries.all()] == [member]
    assert make.verbs(alliance) == ["alliance.stream.added"] * 2


def test_a_benefit_keeps_to_its_alliance(alliance, organiser, stream, stranger):
    foreign = make.member(make.alliance())
    beside = [make.role(make.person(), alliance, kind).person for kind in BESIDE]

    with refused("foreign_member"):
        value.add_stream(actor=organiser, alliance=alliance, beneficiaries=[foreign], **WORDS)
    with refused("steward_unknown"):
        value.add_stream(actor=organiser, alliance=alliance, beneficiaries=[], steward=stranger, **WORDS)
    for steward in beside:
        with refused("steward_unknown"):
            value.add_stream(actor=organiser, alliance=alliance, beneficiaries=[], steward=steward, **WORDS)
    with refused("stream_known"):
        value.add_stream(
            actor=organiser, alliance=alliance, beneficiaries=[], **{**WORDS, "title": f" {stream.title} "}
        )
    with not_permitted():
        value.add_stream(actor=stranger, alliance=alliance, beneficiaries=[], **WORDS)


def test_a_new_steward_accepts_anew(alliance, organiser, member, stream, steward):
    value.accept_stewardship(actor=steward, stream=stream)
    stream.beneficiaries.create(member=member)
    other = make.signatory(member)

    kept = value.change_stream(
        actor=organiser, stream=stream, beneficiaries=[member], steward=steward, title=stream.title.upper()
    )
    assert kept.steward_accepted_at
    changed = value.change_stream(actor=organiser, stream=stream, beneficiaries=[], steward=other)

    assert (changed.steward, changed.steward_accepted_at) == (other, None)
    assert not changed.beneficiaries.exists()


def test_what_was_accepted_is_accepted_anew_once_it_is_another_benefit(alliance, organiser, member, stream, steward):
    """With other words the steward, the links and the successor; with another horizon the steward."""
    topic, successor = make.topic(alliance), make.organisation("Standards House")
    value.accept_stewardship(actor=steward, stream=stream)
    stream.beneficiaries.create(member=member)
    link = stream.interest_links.create(member=member, topic=topic, accepted_at=clock.read())
    form = stream.durable_forms.create(form="fund", successor=successor, accepted_at=clock.read(), acceptance="We do.")
    same = {"actor": organiser, "stream": stream, "beneficiaries": [member], "steward": steward}

    longer = value.change_stream(**same, is_permanent=True, review_months=12)
    assert longer.steward_accepted_at is None
    value.accept_stewardship(actor=steward, stream=stream)
    for changes in ({"beneficiaries": []}, {"beneficiaries": [member]}, {"effect": "creates_gain"}):
        assert value.change_stream(**same | changes).steward_accepted_at is None
        value.accept_stewardship(actor=steward, stream=stream)
        same |= {key: value for key, value in changes.items() if key == "effect"}
    own = value.change_stream(**same | {"actor": steward_who_organises(alliance, steward)}, review_months=24)
    assert own.steward_accepted_at

    value.change_stream(**same, title="A newsletter", description="For all.")
    for each in (link, form, stream):
        each.refresh_from_db()
    assert (link.accepted_at, form.accepted_at, stream.steward_accepted_at) == (None, None, None)
    assert form.acceptance == "We do."


def steward_who_organises(alliance, steward):
    make.role(steward, alliance, RoleKind.ORGANISER)
    return steward


def test_a_steward_hears_of_being_asked_and_of_other_words(alliance, organiser, member, stream, steward):
    value.change_stream(actor=organiser, stream=stream, beneficiaries=[], steward=steward, title="Air for all")
    relay.run()
    told = Notice.objects.filter(person=steward, subject=f"You are asked to keep “Air for all”, in {alliance}")
    assert told.count() == 1
    value.accept_stewardship(actor=steward, stream=stream)
    value.change_stream(actor=organiser, stream=stream, beneficiaries=[], steward=steward)
    relay.run()
    assert told.count() == 1
    value.change_stream(actor=organiser, stream=stream, beneficiaries=[member], steward=steward)
    relay.run()
    assert told.count() == 2


def test_another_measure_does_not_relabel_what_was_read(alliance, stream, steward, today):
    measured(stream, steward, today, baseline_on=today - timedelta(days=9))
    value.record_reading(actor=steward, stream=stream, value=Decimal(1), read_on=today, source="Port")
    for other in ({"metric": "Number of claims"}, {"unit": "claims"}):
        with refused("measured_already"):
            measured(stream, steward, today, baseline_on=today - timedelta(days=9), **other)
    assert measured(stream, steward, today, baseline_on=today - timedelta(days=8))


def test_what_of_a_benefit_may_not_be_changed(alliance, organiser, stream, steward, stranger):
    other = make.stream(alliance)
    same = {"stream": stream, "beneficiaries": [], "steward": steward}

    with refused("not_changeable"):
        value.change_stream(actor=organiser, is_primary=True, **same)
    with refused("stream_known"):
        value.change_stream(actor=organiser, title=other.title, **same)
    with not_permitted():
        value.change_stream(actor=stranger, title="x", **same)
    Alliance.objects.filter(pk=alliance.pk).update(state=State.RATIFYING)
    with refused("charter_being_signed"):
        value.change_stream(actor=organiser, title="x", **same)


def test_only_the_named_steward_accepts_once(alliance, organiser, stream, steward):
    with not_permitted():
        value.accept_stewardship(actor=organiser, stream=stream)

    value.accept_stewardship(actor=steward, stream=stream)

    assert make.verbs(alliance) == ["alliance.stewardship.accepted"]
    with refused("accepted_already"):
        value.accept_stewardship(actor=steward, stream=stream)


def test_readings_come_after_the_baseline_one_a_day(alliance, stream, steward, organiser, today):
    reading = {"stream": stream, "value": Decimal(20), "source": "Port"}
    with refused("reading_before_baseline"):
        value.record_reading(actor=steward, read_on=today, **reading)
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    measured(stream, steward, today, baseline_on=yesterday)

    value.record_reading(actor=steward, read_on=today, **reading)

    assert make.verbs(alliance) == ["alliance.baseline.set", "alliance.reading.recorded"]
    with refused("reading_known"):
        value.record_reading(actor=steward, read_on=today, **reading)
    with refused("reading_ahead"):
        value.record_reading(actor=steward, read_on=tomorrow, **reading)
    with not_permitted():
        value.record_reading(actor=organiser, read_on=today, **reading)


def test_a_legacy_goes_on_being_read(alliance, stream, steward, today):
    measured(stream, steward, today)
    Alliance.objects.filter(pk=alliance.pk).update(state=State.LEGACY)

    value.record_reading(actor=steward, stream=stream, value=Decimal(1), read_on=today, source="Port")

    with refused("alliance_ended"):
        measured(stream, steward, today)


def test_a_baseline_lies_in_the_past_and_before_readings(stream, steward, today, stranger):
    measured(stream, steward, today - timedelta(days=9))
    value.record_reading(
        actor=steward, stream=stream, value=Decimal(1), read_on=today - timedelta(days=5), source="Port"
    )

    with refused("baseline_ahead"):
        measured(stream, steward, today + timedelta(days=1))
    with refused("reading_before_baseline"):
        measured(stream, steward, today)
    with not_permitted():
        measured(stream, stranger, today)


def test_another_member_verifies_the_baseline(alliance, member, stream, steward, today, stranger):
    other = make.member(alliance)
    voice, sister = make.representative(other), make.signatory(member)
    with refused("no_baseline"):
        value.verify_baseline(actor=voice, stream=stream, member=other)
    measured(stream, steward, today)

    with refused("not_second"):
        value.verify_baseline(actor=sister, stream=stream, member=member)
    with refused("not_second"):
        value.verify_baseline(actor=sister, stream=stream, member=other)
    with not_permitted():
        value.verify_baseline(actor=stranger, stream=stream, member=other)
    stream = value.verify_baseline(actor=voice, stream=stream, member=other)

    assert stream.baseline_verified_by == other
    assert measured(stream, steward, today).baseline_verified_by is None


def test_an_interest_is_linked_and_the_steward_accepts(alliance, organiser, member, stream, steward, stranger):
    topic, voice = make.topic(alliance), steward
    with refused("not_beneficiary"):
        value.link_interest(actor=voice, stream=stream, member=member, topic=topic)
    value.change_stream(actor=organiser, stream=stream, beneficiaries=[member], steward=steward)

    link = value.link_interest(actor=voice, stream=stream, member=member, topic=topic)
    with refused("linked_already"):
        value.link_interest(actor=voice, stream=stream, member=member, topic=topic)
    with not_permitted():
        value.link_interest(actor=stranger, stream=stream, member=member, topic=topic)
    with not_permitted():
        value.accept_interest_link(actor=organiser, link=link)

    assert value.accept_interest_link(actor=steward, link=link).accepted_at
    assert make.verbs(alliance)[1:] == ["alliance.interest.linked", "alliance.interest_link.accepted"]
    with refused("accepted_already"):
        value.accept_interest_link(actor=steward, link=link)


def test_the_successors_own_person_accepts_in_writing(alliance, organiser, stream, stranger):
    durable = legacy.add_durable_form(
        actor=organiser, stream=stream, form="standard", description="The format", successor="Standards House"
    )
    keeper = make.holder(alliance, RoleKind.OBSERVER)
    with not_permitted():
        legacy.accept_succession(actor=keeper, form=durable, acceptance="We keep it.")
    make.affiliation(keeper, durable.successor)

    with refused("acceptance_missing"):
        legacy.accept_succession(actor=keeper, form=durable, acceptance=" ")
    accepted = legacy.accept_succession(actor=keeper, form=durable, acceptance="We keep it.")

    assert (accepted.accepted_by, accepted.acceptance) == (keeper, "We keep it.")
    assert make.verbs(alliance) == ["alliance.durable_form.added", "alliance.succession.accepted"]
    with refused("accepted_already"):
        legacy.accept_succession(actor=keeper, form=durable, acceptance="Again.")
    with refused("successor_missing"):
        legacy.add_durable_form(actor=organiser, stream=stream, form="fund", description="x", successor=" ")
    with not_permitted():
        legacy.add_durable_form(actor=stranger, stream=stream, form="fund", description="x", successor="Y")


def test_the_legacy_plan_is_written_part_by_part(alliance, organiser, stranger):
    legacy.write_legacy_item(actor=organiser, alliance=alliance, part=LegacyPart.DATA, text="Erase", owner="")
    item = legacy.write_legacy_item(actor=organiser, alliance=alliance, part=LegacyPart.DATA, text="Keep", owner="City")

    assert (item.text, item.owner.name, alliance.legacy_items.count()) == ("Keep", "City", 1)
    assert make.verbs(alliance) == ["alliance.legacy_plan.written"] * 2
    with not_permitted():
        legacy.write_legacy_item(actor=stranger, alliance=alliance, part=LegacyPart.DATA, text="x", owner="")


def test_another_steward_is_named_once_the_first_has_left(alliance, organiser, member, stream, steward):
    """Under a charter, too: a benefit whose steward is gone is kept by nobody, and no vote could be that quick."""
    value.accept_stewardship(actor=steward, stream=stream)
    auditor = make.holder(alliance, RoleKind.AUDITOR)
    other, page = make.signatory(member), reverse("alliance:stream", args=[alliance.slug, stream.pk])
    form = reverse("alliance:name_steward", args=[alliance.slug, stream.pk])
    type(alliance).objects.filter(pk=alliance.pk).update(state=State.ACTIVE)
    with refused("steward_there"):
        value.name_steward(actor=organiser, stream=stream, steward=other)
    assert form not in client_of(organiser).get(page).text
    steward.roles.update(revoked_at=clock.read())
    assert "has no part here any more" in client_of(other).get(page).text
    assert form not in client_of(other).get(page).text
    assert form in client_of(organiser).get(page).text
    with refused("steward_unknown"):
        value.name_steward(actor=organiser, stream=stream, steward=auditor)
    with not_permitted():
        value.name_steward(actor=other, stream=stream, steward=other)
    assert client_of(organiser).post(form, {"steward": other.pk}).status_code == 302
    stream.refresh_from_db()
    assert (stream.steward, stream.steward_accepted_at) == (other, None)
    assert value.accept_stewardship(actor=other, stream=stream).steward_accepted_at
