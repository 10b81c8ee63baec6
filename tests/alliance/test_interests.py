"""Topics, positions, worksheets."""

from dataclasses import replace

import pytest

from accounts.models import guest
from alliance import sealing
from alliance.models import Position
from alliance.services import interests, worksheets
from alliance.services.interests import Stated
from alliance.states import Membership, RoleKind, State
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused
from traits.selectors.coverage import coverage_of

pytestmark = pytest.mark.django_db

FIGURES = sealing.Figures(
    currency="USD",
    benefit=sealing.Range(200, 300, 400),
    cost=sealing.Range(50, 100, 150),
    fall_back=sealing.Range(0, 50, 60),
    basis="Last year's books.",
)


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def member(alliance):
    return make.member(alliance)


def test_a_topic_is_added_once(alliance, stranger):
    organiser = make.organiser(alliance)

    interests.add_topic(actor=organiser, alliance=alliance, name=" Fees ", measure="Invoices")

    assert alliance.topics.get().name == "Fees"
    assert make.verbs(alliance) == ["alliance.topic.added"]
    with refused("topic_known"):
        interests.add_topic(actor=organiser, alliance=alliance, name="FEES", measure="")
    interests.add_topic(actor=organiser, alliance=alliance, name="Open  data", measure="")
    with refused("topic_known"):
        interests.add_topic(actor=organiser, alliance=alliance, name="open data", measure="")
    with refused("name_missing"):
        interests.add_topic(actor=organiser, alliance=alliance, name=" ", measure="")
    with not_permitted():
        interests.add_topic(actor=stranger, alliance=alliance, name="Data", measure="")


def test_a_topic_is_stated_once_at_a_time(alliance, member):
    voice, topic = make.representative(member), make.topic(alliance)
    twice = [interests.Stated(topic, 1, 50), interests.Stated(topic, 2, 60)]

    with refused("stated_twice"):
        interests.state_positions(actor=voice, member=member, positions=twice)


def test_a_representative_states_and_restates_positions(alliance, member):
    voice, one, two = make.representative(member), make.topic(alliance), make.topic(alliance)

    interests.state_positions(actor=voice, member=member, positions=[Stated(one, 2, 90, "Yes"), Stated(two, -1, 0)])
    interests.state_position(actor=voice, member=member, topic=one, stance=-2, salience=100)

    found = {position.topic: (position.stance, position.salience) for position in member.positions.all()}
    assert found == {one: (-2, 100), two: (-1, 0)}
    assert make.verbs(alliance) == ["alliance.position.stated"] * 3


@pytest.mark.parametrize(
    ("stance", "salience", "code"),
    [(3, 50, "stance_range"), (-3, 50, "stance_range"), (0, 101, "salience_range"), (0, -1, "salience_range")],
)
def test_one_position_out_of_range_refuses_all(alliance, member, stance, salience, code):
    voice, one, two = make.representative(member), make.topic(alliance), make.topic(alliance)

    with refused(code):
        interests.state_positions(
            actor=voice, member=member, positions=[Stated(one, 1, 50), Stated(two, stance, salience)]
        )


def test_positions_belong_to_admitted_members_and_their_own_alliance(alliance, member):
    voice, topic = make.representative(member), make.topic(alliance)
    invited = make.member(alliance, state=Membership.INVITED)
    other = make.representative(invited)

    foreign = make.topic(make.alliance())

    with refused("not_this_alliance"):
        interests.state_position(actor=voice, member=member, topic=foreign, stance=1, salience=1)
    with refused("not_this_alliance"):
        interests.state_position(actor=other, member=invited, topic=topic, stance=1, salience=1)
    with refused("nothing_stated"):
        interests.state_positions(actor=voice, member=member, positions=[])


def test_nobody_else_states_a_members_position(alliance, member):
    topic = make.topic(alliance)
    others = [
        make.organiser(alliance),
        make.signatory(member),
        make.representative(make.member(alliance)),
        make.holder(alliance, RoleKind.AUDITOR),
    ]

    for who in others:
        with not_permitted():
            interests.state_position(actor=who, member=member, topic=topic, stance=1, salience=1)


def test_an_ended_alliance_takes_no_position(member, alliance):
    voice, topic = make.representative(member), make.topic(alliance)
    type(alliance).objects.filter(pk=alliance.pk).update(state=State.ABANDONED)

    with refused("alliance_ended"):
        interests.state_position(actor=voice, member=member, topic=topic, stance=1, salience=1)


def test_a_worksheet_is_sealed_version_by_version(alliance, member):
    voice = make.representative(member)

    worksheets.sign_statement(actor=voice, member=member, statement="It is cheaper.", proof=make.proof())
    sealed = worksheets.seal_worksheet(actor=voice, member=member, figures=FIGURES, proof=make.proof())

    assert (sealed.version, sealed.statement) == (2, "")
    assert "300" not in sealed.ciphertext
    assert make.verbs(alliance) == ["alliance.worksheet.signed"] * 2


def test_what_is_sealed_stands_until_the_custodian_lets_it_be_corrected(alliance, member, clock):
    """Who could seal anew at will would find out the others' figures by trying."""
    voice, keeper = make.representative(member), make.holder(alliance, RoleKind.CUSTODIAN)
    again = {"actor": voice, "member": member, "figures": FIGURES}
    first = worksheets.seal_worksheet(**again, proof=make.proof())
    with refused("worksheet_stands"):
        worksheets.seal_worksheet(**again | {"figures": replace(FIGURES, alone=1)}, proof=make.proof())
    with refused("worksheet_stands"):
        worksheets.sign_statement(actor=voice, member=member, statement="It is cheaper.", proof=make.proof())
    for who in (voice, make.organiser(alliance)):
        with not_permitted():
            worksheets.reopen_worksheet(actor=who, worksheet=first)

    worksheets.reopen_worksheet(actor=keeper, worksheet=first)
    with refused("nothing_stands"):
        worksheets.reopen_worksheet(actor=keeper, worksheet=first)
    relay.run()
    told = Notice.objects.get(subject=f"{member} can seal its worksheet anew, in {alliance}")
    assert told.person == voice
    second = worksheets.seal_worksheet(**again, proof=make.proof())
    with refused("nothing_stands"):
        worksheets.reopen_worksheet(actor=keeper, worksheet=first)
    with refused("worksheet_stands"):
        worksheets.seal_worksheet(**again, proof=make.proof())
    clock.move(days=30)
    assert worksheets.seal_worksheet(**again, proof=make.proof()).version == second.version + 1


def test_the_page_of_worksheets_says_until_when_it_stands(alliance, member):
    voice, keeper = make.representative(member), make.holder(alliance, RoleKind.CUSTODIAN)
    sealed = worksheets.seal_worksheet(actor=voice, member=member, figures=FIGURES, proof=make.proof())
    page, correct = f"/a/{alliance.slug}/value/worksheets/", f"Let {member} correct it"

    mine = client_of(voice).get(page).text
    assert ("stands until" in mine, "Seal figures" in mine, correct in mine) == (True, False, False)
    assert correct in client_of(keeper).get(page).text
    assert client_of(keeper).post(f"{page}{sealed.pk}/reopen/").status_code == 302
    assert "Seal figures" in client_of(voice).get(page).text
    assert correct not in client_of(keeper).get(page).text


def test_worksheets_are_in_the_alliances_currency(alliance, member):
    voice, other = make.representative(member), replace(FIGURES, currency="IDR")
    with refused("other_currency"):
        worksheets.seal_worksheet(actor=voice, member=member, figures=other, proof=make.proof())


def test_the_member_and_the_custodian_open_it_and_that_is_recorded(alliance, member):
    voice = make.representative(member)
    sealed = worksheets.seal_worksheet(actor=voice, member=member, figures=FIGURES, proof=make.proof())

    for who in (voice, make.signatory(member), make.holder(alliance, RoleKind.CUSTODIAN)):
        assert worksheets.read_worksheet(actor=who, worksheet=sealed).figures == FIGURES
    assert make.verbs(alliance)[1:] == ["alliance.worksheet.read"] * 3

    for who in (make.organiser(alliance), make.representative(make.member(alliance)), make.person()):
        with not_permitted():
            worksheets.read_worksheet(actor=who, worksheet=sealed)


def test_a_worksheet_binds(member, stranger):
    voice = make.representative(member)

    with not_permitted("proof_stale"):
        worksheets.seal_worksheet(actor=voice, member=member, figures=FIGURES, proof=None)
    with not_permitted("proof_stale"):
        worksheets.sign_statement(actor=voice, member=member, statement="x", proof=make.proof(minutes=6))
    with not_permitted():
        worksheets.sign_statement(actor=stranger, member=member, statement="x", proof=make.proof())


def test_a_worksheet_says_something(alliance, member):
    voice = make.representative(member)
    invited = make.member(alliance, state=Membership.ACCEPTED)
    other = make.representative(invited)
    statement = worksheets.sign_statement(actor=voice, member=member, statement="x", proof=make.proof())
    unordered = sealing.Figures("USD", sealing.Range(3, 2, 1), FIGURES.cost, FIGURES.fall_back, "x")
    baseless = sealing.Figures("USD", FIGURES.benefit, FIGURES.cost, FIGURES.fall_back, " ")

    with refused("statement_missing"):
        worksheets.sign_statement(actor=voice, member=member, statement=" ", proof=make.proof())
    with refused("range_order"):
        worksheets.seal_worksheet(actor=voice, member=member, figures=unordered, proof=make.proof())
    with refused("basis_missing"):
        worksheets.seal_worksheet(actor=voice, member=member, figures=baseless, proof=make.proof())
    with refused("alone_negative"):
        worksheets.seal_worksheet(actor=voice, member=member, figures=replace(FIGURES, alone=-1), proof=make.proof())
    with refused("not_admitted"):
        worksheets.sign_statement(actor=other, member=invited, statement="x", proof=make.proof())
    with refused("nothing_sealed_here"):
        worksheets.read_worksheet(actor=voice, worksheet=statement)


def test_what_was_said_of_other_words_is_confirmed_on_the_new_ones(alliance, member, clock):
    organiser, topic, voice = make.organiser(alliance), make.topic(alliance, "Fees"), make.representative(member)
    said = {"actor": voice, "member": member, "topic": topic, "stance": 1, "salience": 50}
    interests.state_position(**said)
    clock.move(days=1)
    page, heat = f"/a/{alliance.slug}/interests/{member.pk}/", f"/a/{alliance.slug}/interests/"
    waiting = "State a position on 1 topic"

    interests.change_topic(actor=organiser, topic=topic, name="FEES", measure=topic.measure)
    assert alliance.positions.on_its_words().count() == 1
    assert waiting not in client_of(voice).get("/").text

    interests.change_topic(actor=organiser, topic=topic, name="Fees, halved", measure="")
    assert alliance.positions.on_its_words().count() == 0
    assert "of earlier words" in client_of(voice).get(heat).text
    assert "after you stated your position" in client_of(voice).get(page).text
    assert waiting in client_of(voice).get("/").text
    assert coverage_of(alliance, guest())[0].wants is None
    relay.run()
    asked = Notice.objects.filter(person=voice, subject=f"“Fees, halved” is worded anew in {alliance}")
    assert asked.count() == 1

    interests.state_position(**said)
    assert alliance.positions.on_its_words().count() == 1
    assert coverage_of(alliance, guest())[0].wants == "Fees, halved"
    assert "of earlier words" not in client_of(voice).get(heat).text
    assert "after you stated your position" not in client_of(voice).get(page).text


def test_a_topic_is_worded_anew_and_removed_while_no_other_has_spoken_of_it(alliance, member):
    organiser, topic = make.organiser(alliance), make.topic(alliance, "Prices")
    other = make.topic(alliance, "Fees")
    voice = make.representative(member)
    interests.state_position(actor=voice, member=member, topic=topic, stance=1, salience=50)
    interests.change_topic(actor=organiser, topic=topic, name=" Formats ", measure="Share of claims")
    topic.refresh_from_db()
    assert (topic.name, topic.measure, topic.positions.count()) == ("Formats", "Share of claims", 1)
    with refused("topic_known"):
        interests.change_topic(actor=organiser, topic=topic, name="Fees", measure="")
    with refused("name_missing"):
        interests.change_topic(actor=organiser, topic=topic, name=" ", measure="")
    with not_permitted():
        interests.remove_topic(actor=voice, topic=topic)
    with refused("spoken_of"):
        interests.remove_topic(actor=organiser, topic=topic)
    topic.positions.all().delete()
    interests.remove_topic(actor=organiser, topic=topic)
    assert list(alliance.topics.all()) == [other]
    assert make.verbs(alliance)[-2:] == ["alliance.topic.changed", "alliance.topic.removed"]


def test_under_a_charter_topics_stand(alliance):
    organiser, topic = make.organiser(alliance), make.topic(alliance)
    type(alliance).objects.filter(pk=alliance.pk).update(state=State.ACTIVE)
    with refused("under_charter"):
        interests.remove_topic(actor=organiser, topic=topic)


def test_words_that_stood_before_stand_again(alliance, member, clock):
    """Whoever changes a letter and takes it back silences nobody, unless somebody has spoken of other words since."""
    voice, organiser = make.representative(member), make.organiser(alliance)
    topic = make.topic(alliance, "Hardware first")
    said = {"actor": voice, "member": member, "topic": topic, "stance": 2, "salience": 80}
    word = {"actor": organiser, "topic": topic, "measure": topic.measure}
    interests.state_position(**said)

    def counts():
        return Position.objects.on_its_words().filter(topic=topic).count()

    for name, expected in (("Hardware first!", 0), ("Software", 0), ("hardware  FIRST", 1)):
        clock.move(hours=1)
        interests.change_topic(**word, name=name)
        assert counts() == expected
    clock.move(hours=1)
    interests.change_topic(**word, name="Software")
    clock.move(hours=1)
    interests.state_position(**said)
    clock.move(hours=1)
    interests.change_topic(**word, name="Hardware first")
    assert counts() == 0
