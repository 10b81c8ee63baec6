"""The committee: seats and terms by the organiser, holders who are named and accept, and leave."""

from datetime import timedelta

import pytest

from accounts.services.invitations import accept_invitation
from alliance.models import Alliance
from alliance.states import State
from audit.models import Event
from governance.models import CommitteeTerms, Holding, Officer
from governance.services import committee, holders
from governance.states import Office
from tests import factories as make
from tests.governance.refusals import refused

pytestmark = pytest.mark.django_db
TERMS = {
    "term_months": 36,
    "term_limit": 2,
    "forbids_instruction": True,
    "forbids_proxies": True,
    "appeal_route": "To the members",
    "records_held_by": "An archive",
}


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def organiser(alliance):
    return make.organiser(alliance)


def nominate(actor, seat, email, **fields):
    today = make.clock.read().date()
    terms = {"appointed_by": seat.member, "starts_on": today, "ends_on": today + timedelta(days=365)}
    return holders.nominate_holder(actor=actor, seat=seat, email=email, name="Ruth", **{**terms, **fields})


def last_verb():
    return Event.objects.order_by("pk").last().verb


def test_organiser_sets_terms(alliance, organiser):
    committee.set_committee_terms(actor=organiser, alliance=alliance, **TERMS)
    assert CommitteeTerms.objects.values(*TERMS).get(alliance=alliance) == TERMS
    assert last_verb() == "governance.committee_terms.set"


def test_only_an_organiser_sets_terms(alliance):
    representative = make.representative(make.member(alliance))
    with refused("not_permitted"):
        committee.set_committee_terms(actor=representative, alliance=alliance, **TERMS)


@pytest.mark.parametrize("state", [State.RATIFYING, State.ACTIVE, State.LEGACY])
def test_seats_are_fixed_by_the_charter(state):
    alliance = make.alliance(state=state)
    organiser, seat = make.organiser(alliance), make.seat(alliance)
    code = "charter_being_signed" if state == State.RATIFYING else "under_charter"
    with refused(code):
        committee.add_seat(actor=organiser, alliance=alliance, label="More", weight=1, member=None)
    with refused(code):
        committee.change_seat(actor=organiser, seat=seat, label="Other", weight=2, member=None)
    with refused(code):
        committee.abolish_seat(actor=organiser, seat=seat)


def test_seat_is_added_changed_and_abolished(alliance, organiser):
    member = make.member(alliance)
    seat = committee.add_seat(actor=organiser, alliance=alliance, label=" North ", weight=2, member=member)
    assert (seat.label, seat.weight, seat.member) == ("North", 2, member)
    seat = committee.change_seat(actor=organiser, seat=seat, label="Neutral", weight=1, member=None)
    assert (seat.label, seat.weight, seat.member) == ("Neutral", 1, None)
    assert committee.abolish_seat(actor=organiser, seat=seat).abolished_at
    with refused("seat_abolished"):
        committee.change_seat(actor=organiser, seat=seat, label="Again", weight=1, member=None)


def test_unsound_seat_is_refused(alliance, organiser):
    make.seat(alliance, "North")
    foreign = make.member(make.alliance())
    add = {"actor": organiser, "alliance": alliance, "weight": 1, "member": None}
    with refused("label_taken"):
        committee.add_seat(**add | {"label": "North"})
    with refused("label_missing"):
        committee.add_seat(**add | {"label": "  "})
    with refused("weight_range"):
        committee.add_seat(**add | {"label": "South", "weight": 0})
    with refused("foreign_member"):
        committee.add_seat(**add | {"label": "South", "member": foreign})


def test_held_seat_is_not_abolished(alliance, organiser):
    held = make.holding(make.seat(alliance))
    with refused("seat_held"):
        committee.abolish_seat(actor=organiser, seat=held.seat)


def test_known_person_is_named_and_accepts(alliance, organiser):
    person, seat = make.person(), make.seat(alliance)
    assert not Alliance.objects.visible_to(person).exists()
    holding = nominate(organiser, seat, person.email.upper())
    assert holding.accepted_at is None
    assert list(Alliance.objects.visible_to(person)) == [alliance]
    holding = holders.accept_seat(actor=person, holding=holding, proof=make.proof())
    assert holding.accepted_at
    event = Event.objects.get(verb="governance.seat.accepted")
    assert '"method":"password"' in event.body
    assert person.name not in event.body


def test_unknown_person_is_invited_and_named_on_acceptance(alliance, organiser):
    seat = make.seat(alliance)
    invitation = nominate(organiser, seat, "new@example.com", organisation="Canyon Bank")
    assert not Holding.objects.exists()
    with refused("seat_taken"):
        nominate(organiser, seat, "other@example.com")
    person = make.person(email="new@example.com")
    accept_invitation(actor=person, invitation=invitation)
    holding = Holding.objects.get()
    assert (holding.seat, holding.person, holding.accepted_at) == (seat, person, None)
    assert person.affiliations.get().organisation.name == "Canyon Bank"


def test_seat_filled_meanwhile_leaves_an_account_only(alliance, organiser):
    seat = make.seat(alliance)
    invitation = nominate(organiser, seat, "new@example.com")
    taken = make.holding(seat)
    accept_invitation(actor=make.person(email="new@example.com"), invitation=invitation)
    assert Holding.objects.get() == taken
    assert Event.objects.filter(verb="governance.nomination.lapsed").count() == 1


def test_member_names_its_own_holder_under_the_charter():
    alliance = make.alliance(state=State.ACTIVE)
    member, seat_of_other = make.member(alliance), make.seat(alliance, member=make.member(alliance))
    signatory, organiser, other = make.signatory(member), make.organiser(alliance), make.person()
    assert nominate(signatory, make.seat(alliance, member=member), make.person().email).appointed_by == member
    with refused("not_permitted"):
        nominate(signatory, seat_of_other, other.email)
    with refused("not_permitted"):
        nominate(organiser, seat_of_other, other.email)


def test_wrong_nomination_is_refused(alliance, organiser):
    held, vacant = make.holding(make.seat(alliance)), make.seat(alliance)
    today, other, foreign = make.clock.read().date(), make.person(), make.member(make.alliance())
    with refused("seat_taken"):
        nominate(organiser, held.seat, other.email)
    with refused("holds_a_seat"):
        nominate(organiser, vacant, held.person.email)
    with refused("term_order"):
        nominate(organiser, vacant, other.email, starts_on=today, ends_on=today)
    with refused("foreign_member"):
        nominate(organiser, vacant, other.email, appointed_by=foreign)


def test_nomination_can_be_taken_back_until_it_is_accepted(alliance, organiser):
    seat, person = make.seat(alliance), make.person()
    holding = nominate(organiser, seat, person.email)
    holders.withdraw_nomination(actor=organiser, seat=seat)
    with refused("nothing_to_accept"):
        holders.accept_seat(actor=person, holding=holding, proof=make.proof())
    invitation = nominate(organiser, seat, "new@example.com")
    holders.withdraw_nomination(actor=organiser, seat=seat)
    new = make.person(email="new@example.com")
    with refused("invitation_over"):
        accept_invitation(actor=new, invitation=invitation)
    make.holding(seat)
    with refused("nothing_offered"):
        holders.withdraw_nomination(actor=organiser, seat=seat)


def test_seat_is_accepted_by_its_nominee_with_a_fresh_proof_once(alliance):
    holding, other = make.holding(make.seat(alliance), accepted_at=None), make.person()
    with refused("not_permitted"):
        holders.accept_seat(actor=other, holding=holding, proof=make.proof())
    with refused("proof_stale"):
        holders.accept_seat(actor=holding.person, holding=holding, proof=make.proof(minutes=6))
    with refused("proof_stale"):
        holders.accept_seat(actor=holding.person, holding=holding, proof=None)
    holders.accept_seat(actor=holding.person, holding=holding, proof=make.proof())
    with refused("nothing_to_accept"):
        holders.accept_seat(actor=holding.person, holding=holding, proof=make.proof())


def test_imported_seat_is_accepted_here_anew(alliance):
    holding = make.holding(make.seat(alliance), witnessed=False)
    assert holders.accept_seat(actor=holding.person, holding=holding, proof=make.proof()).witnessed


def test_leaving_ends_the_office_and_the_sight(alliance):
    holding = make.holding(make.seat(alliance))
    at = make.clock.read()
    chair = Officer.objects.create(alliance=alliance, office=Office.CHAIR, person=holding.person, starts_at=at)
    other = make.person()
    with refused("not_permitted"):
        holders.leave_seat(actor=other, holding=holding)
    holders.leave_seat(actor=holding.person, holding=holding)
    chair.refresh_from_db()
    assert chair.ends_at
    assert not Alliance.objects.visible_to(holding.person).exists()
    with refused("left_already"):
        holders.leave_seat(actor=holding.person, holding=holding)
