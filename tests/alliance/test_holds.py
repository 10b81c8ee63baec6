"""Holds: who places them, on what, for how long; what waits meanwhile; who is told; the pages and the API."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.todo import todos_of
from alliance.models import Hold, HoldLifting, Position
from alliance.selectors.holds import ROUND, TOPIC, held_now
from alliance.services import control, interests
from alliance.services.holds import lift_hold, place_hold
from alliance.services.questions import Wish, answer_questions
from alliance.states import Participation, RoleKind, State
from audit.chain import digest
from audit.errors import DomainError, ProofStale
from audit.models import Event
from audit.services import data_of
from notifications.services import relay
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance("Harbour Zero")


@pytest.fixture
def member(alliance):
    return make.member(alliance, "Northgate Health")


@pytest.fixture
def counsel(alliance):
    return make.holder(alliance, RoleKind.COUNSEL, name="Nora Berg")


@pytest.fixture
def auditor(alliance):
    return make.holder(alliance, RoleKind.AUDITOR)


@pytest.fixture
def topic(alliance):
    return make.topic(alliance, "Common prices")


def hold(actor, thing, *, kind=TOPIC, reason="It names prices.", days=14):
    return place_hold(
        actor=actor, alliance=thing.alliance, kind=kind, subject=thing.pk, reason=reason, days=days, proof=make.proof()
    )


def lift(actor, found):
    return lift_hold(actor=actor, hold=found, proof=make.proof())


def posted(client, where, said=None, *, key=None):
    """To the API, with a key of its own unless one is given."""
    headers = {"Idempotency-Key": key or str(uuid4())}
    return client.post(where, said or {}, content_type="application/json", headers=headers)


def open_round(alliance, *members):
    levels = {(member, "data"): 2 for member in members}
    return control.propose_round(actor=make.organiser(alliance), alliance=alliance, levels=levels)


def voice_of(member):
    """The member's first representative, made when there is none."""
    role = member.roles.filter(kind=RoleKind.REPRESENTATIVE).first()
    return role.person if role else make.representative(member)


def state(member, topic):
    voice = voice_of(member)
    return interests.state_position(actor=voice, member=member, topic=topic, stance=1, salience=60)


# -- Placed, and lifted ---------------------------------------------------------------------------------------------
def test_counsel_holds_a_topic_for_some_days(alliance, counsel, topic, clock):
    at = clock.read()

    found = hold(counsel, topic, reason="  It names prices. ", days=3)

    assert (found.role, found.reason, found.title) == ("counsel", "It names prices.", "Common prices")
    assert timedelta(days=3) == found.until - found.placed_at
    assert found.placed_at >= at
    event = Event.objects.get(verb="alliance.hold.placed")
    assert event.subject == found.pk
    said = data_of(event)
    assert said.pop("proof")["method"] == "password"
    assert said == {
        "kind": "topic",
        "thing": str(topic.pk),
        "role": "counsel",
        "days": 3,
        "words": found.words_hash,
        "reason": digest("It names prices."),
    }
    assert "prices" not in event.body


@pytest.mark.parametrize("days", [0, 15, -1])
def test_a_hold_lasts_from_one_to_fourteen_days(counsel, topic, days):
    with refused("hold_days"):
        hold(counsel, topic, days=days)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_hold_says_why(counsel, topic, reason):
    with refused("reason_missing"):
        hold(counsel, topic, reason=reason)


@pytest.mark.parametrize(
    "kind", [each for each in RoleKind if each not in {RoleKind.COUNSEL, RoleKind.AUDITOR}], ids=str
)
def test_nobody_else_places_one(alliance, member, topic, kind):
    of = member if kind in {RoleKind.REPRESENTATIVE, RoleKind.SIGNATORY} else None
    who = make.holder(alliance, kind, member=of)
    with not_permitted():
        hold(who, topic)


def test_counsel_of_another_alliance_places_none_and_foreign_things_are_not_held(alliance, counsel, topic):
    foreign = make.topic(make.alliance())
    theirs = make.holder(foreign.alliance, RoleKind.COUNSEL)
    with not_permitted():
        hold(theirs, topic)
    for kind, subject in ((TOPIC, foreign.pk), ("price list", topic.pk), (ROUND, topic.pk)):
        with refused("not_there"):
            place_hold(
                actor=counsel, alliance=alliance, kind=kind, subject=subject, reason="x", days=1, proof=make.proof()
            )


def test_what_has_ended_is_not_held(counsel, topic):
    topic.alliance.state = State.LEGACY
    topic.alliance.save()
    with refused("alliance_ended"):
        hold(counsel, topic)


def test_one_hold_stands_on_a_thing(counsel, auditor, topic):
    hold(counsel, topic)
    with refused("held_already"):
        hold(auditor, topic)


def test_the_same_role_does_not_hold_the_same_words_again(alliance, counsel, auditor, topic, clock):
    second = make.holder(alliance, RoleKind.COUNSEL)
    hold(counsel, topic, days=2)
    clock.move(days=2)
    with refused("held_before"):
        hold(counsel, topic)
    with refused("held_before"):
        hold(second, topic)
    assert hold(auditor, topic, days=1).role == "auditor"
    clock.move(days=1)
    organiser = make.organiser(alliance)
    interests.change_topic(actor=organiser, topic=topic, name="Common price lists", measure=topic.measure)

    assert hold(counsel, topic).title == "Common price lists"


def test_who_is_counsel_and_auditor_holds_as_counsel_once(alliance, counsel, topic, clock):
    make.role(counsel, alliance, RoleKind.AUDITOR)
    found = hold(counsel, topic, days=1)
    clock.move(days=1)

    assert found.role == "counsel"
    with refused("held_before"):
        hold(counsel, topic)


def test_who_placed_it_lifts_it_and_nobody_else(alliance, counsel, auditor, topic, clock):
    found = hold(counsel, topic)
    for other in (auditor, make.organiser(alliance), make.holder(alliance, RoleKind.COUNSEL)):
        with not_permitted():
            lift(other, found)

    lift(counsel, found)

    assert held_now(alliance, TOPIC, clock.read()) == {}
    assert make.verbs(alliance) == ["alliance.hold.placed", "alliance.hold.lifted"]
    with refused("hold_over"):
        lift(counsel, found)


def test_a_hold_that_has_ended_is_not_lifted(counsel, topic, clock):
    found = hold(counsel, topic, days=1)
    clock.move(days=1)
    with refused("hold_over"):
        lift(counsel, found)


# -- What waits meanwhile -------------------------------------------------------------------------------------------
def test_positions_on_a_held_topic_wait_and_its_words_do_not(alliance, member, counsel, topic, clock):
    free = make.topic(alliance)
    hold(counsel, topic, days=2)
    voice = voice_of(member)
    both = [interests.Stated(free, 1, 60), interests.Stated(topic, 1, 60)]
    with refused("held"):
        interests.state_positions(actor=voice, member=member, positions=both)
    state(member, free)
    interests.change_topic(actor=make.organiser(alliance), topic=topic, name="Common format", measure="")
    with refused("held"):
        state(member, topic)

    clock.move(days=2)

    assert state(member, topic).stance == 1


def test_the_refusal_says_until_when_and_why(member, counsel, topic):
    hold(counsel, topic)
    with pytest.raises(DomainError) as caught:
        state(member, topic)
    assert caught.value.sentence.startswith("“Common prices” is held by counsel until ")
    assert caught.value.sentence.endswith(
        ": It names prices. While it is held, nobody states or confirms a position on it. It can be worded anew."
    )


def test_the_six_questions_do_not_answer_on_a_held_topic(member, counsel, topic):
    hold(counsel, topic)
    voice = voice_of(member)
    with refused("held"):
        answer_questions(actor=voice, member=member, wants_most=Wish(60, topic))


def test_a_held_topic_stays_until_the_hold_is_over(alliance, counsel, topic):
    """Else it would be taken away, and added again without the hold."""
    organiser = make.organiser(alliance)
    hold(counsel, topic)
    with refused("held"):
        interests.remove_topic(actor=organiser, topic=topic)


def test_what_was_held_may_be_gone(alliance, counsel, topic):
    found = hold(counsel, topic)
    topic.delete()

    page = client_of(counsel).get(reverse("alliance:holds", args=[alliance.slug])).content.decode()
    assert "Common prices" in page
    assert "removed since" in page
    assert lift(counsel, found).lifted_at


def test_a_held_round_is_not_taken_back_to_be_proposed_anew(alliance, member, auditor):
    found = open_round(alliance, member)
    held = hold(auditor, found, kind=ROUND)
    organiser = make.organiser(alliance)
    page, offer = f"/a/{alliance.slug}/control/", f"/rounds/{found.pk}/take-back/"
    with refused("held"):
        control.take_back_round(actor=organiser, round=found)
    assert offer not in client_of(organiser).get(page).text

    lift(auditor, held)
    assert offer in client_of(organiser).get(page).text
    assert control.take_back_round(actor=organiser, round=found).state == "taken_back"


def test_nobody_signs_a_held_round(alliance, member, auditor, clock):
    found = open_round(alliance, member)
    held = hold(auditor, found, kind=ROUND, days=5)
    hand = make.signatory(member)
    with refused("held"):
        control.sign_steps(actor=hand, round=found, member=member, proof=make.proof())

    lift(auditor, held)

    assert control.sign_steps(actor=hand, round=found, member=member, proof=make.proof()).state == "completed"
    counsel = make.holder(alliance, RoleKind.COUNSEL)
    with refused("round_over"):
        hold(counsel, found, kind=ROUND)


def test_a_round_is_held_once_by_a_role_and_lapses_meanwhile(alliance, member, counsel, clock):
    found = open_round(alliance, member)
    clock.move(days=20)
    hold(counsel, found, kind=ROUND)
    clock.move(days=10)

    hand = make.signatory(member)
    assert control.rounds_due() == [found]
    with refused("round_over"):
        control.sign_steps(actor=hand, round=found, member=member, proof=make.proof())


def test_what_is_held_is_not_asked_for(alliance, member, counsel, topic, clock):
    voice, hand = make.representative(member), make.signatory(member)
    state(member, make.topic(alliance))
    found = open_round(alliance, member)
    asked = lambda: {todo.verb for who in (voice, hand) for todo in todos_of(who, clock.read())}  # noqa: E731
    assert asked() >= {"State", "Sign"}

    hold(counsel, topic, days=2)
    hold(counsel, found, kind=ROUND, days=2)
    assert not asked() & {"State", "Sign"}

    clock.move(days=2)
    assert asked() >= {"State", "Sign"}


def test_signing_and_holding_at_once_leave_one_of_two_states(transactional_db, race):
    alliance = make.alliance()
    member = make.member(alliance)
    found = open_round(alliance, member)
    hand, counsel, proof = make.signatory(member), make.holder(alliance, RoleKind.COUNSEL), make.proof()

    signed, held = race(
        lambda: control.sign_steps(actor=hand, round=found, member=member, proof=proof),
        lambda: hold(counsel, found, kind=ROUND),
    )

    found.refresh_from_db()
    codes = (getattr(signed, "code", ""), getattr(held, "code", ""))
    assert codes in {("held", ""), ("", "round_over")}
    assert (found.state, Hold.objects.count()) == (("open", 1) if codes[0] else ("completed", 0))


def test_two_who_hold_at_once_place_one(transactional_db, race):
    alliance = make.alliance()
    topic = make.topic(alliance)
    counsel, auditor = (make.holder(alliance, kind) for kind in (RoleKind.COUNSEL, RoleKind.AUDITOR))

    answers = race(lambda: hold(counsel, topic), lambda: hold(auditor, topic))

    assert sorted(getattr(each, "code", "") for each in answers) == ["", "held_already"]
    assert Hold.objects.count() == 1


def test_stating_and_holding_at_once_leave_one_order(transactional_db, race):
    alliance = make.alliance()
    topic, member = make.topic(alliance), make.member(alliance)
    voice, counsel = make.representative(member), make.holder(alliance, RoleKind.COUNSEL)

    def stating():
        return interests.state_position(actor=voice, member=member, topic=topic, stance=1, salience=60)

    stated, held = race(stating, lambda: hold(counsel, topic))

    assert getattr(held, "code", "") == ""
    assert getattr(stated, "code", "") in {"", "held"}
    verbs = [verb for verb in make.verbs(alliance) if verb in {"alliance.position.stated", "alliance.hold.placed"}]
    wanted = ["alliance.position.stated", "alliance.hold.placed"]
    assert verbs == (wanted[1:] if getattr(stated, "code", "") else wanted)
    assert Position.objects.count() == len(verbs) - 1


# -- Who is told ----------------------------------------------------------------------------------------------------
def told(settings: Any) -> dict[str, Any]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    relay.run()
    return {sent.to[0]: sent for sent in mail.outbox}


def test_those_concerned_are_told_why_and_until_when(alliance, member, counsel, topic, settings):
    organiser, voice = make.organiser(alliance), make.representative(member)
    make.signatory(member)
    make.holder(alliance, RoleKind.OBSERVER)
    found = hold(counsel, topic)

    sent = told(settings)

    assert set(sent) == {organiser.email, voice.email}
    assert sent[voice.email].subject == "“Common prices” is held by counsel in Harbour Zero"
    assert "Nora Berg, counsel of Harbour Zero, holds “Common prices” until" in sent[voice.email].body
    assert "The reason: It names prices." in sent[voice.email].body
    assert reverse("alliance:interests", args=[alliance.slug]) in sent[voice.email].body
    lift(counsel, found)
    assert {to: each.subject for to, each in told(settings).items()} == dict.fromkeys(
        (organiser.email, voice.email), "“Common prices” is held no more in Harbour Zero"
    )


def test_of_a_round_its_signatories_hear_and_a_lifted_hold_is_not_announced(alliance, member, counsel, settings):
    hand = make.signatory(member)
    found = open_round(alliance, member)
    told(settings)
    held = hold(counsel, found, kind=ROUND)
    assert hand.email in told(settings)

    lift(counsel, held)
    told(settings)
    topic = make.topic(alliance)
    lift(counsel, hold(counsel, topic))

    assert not [each for each in told(settings).values() if "is held by" in each.subject]


# -- Pages and API --------------------------------------------------------------------------------------------------
def test_a_topic_is_held_and_lifted_from_its_page(alliance, member, counsel, topic):
    client, page = client_of(counsel, proven=True), reverse("alliance:interests", args=[alliance.slug])
    where = reverse("alliance:place_hold", args=[alliance.slug, "topic", topic.pk])
    assert where in client.get(page).content.decode()
    assert where not in client_of(make.organiser(alliance)).get(page).content.decode()

    answer = client.post(where, {"reason": "It names prices.", "days": "3"}, follow=True)

    body = answer.content.decode()
    assert answer.redirect_chain[-1][0] == page
    assert "Counsel holds “Common prices”" in body
    assert where not in body
    lift = reverse("alliance:lift_hold", args=[alliance.slug, Hold.objects.get().pk])
    assert lift in body
    assert lift not in client_of(make.representative(member)).get(page).content.decode()
    assert "Counsel holds" not in client.post(lift, follow=True).content.decode()
    assert Hold.objects.get().lifted_at


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "Because.", "days": "15"}, "Write a whole number of days, from 1 to 14."),
        ({"reason": "Because.", "days": "0"}, "Write a whole number of days, from 1 to 14."),
        ({"reason": "x" * 2001, "days": "2"}, "Shorten this to 2000 characters; it has 2001."),
        ({"reason": "Because.", "days": "two"}, "Write a whole number of days, from 1 to 14."),
        ({"reason": "", "days": "3"}, "Fill this in."),
    ],
)
def test_bad_input_is_said_at_the_field_and_kept(alliance, counsel, topic, given, said):
    where = reverse("alliance:place_hold", args=[alliance.slug, "topic", topic.pk])

    answer = client_of(counsel, proven=True).post(where, given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert given["reason"] in answer.content.decode()
    assert not Hold.objects.exists()


def test_what_is_no_thing_of_this_alliance_has_no_page(alliance, counsel, topic):
    client, foreign = client_of(counsel, proven=True), make.topic(make.alliance())
    for kind, subject in (("topic", foreign.pk), ("stream", topic.pk), ("round", topic.pk)):
        where = reverse("alliance:place_hold", args=[alliance.slug, kind, subject])
        assert client.get(where).status_code == client.post(where).status_code == 404


def test_a_held_topic_is_marked_in_the_table_and_under_it(alliance, member, counsel, topic):
    make.topic(alliance, "Another")
    client = client_of(counsel)
    path = reverse("alliance:interests", args=[alliance.slug])
    assert client.get(path).context["found"].held_topics == []
    hold(counsel, topic)
    shown = client.get(path)
    assert shown.context["found"].held_topics == [topic]
    assert shown.content.decode().count("Held</span>") == 2


def test_a_members_row_leaves_a_held_topic_out(alliance, member, counsel, topic):
    free, voice = make.topic(alliance), make.representative(member)
    hold(counsel, topic)
    client, where = client_of(voice), reverse("alliance:positions", args=[alliance.slug, member.pk])
    body = client.get(where).content.decode()
    assert f"stance_{topic.pk}" not in body
    assert "It names prices." in body

    answer = client.post(where, {f"stance_{free.pk}": "1", f"salience_{free.pk}": "0.5"})

    assert answer.status_code == 302
    assert list(Position.objects.values_list("topic", flat=True)) == [free.pk]


def test_a_round_shows_its_hold_and_offers_no_signature(alliance, member, counsel):
    found = open_round(alliance, member)
    hand, page = make.signatory(member), reverse("alliance:control", args=[alliance.slug])
    sign = reverse("alliance:sign_steps", args=[alliance.slug, found.pk, member.pk])
    assert sign in client_of(hand).get(page).content.decode()
    assert "Hold this round" in client_of(counsel).get(page).content.decode()

    hold(counsel, found, kind=ROUND)

    body = client_of(hand).get(page).content.decode()
    assert sign not in body
    assert "Counsel holds “Round 1 of shared control”" in body
    assert "Hold this round" not in client_of(counsel).get(page).content.decode()


def test_the_history_takes_the_same_few_statements_whatever_its_length(alliance, member, counsel, clock):
    client, page = client_of(counsel), reverse("alliance:holds", args=[alliance.slug])
    assert "Nothing was ever held" in client.get(page).content.decode()
    found = open_round(alliance, member)
    for thing, kind in ((found, ROUND), (make.topic(alliance), TOPIC)):
        hold(counsel, thing, kind=kind)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for number in range(3):
        hold(counsel, make.topic(alliance, f"Another {number}"), days=1)
    clock.move(days=1)

    with CaptureQueriesContext(connection) as many:
        body = client.get(page).content.decode()

    assert len(many) == len(few) <= 20
    assert (body.count("Ended by itself"), body.count("Another")) == (3, 3)


def test_the_api_places_lists_and_lifts(alliance, member, counsel, topic):
    client, at = client_of(counsel, proven=True), [alliance.slug]
    where = reverse("alliance_api:hold_thing", args=[*at, "topic", topic.pk])
    answer = posted(client, where, {"reason": "It names prices.", "days": 3})
    assert answer.status_code == 201
    assert (answer.json()["title"], answer.json()["role"], answer.json()["stands"]) == (
        "Common prices",
        "counsel",
        True,
    )
    for bad in ({"reason": "x", "days": 15}, {"reason": "", "days": 3}, {"reason": "x", "days": 3, "role": "auditor"}):
        assert posted(client, where, bad).status_code == 400
    voice = client_of(make.representative(member))
    assert posted(voice, where, {"reason": "x", "days": 3}).status_code == 403
    put = voice.put(
        reverse("alliance_api:member_positions", args=[*at, member.pk]),
        [{"topic": str(topic.pk), "stance": 1, "salience": 60}],
        content_type="application/json",
    )
    assert put.status_code == 422
    listed = voice.get(reverse("alliance_api:holds", args=at)).json()
    assert [each["reason"] for each in listed] == ["It names prices."]
    lift = reverse("alliance_api:lift_hold", args=[*at, listed[0]["id"]])
    assert posted(voice, lift).status_code == 403
    assert posted(client, lift).json()["stands"] is False


def test_the_api_wants_a_key_and_does_one_hold_and_one_lifting_for_it(alliance, counsel, topic):
    client, said = client_of(counsel, proven=True), {"reason": "It names prices.", "days": 3}
    where = reverse("alliance_api:hold_thing", args=[alliance.slug, "topic", topic.pk])
    bare = client.post(where, said, content_type="application/json")
    assert (bare.json()["code"], Hold.objects.count()) == ("idempotency_key_missing", 0)

    first, again = (posted(client, where, said, key="hold-1") for _ in range(2))

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert Hold.objects.count() == 1
    lift = reverse("alliance_api:lift_hold", args=[alliance.slug, first.json()["id"]])
    assert client.post(lift).json()["code"] == "idempotency_key_missing"
    assert not HoldLifting.objects.exists()
    lifted = [posted(client, lift, key="lift-1") for _ in range(2)]
    assert [each.status_code for each in lifted] == [200, 200]
    assert make.verbs(alliance).count("alliance.hold.lifted") == 1


def test_a_hold_and_its_lifting_want_a_fresh_proof(alliance, counsel, topic):
    client, stale = client_of(counsel), make.proof(minutes=6)
    where = reverse("alliance_api:hold_thing", args=[alliance.slug, "topic", topic.pk])

    refusal = posted(client, where, {"reason": "It names prices.", "days": 3})

    assert (refusal.status_code, refusal.json()["code"]) == (403, "proof_stale")
    with pytest.raises(ProofStale):
        place_hold(actor=counsel, alliance=alliance, kind=TOPIC, subject=topic.pk, reason="x", days=1, proof=stale)
    assert not Hold.objects.exists()
    found = hold(counsel, topic)
    with pytest.raises(ProofStale):
        lift_hold(actor=counsel, hold=found, proof=stale)
    assert not HoldLifting.objects.exists()
    asked = client.get(reverse("alliance:lift_hold", args=[alliance.slug, found.pk]))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))


def test_no_form_is_offered_for_what_is_held_already_or_over(alliance, counsel, topic):
    client, page = client_of(counsel, proven=True), reverse("alliance:interests", args=[alliance.slug])
    found = hold(counsel, topic)
    again = client.get(reverse("alliance:place_hold", args=[alliance.slug, TOPIC, topic.pk]), follow=True)
    assert again.redirect_chain == [(page, 302)]
    assert "It is held already." in again.content.decode()
    lift(counsel, found)
    over = client.get(reverse("alliance:lift_hold", args=[alliance.slug, found.pk]), follow=True)
    assert over.redirect_chain == [(page, 302)]
    assert "This hold is over already." in over.content.decode()


def test_neither_a_hold_nor_its_lifting_is_ever_changed_or_removed(counsel, topic):
    held = lift(counsel, hold(counsel, topic))
    rows = (Hold.objects.filter(pk=held.pk), HoldLifting.objects.filter(pk=held.pk))
    at = held.placed_at
    for act in (
        lambda: rows[0].update(reason="Another."), lambda: rows[0]._raw_delete("default"),
        lambda: rows[1].update(lifted_at=at), lambda: rows[1]._raw_delete("default"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            act()
    assert Hold.objects.get().reason == "It names prices."


def test_a_public_participant_is_held_alike(alliance, counsel, topic):
    public = make.member(alliance, participation=Participation.PUBLIC)
    voice_of(public)
    hold(counsel, topic)
    with refused("held"):
        state(public, topic)
