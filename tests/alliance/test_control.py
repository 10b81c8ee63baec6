"""Shared control: rounds, reserved powers, the way out, counsel's review."""

import pytest

from alliance.models import Alliance, CoreDomain
from alliance.selectors.ladder import levels_of
from alliance.services import control
from alliance.services.membership import withdraw_member
from alliance.services.review import record_review
from alliance.states import Domain, Participation, Profile, RoleKind, RoundState, State
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def members(alliance):
    return [make.member(alliance), make.member(alliance)]


@pytest.fixture
def organiser(alliance):
    return make.organiser(alliance)


def propose(organiser, alliance, members, level=2, domain=Domain.DATA):
    levels = {(member, domain.value): level for member in members}
    return control.propose_round(actor=organiser, alliance=alliance, levels=levels)


def sign(found, member):
    hand = make.signatory(member)
    return control.sign_steps(actor=hand, round=found, member=member, proof=make.proof())


def test_a_round_is_complete_once_all_have_signed(alliance, members, organiser):
    found = propose(organiser, alliance, members)

    sign(found, members[0])
    assert levels_of(alliance) == {}
    found = sign(found, members[1])

    assert (found.state, found.number) == (RoundState.COMPLETED, 1)
    assert levels_of(alliance) == {(member.pk, "data"): 2 for member in members}
    assert make.verbs(alliance) == [
        "alliance.round.proposed",
        "alliance.steps.signed",
        "alliance.steps.signed",
        "alliance.round.completed",
    ]


def test_a_round_is_taken_back_before_all_have_signed(alliance, members, organiser):
    found = propose(organiser, alliance, members)
    sign(found, members[0])
    hand = make.signatory(members[0])
    with not_permitted():
        control.take_back_round(actor=hand, round=found)

    assert client_of(organiser).post(f"/a/{alliance.slug}/control/rounds/{found.pk}/take-back/").status_code == 302

    found.refresh_from_db()
    assert (found.state, levels_of(alliance)) == (RoundState.TAKEN_BACK, {})
    assert "Taken back" in client_of(organiser).get(f"/a/{alliance.slug}/control/").text
    assert make.verbs(alliance)[-1] == "alliance.round.taken_back"
    for over in (found, _completed(organiser, alliance, members)):
        with refused("round_over"):
            control.take_back_round(actor=organiser, round=over)


def _completed(organiser, alliance, members):
    found = propose(organiser, alliance, members)
    for member in members:
        found = sign(found, member)
    return found


def test_a_round_ends_with_a_member_that_leaves(alliance, members, organiser):
    leaving = make.member(alliance)
    found = propose(organiser, alliance, [*members, leaving])
    withdraw_member(actor=organiser, member=leaving)
    found.refresh_from_db()
    assert found.state == RoundState.TAKEN_BACK
    assert _completed(organiser, alliance, members).number == 2


def test_the_next_round_climbs_from_there(alliance, members, organiser):
    found = propose(organiser, alliance, members)
    for member in members:
        sign(found, member)

    again = propose(organiser, alliance, members, level=4)

    assert {(step.from_level, step.to_level) for step in again.steps.all()} == {(2, 4)}
    assert again.number == 2


@pytest.mark.parametrize("level", [0, 3, 5])
def test_a_step_climbs_one_or_two(alliance, members, organiser, level):
    with refused("step_too_large"):
        propose(organiser, alliance, members, level=level)


def test_a_round_is_mutual_and_alone(alliance, members, organiser, stranger):
    public = make.member(alliance, participation=Participation.PUBLIC)

    with refused("round_not_mutual"):
        propose(organiser, alliance, members[:1])
    with refused("round_not_mutual"):
        propose(organiser, alliance, [*members, public])
    with refused("domain_unknown"):
        control.propose_round(actor=organiser, alliance=alliance, levels={(each, "prices"): 1 for each in members})
    with not_permitted():
        propose(stranger, alliance, members)
    propose(organiser, alliance, members)
    with refused("round_open"):
        propose(organiser, alliance, members)


def test_only_its_signatory_signs_for_a_member_freshly_and_once(alliance, members, organiser):
    found = propose(organiser, alliance, members)
    hand, other = make.signatory(members[0]), make.signatory(members[1])

    for who in (other, make.representative(members[0]), organiser):
        with not_permitted():
            control.sign_steps(actor=who, round=found, member=members[0], proof=make.proof())
    with not_permitted("proof_stale"):
        control.sign_steps(actor=hand, round=found, member=members[0], proof=make.proof(minutes=6))
    control.sign_steps(actor=hand, round=found, member=members[0], proof=make.proof())
    with refused("nothing_to_sign"):
        control.sign_steps(actor=hand, round=found, member=members[0], proof=make.proof())


def test_a_round_lapses_after_thirty_days(alliance, members, organiser, clock):
    found = propose(organiser, alliance, members)
    hand = make.signatory(members[0])
    control.lapse_round(round=found)
    assert control.rounds_due() == []

    clock.move(days=30)

    with refused("round_over"):
        control.sign_steps(actor=hand, round=found, member=members[0], proof=make.proof())
    assert control.rounds_due() == [found]
    assert control.lapse_round(round=found).state == RoundState.LAPSED
    control.lapse_round(round=found)
    assert make.verbs(alliance) == ["alliance.round.proposed", "alliance.round.lapsed"]


def test_a_new_round_lapses_the_one_before(alliance, members, organiser, clock):
    propose(organiser, alliance, members)
    clock.move(days=31)

    assert propose(organiser, alliance, members).number == 2
    assert make.verbs(alliance)[1] == "alliance.round.lapsed"


def test_core_domains_are_three_from_the_list_and_one_in_essential(alliance):
    control.set_core_domains(alliance, {"data": 3})
    assert CoreDomain.objects.get(alliance=alliance).domain == "data"
    with refused("core_domains"):
        control.set_core_domains(alliance, {})
    alliance.profile = Profile.STANDARD
    control.set_core_domains(alliance, {"data": 3, "standards": 4, "disputes": 5})
    assert CoreDomain.objects.filter(alliance=alliance).count() == 3

    with refused("core_domains"):
        control.set_core_domains(alliance, {"data": 3, "standards": 3})
    with refused("core_domains"):
        control.set_core_domains(alliance, {"data": 3, "standards": 3, "prices": 3})
    with refused("core_level"):
        control.set_core_domains(alliance, {"data": 2, "standards": 3, "disputes": 3})


def test_a_member_reserves_and_releases_a_power(alliance, members, stranger):
    voice = make.representative(members[0])

    power = control.reserve_power(actor=voice, member=members[0], domain="data", text="Its own files", sole_veto=True)
    with not_permitted():
        control.release_power(actor=stranger, power=power)
    control.release_power(actor=voice, power=power)

    assert not alliance.reserved_powers.exists()
    assert make.verbs(alliance) == ["alliance.power.reserved", "alliance.power.released"]
    with not_permitted():
        control.reserve_power(actor=voice, member=members[1], domain="", text="x", sole_veto=False)


def test_exit_terms_are_set_before_the_charter(alliance, organiser, stranger):
    terms = {"exit_notice_days": 180, "exit_cost": "nothing", "entire_agreement": True}

    assert control.set_exit_terms(actor=organiser, alliance=alliance, **terms).exit_notice_days == 180
    assert make.verbs(alliance) == ["alliance.exit_terms.set"]
    with not_permitted():
        control.set_exit_terms(actor=stranger, alliance=alliance, **terms)
    Alliance.objects.filter(pk=alliance.pk).update(state=State.ACTIVE)
    with refused("under_charter"):
        control.set_exit_terms(actor=organiser, alliance=alliance, **terms)


def test_counsel_reviews_with_what_the_scan_found(alliance, organiser):
    make.topic(alliance, "Common prices")
    counsel = make.holder(alliance, RoleKind.COUNSEL)

    review = record_review(actor=counsel, alliance=alliance, cleared=False, opinion="Drop it.")

    assert review.hits == [{"subject": "prices", "words": "prices"}]
    assert make.verbs(alliance) == ["alliance.review.recorded"]
    with not_permitted():
        record_review(actor=organiser, alliance=alliance, cleared=True, opinion="Fine.")


def test_the_last_two_signatures_at_once_complete_the_round_once(transactional_db, race):
    alliance = make.alliance()
    members = [make.member(alliance), make.member(alliance)]
    found = propose(make.organiser(alliance), alliance, members)
    hands = [make.signatory(member) for member in members]

    def signing(hand, member):
        return lambda: control.sign_steps(actor=hand, round=found, member=member, proof=make.proof())

    answers = race(*(signing(hand, member) for hand, member in zip(hands, members, strict=True)))

    assert not [each for each in answers if isinstance(each, Exception)]
    assert make.verbs(alliance).count("alliance.round.completed") == 1
