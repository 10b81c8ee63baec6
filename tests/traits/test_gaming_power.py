"""Control and committee: what somebody would try through commands who would rather be told yes.

They refuse, or the reading gets no better. On Canyon's alliance, told as of now, which passes in every row.
"""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Person
from accounts.services.invitations import accept_invitation
from accounts.services.organisations import register_organisation
from alliance.models import Alliance, Member
from alliance.services import control, interests, inviting, review
from alliance.states import State
from audit import clock as time
from charter.services.dossier import import_dossier
from governance.models import Holding, Officer, Seat
from governance.services import ballots, classes, closing, committee, decisions, holders, independence, opening, recusal
from governance.texts import INDEPENDENCE_HASH
from tests import factories as make
from tests.charter.steps import told
from tests.refusals import not_permitted, refused
from tests.stories import CANYON, dossier, story, verdict_now
from traits.gate import read
from traits.selectors.reading import evidence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def canyon() -> Alliance:
    return told(CANYON)


def _person(name: str) -> Person:
    return Person.objects.get(name=name)


def _member(of: Alliance, name: str) -> Member:
    return of.members.get(organisation__name=name)


def _seat(of: Alliance, member: str) -> Seat:
    return of.seats.get(member__organisation__name=member)


def test_there_is_something_to_lose_in_every_row(canyon):
    found = read(evidence_of(canyon, at=time.read()), "strict").judged
    assert {str(each.finding.verdict) for each in found if each.indicator.id != "V8"} == {"pass"}


# -- Surrender ------------------------------------------------------------------------------------------------------
def test_a_core_set_that_one_voter_likes_is_not_chosen(canyon, clock):
    canyon.core_domains.all().delete()
    organiser = _person("Irene Vance")
    levels = {"levels": {"standards": 3, "data": 3, "disputes": 3}}
    drafted = decisions.draft_decision(
        actor=organiser, alliance=canyon, title="A", motion="B", effect="set_core_domains", effect_data=levels
    )
    vote = opening.open_voting(actor=_person("Ruth Adeyemi"), decision=drafted)
    ballots.cast_ballot(actor=_person("Samuel Okoro"), decision=vote, choice="yes", proof=make.proof())
    assert closing.close_decision(decision=vote).state == "open"
    with refused("nothing_to_carry_out"):
        closing.carry_out(actor=_person("Ruth Adeyemi"), decision=vote)
    clock.move(days=6)
    closing.close_decision(decision=vote)
    assert verdict_now(canyon, "I1") == "no_data"


def test_rounds_dated_in_a_file_are_no_rounds():
    alliance = import_dossier(dossier=dossier(story(CANYON)), slug="again")
    assert alliance.rounds.filter(state="completed").count() == 2
    assert {verdict_now(alliance, each) for each in ("I2", "I3")} == {"fail"}


def test_a_round_of_one_is_not_mutual(clock):
    """The founder climbs alone, and a week later all the others leap in one day."""
    alliance = make.alliance()
    organiser, members = make.organiser(alliance), [make.member(alliance)]
    hands = [make.signatory(members[0])]

    def climb(*levels: int) -> None:
        wanted = {(member, "data"): level for member, level in zip(members, levels, strict=True)}
        opened = control.propose_round(actor=organiser, alliance=alliance, levels=wanted)
        for member, hand in zip(members, hands, strict=True):
            control.sign_steps(actor=hand, round=opened, member=member, proof=make.proof())

    climb(1)
    clock.move(days=8)
    for _each in range(2):
        members.append(make.member(alliance))
        hands.append(make.signatory(members[-1]))
    climb(3, 2, 2)
    climb(4, 4, 4)
    assert verdict_now(alliance, "I3") != "pass"


def test_the_tick_of_counsel_covers_no_words_that_came_after_it(canyon):
    organiser, counsel = _person("Irene Vance"), _person("Adele Roth")
    review.record_review(actor=counsel, alliance=canyon, cleared=True, opinion="Clean.")
    topic = interests.add_topic(actor=organiser, alliance=canyon, name="One price", measure="Equal prices.")
    assert verdict_now(canyon, "I5") == "fail"
    review.record_review(actor=counsel, alliance=canyon, cleared=True, opinion="It means fees of the exchange.")
    assert verdict_now(canyon, "I5") == "pass"
    interests.change_topic(actor=organiser, topic=topic, name="One price", measure="Equal prices for patients.")
    assert verdict_now(canyon, "I5") == "fail"


def test_a_tick_is_of_the_texts_that_were_there(canyon):
    """The same word elsewhere was not before counsel."""
    organiser = _person("Irene Vance")
    interests.add_topic(actor=organiser, alliance=canyon, name="Prices of stamps", measure="")
    review.record_review(actor=_person("Adele Roth"), alliance=canyon, cleared=True, opinion="Stamps are harmless.")
    assert verdict_now(canyon, "I5") == "pass"
    interests.add_topic(actor=organiser, alliance=canyon, name="Prices of care", measure="")
    assert verdict_now(canyon, "I5") == "fail"


@pytest.mark.parametrize("words", ["Equal ｐｒｉｃｅｓ for all.", "EQUAL PRICES FOR ALL."])
def test_the_scan_reads_words_however_they_are_written(canyon, words):
    canyon.counsel_reviews.all().delete()
    canyon.relations.all().delete()
    assert verdict_now(canyon, "I5", "essential") == "pass"
    interests.add_topic(actor=_person("Irene Vance"), alliance=canyon, name="Equal", measure=words)
    assert verdict_now(canyon, "I5", "essential") == "fail"


def test_a_veto_kept_back_undoes_what_was_ceded(canyon):
    member, voice = _member(canyon, "Northgate Health"), _person("Maya Lindholm")
    power = control.reserve_power(actor=voice, member=member, domain="data", text="Our files.", sole_veto=True)
    assert verdict_now(canyon, "I6") == "fail"
    with not_permitted():
        control.release_power(actor=_person("Owen Hale"), power=power)


def test_a_veto_over_everything_is_a_veto_over_the_core(canyon):
    member, voice = _member(canyon, "Northgate Health"), _person("Maya Lindholm")
    control.reserve_power(actor=voice, member=member, domain="", text="Whatever we do not like.", sole_veto=True)
    assert verdict_now(canyon, "I6") == "fail"


# -- Governance -----------------------------------------------------------------------------------------------------
def _vacated(seat: Seat) -> Holding:
    """The holding that its holder has just left."""
    held = seat.holdings.get(left_at__isnull=True)
    return holders.leave_seat(actor=held.person, holding=held)


def _nominated(seat: Seat, who: Person | str, **given: Any) -> Any:
    today = time.read().date()
    email = who if isinstance(who, str) else who.email
    terms = {"starts_on": today, "ends_on": today + timedelta(days=365), "irrevocable_until": today} | given
    terms = {"appointed_by": seat.member} | terms
    return holders.nominate_holder(actor=_person("Irene Vance"), seat=seat, email=email, name="X", **terms)


def test_nobody_accepts_a_seat_for_another(canyon):
    seat = _seat(canyon, "Northgate Health")
    _vacated(seat)
    named = _nominated(seat, make.person())
    for eager in (_person("Irene Vance"), _person("Maya Lindholm")):
        with not_permitted():
            holders.accept_seat(actor=eager, holding=named, proof=make.proof())
    assert verdict_now(canyon, "G1") == "fail"


def test_seats_for_nobody_do_not_hide_who_filled_them(canyon):
    """Each seat is made neutral; then one member's people are named for most of them."""
    organiser, ours = _person("Irene Vance"), _member(canyon, "State Health Office")
    for seat in canyon.seats.exclude(member=ours):
        _vacated(seat)
        committee.change_seat(actor=organiser, seat=seat, label=seat.label, weight=1, member=None)
        named = holders.nominate_holder(
            actor=organiser, seat=seat, email=make.person(works_for=ours.organisation).email, name="X",
            appointed_by=ours, starts_on=time.read().date(), ends_on=time.read().date() + timedelta(days=365),
        )  # fmt: skip
        holders.accept_seat(actor=named.person, holding=named, proof=make.proof())
    assert "pass" not in {verdict_now(canyon, each) for each in ("M3", "G2")}


def test_seats_said_to_count_for_others_count_for_who_filled_them(canyon):
    """Most seats are filled by one member, and then said to count for the others."""
    organiser, ours = _person("Irene Vance"), _member(canyon, "State Health Office")
    for seat in canyon.seats.exclude(member=ours).select_related("member"):
        theirs = seat.member
        _vacated(seat)
        committee.change_seat(actor=organiser, seat=seat, label=seat.label, weight=1, member=ours)
        named = _nominated(seat, make.person(), appointed_by=ours)
        holders.accept_seat(actor=named.person, holding=named, proof=make.proof())
        committee.change_seat(actor=organiser, seat=seat, label=seat.label, weight=1, member=theirs)
    assert "pass" not in {verdict_now(canyon, each) for each in ("M3", "G2")}


def test_who_is_said_to_be_appointed_by_others_counts_for_the_employer(canyon):
    ours = _member(canyon, "State Health Office")
    for seat in canyon.seats.exclude(member=ours):
        _vacated(seat)
        named = _nominated(seat, make.person(works_for=ours.organisation))
        holders.accept_seat(actor=named.person, holding=named, proof=make.proof())
    assert "pass" not in {verdict_now(canyon, each) for each in ("M3", "G2")}


def test_a_new_job_asks_for_a_new_statement(canyon):
    seat = _seat(canyon, "Northgate Health")
    held = seat.holdings.get()
    register_organisation(actor=held.person, name="A Consultancy of One")
    assert verdict_now(canyon, "G3") == "fail"
    with not_permitted("proof_stale"):
        independence.attest(actor=held.person, holding=held, hash=INDEPENDENCE_HASH, proof=make.proof(minutes=6))


def test_who_may_be_recalled_before_the_term_ends_sits_on_a_string(canyon):
    seat = _seat(canyon, "Northgate Health")
    before = _vacated(seat)
    assert before.irrevocable_until == before.ends_on
    named = _nominated(seat, before.person, irrevocable_until=time.read().date() + timedelta(days=364))
    holders.accept_seat(actor=before.person, holding=named, proof=make.proof())
    assert verdict_now(canyon, "G4") == "fail"


def test_a_report_is_not_shaken_off_with_the_seat(canyon):
    seat, organiser = _seat(canyon, "Northgate Health"), _person("Irene Vance")
    report = independence.report_instruction(actor=_person("Owen Hale"), seat=seat, text="He was told.")
    assert verdict_now(canyon, "G4") == "fail"
    with not_permitted():
        independence.settle_report(actor=organiser, report=report, was_instructed=False)
    _vacated(seat)
    committee.abolish_seat(actor=organiser, seat=seat)
    assert verdict_now(canyon, "G4") == "fail"


def test_nobody_else_discloses_for_a_holder_and_what_others_added_stays(canyon, clock):
    held = _seat(canyon, "Northgate Health").holdings.get()
    clock.move(days=366)
    assert verdict_now(canyon, "G5") == "fail"
    own = {"holding": held, "text": "", "nothing_to_disclose": True}
    with not_permitted():
        independence.disclose(actor=_person("Irene Vance"), **own)
    with refused("one_of_both"):
        independence.disclose(actor=held.person, **own | {"text": "My brother's firm."})
    for seat in canyon.seats.exclude(pk=held.seat_id):
        other = seat.holdings.get()
        independence.disclose(actor=other.person, holding=other, text="", nothing_to_disclose=True)
    added = independence.add_to_disclosure(actor=_person("Owen Hale"), holding=held, text="His brother's firm.")
    assert verdict_now(canyon, "G5") == "fail"
    independence.disclose(actor=held.person, **own)
    assert list(held.additions.all()) == [added]


def test_a_new_disclosure_takes_no_recusal_back():
    alliance = make.alliance(state=State.ACTIVE)
    seats = make.committee(alliance)
    vote, torn = make.open_vote(alliance, seats), seats[1]
    recusal.recuse(actor=torn.person, decision=vote, reason="My brother's firm.", proof=make.proof())
    independence.disclose(actor=torn.person, holding=torn, text="", nothing_to_disclose=True)
    with refused("recused"):
        ballots.cast_ballot(actor=torn.person, decision=vote, choice="yes", declared=True, proof=make.proof())


def test_a_seat_taken_anew_begins_without_a_disclosure(canyon):
    seat = _seat(canyon, "Northgate Health")
    before = _vacated(seat)
    named = _nominated(seat, before.person)
    holders.accept_seat(actor=before.person, holding=named, proof=make.proof())
    assert {verdict_now(canyon, each) for each in ("G3", "G5")} == {"fail"}


def test_one_account_is_one_person_in_one_seat(canyon):
    seat, other = _seat(canyon, "Northgate Health"), _seat(canyon, "Sagebrush Mutual")
    _vacated(seat)
    sitting = other.holdings.get().person
    with refused("holds_a_seat"):
        _nominated(seat, sitting.email.upper())
    _vacated(other)
    offers = [_nominated(each, "twice@example.org") for each in (seat, other)]
    newcomer = make.person(email="twice@example.org")
    for offer in offers:
        accept_invitation(actor=newcomer, invitation=offer)
    assert Holding.objects.current().filter(person=newcomer).count() == 1
    assert verdict_now(canyon, "G1") == "fail"


def test_a_holder_who_begins_to_speak_for_the_member_sits_free_no_more(canyon):
    member, held = _member(canyon, "Northgate Health"), _seat(canyon, "Northgate Health").holdings.get()
    given = {"email": held.person.email, "name": "X", "roles": ["signatory"], "mandate": "Board"}
    invitation = inviting.invite_person(actor=_person("Maya Lindholm"), alliance=canyon, member=member, **given)
    accept_invitation(actor=held.person, invitation=invitation)
    assert verdict_now(canyon, "G9") == "fail"


def test_a_class_from_which_the_majority_was_struck_says_too_little(canyon):
    ordinary = canyon.decision_classes.get(key="ordinary")
    classes.change_class(actor=_person("Irene Vance"), decision_class=ordinary, threshold="")
    assert verdict_now(canyon, "G6") == "fail"


def test_a_chair_who_leaves_the_seat_chairs_no_more(canyon):
    _vacated(_seat(canyon, "State Health Office"))
    assert not Officer.objects.current().filter(alliance=canyon).exists()
    assert verdict_now(canyon, "G7") == "fail"
