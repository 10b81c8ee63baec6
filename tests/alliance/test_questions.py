"""Six questions to a new member: one page, one command, positions and a promise; two answers are the member's own."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.services.invitations import token_of
from alliance.models import Contribution, MemberAnswers, Position, Topic
from alliance.sealing import OwnWords
from alliance.selectors.dossier import alliance_part
from alliance.selectors.questions import own_words_of
from alliance.selectors.todo import todos_of
from alliance.services import interests, inviting
from alliance.services.questions import Bringing, Wish, answer_questions
from alliance.states import ContributionKind, Membership, RoleKind, State
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db
OWN = OwnWords("We would build a hub ourselves.", "One format costs us half.")


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def member(alliance):
    return make.member(alliance, "Corvus", state=Membership.ACCEPTED)


@pytest.fixture
def voice(member):
    return make.representative(member)


@pytest.fixture
def fees(alliance):
    return make.topic(alliance, "Fees")


def page_of(member):
    return reverse("alliance:answer_questions", args=[member.alliance.slug, member.pk])


def api_of(member):
    return f"/api/v1/alliances/{member.alliance.slug}/members/{member.pk}/answers/"


def post_api(client, member, body, key="one"):
    return client.post(api_of(member), body, content_type="application/json", headers={"Idempotency-Key": key})


def positions_of(member):
    found = member.positions.select_related("topic").order_by("pk")
    return [(each.topic.name, each.stance, each.salience, each.is_confidential) for each in found]


def test_answers_become_positions_a_new_topic_and_a_promise(alliance, member, voice, fees):
    answer_questions(
        actor=voice,
        member=member,
        wants_most=Wish(90, name="One format", measure="Share of claims in it"),
        must_not_happen=Wish(60, topic=fees, is_confidential=True),
        brings=Bringing(ContributionKind.MONEY, "A start", 5_000_00),
        words=OWN,
    )

    assert positions_of(member) == [("One format", 2, 90, False), ("Fees", -2, 60, True)]
    assert Topic.objects.get(name="One format").measure == "Share of claims in it"
    promised = Contribution.objects.get()
    assert (promised.amount, promised.currency, promised.signed_at) == (5_000_00, "USD", None)
    assert make.verbs(alliance) == [
        "alliance.topic.added",
        "alliance.position.stated",
        "alliance.position.stated",
        "alliance.contribution.promised",
        "alliance.questions.answered",
    ]


def test_own_words_are_sealed_and_bound_to_the_member(member, voice, fees):
    answers = answer_questions(actor=voice, member=member, wants_most=Wish(90, topic=fees), words=OWN)

    assert own_words_of(member) == OWN
    assert "hub" not in answers.ciphertext
    other = make.member(member.alliance)
    MemberAnswers.objects.create(
        alliance=member.alliance,
        member=other,
        ciphertext=answers.ciphertext,
        key_id=answers.key_id,
        sealed_for=other.pk,
        answered_by=voice,
        answered_at=answers.answered_at,
    )
    assert own_words_of(other) == OwnWords()


def test_answers_stay_as_they_were_given(member, voice, fees):
    answers = answer_questions(actor=voice, member=member, wants_most=Wish(90, topic=fees))

    with pytest.raises(DatabaseError), transaction.atomic():
        MemberAnswers.objects.filter(pk=answers.pk).update(ciphertext="")
    assert connection.vendor in {"sqlite", "postgresql"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"wants_most": Wish(101, name="A", measure="B")}, "salience_range"),
        ({"wants_most": Wish(90, name="A")}, "measure_missing"),
        ({"wants_most": Wish(90, name="Fees", measure="B")}, "topic_known"),
        ({"wants_most": Wish(90, name="A", measure="B", is_confidential=True)}, "new_and_confidential"),
        (
            {"wants_most": Wish(90, name="A", measure="B"), "wants_also": Wish(30, name="A ", measure="C")},
            "topic_twice",
        ),
        (
            {"wants_most": Wish(90, name="A", measure="B"), "brings": Bringing(ContributionKind.MONEY, "x")},
            "amount_missing",
        ),
        (
            {"wants_most": Wish(90, name="A", measure="B"), "brings": Bringing(ContributionKind.DATA, " ")},
            "description_missing",
        ),
    ],
)
@pytest.mark.usefixtures("fees")
def test_one_bad_answer_refuses_all(member, voice, given, code):
    with refused(code):
        answer_questions(actor=voice, member=member, **given)


def test_a_topic_of_another_alliance_is_none(member, voice):
    foreign = make.topic(make.alliance())

    with refused("not_this_alliance"):
        answer_questions(actor=voice, member=member, wants_most=Wish(90, topic=foreign))


def test_only_its_own_representative_answers(alliance, member, fees):
    others = [
        make.organiser(alliance),
        make.signatory(member),
        make.representative(make.member(alliance)),
        make.holder(alliance, RoleKind.AUDITOR),
    ]

    for who in others:
        with not_permitted():
            answer_questions(actor=who, member=member, wants_most=Wish(90, topic=fees))
        assert client_of(who).get(page_of(member)).status_code == 403


def test_once_only_and_not_after_positions(alliance, member, voice, fees):
    answer_questions(actor=voice, member=member, wants_most=Wish(90, topic=fees))
    with refused("answered_already"):
        answer_questions(actor=voice, member=member, wants_most=Wish(30, topic=fees))

    spoken = make.member(alliance)
    other = make.representative(spoken)
    interests.state_position(actor=other, member=spoken, topic=fees, stance=1, salience=10)
    with refused("answered_already"):
        answer_questions(actor=other, member=spoken, wants_most=Wish(30, topic=fees))


@pytest.mark.parametrize(
    ("membership_state", "state", "code"),
    [
        (Membership.INVITED, State.FORMING, "not_accepted"),
        (Membership.WITHDRAWN, State.FORMING, "not_accepted"),
        (Membership.ADMITTED, State.ACTIVE, "under_charter"),
        (Membership.ADMITTED, State.RATIFYING, "charter_being_signed"),
    ],
)
def test_not_before_accepting_nor_under_a_charter(membership_state, state, code):
    member = make.member(make.alliance(state=state), state=membership_state)
    voice = make.representative(member)

    with refused(code):
        answer_questions(actor=voice, member=member, wants_most=Wish(90, name="A", measure="B"))


def test_answers_at_one_moment_count_once(race):
    member = make.member(make.alliance())
    one, other = make.representative(member), make.representative(member)
    wish = Wish(90, name="A", measure="B")

    results = race(
        lambda: answer_questions(actor=one, member=member, wants_most=wish),
        lambda: answer_questions(actor=other, member=member, wants_most=wish),
    )

    assert sorted(type(each).__name__ for each in results) == ["DomainError", "MemberAnswers"]
    assert (Topic.objects.count(), Position.objects.count(), MemberAnswers.objects.count()) == (1, 1, 1)


def test_the_list_asks_until_it_is_answered(member, voice, fees, clock):
    def waiting():
        return [todo.what for todo in todos_of(voice, clock.read())]

    assert waiting() == ["Answer six questions for Corvus"]

    answer_questions(actor=voice, member=member, wants_most=Wish(90, topic=fees))
    assert waiting() == []


def test_after_accepting_the_phone_opens_the_questions(alliance):
    organiser = make.organiser(alliance)
    person = make.person("Nia Ford", email="nia@corvus.example")
    inviting.invite_member(
        actor=organiser, alliance=alliance, organisation="Corvus", category="payer", participation="voting",
        email=person.email, name=person.name, roles=["representative"],
    )  # fmt: skip
    invitation = alliance.invitations.get().invitation
    client = client_of(person)

    answer = client.post(reverse("accounts:invitation", args=[token_of(invitation)]))

    member = alliance.members.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(member))
    seen = client.get(page_of(member)).content.decode()
    assert seen.count("<h2") == 6
    assert "most_topic" not in seen


def test_the_page_answers_and_leads_on(member, voice, fees):
    client = client_of(voice)

    sent = client.post(
        page_of(member),
        {
            "most_topic": str(fees.pk), "most_weight": "90", "most_confidential": "on",
            "never_name": "Delay", "never_measure": "Months lost", "never_weight": "30",
            "brings_kind": "people", "brings": "Two engineers", "better_off": "It is cheaper.",
        },
    )  # fmt: skip

    assert (sent.status_code, sent["Location"]) == (302, reverse("alliance:interests", args=[member.alliance.slug]))
    assert positions_of(member) == [("Fees", 2, 90, True), ("Delay", -2, 30, False)]
    assert client.get(page_of(member)).status_code == 302


def test_the_page_names_what_is_wrong_and_keeps_what_was_typed(member, voice, fees):
    sent = client_of(voice).post(
        page_of(member),
        {
            "most_topic": str(fees.pk), "most_name": "Also typed", "also_name": "Speed", "never_weight": "60",
            "brings": "Two engineers", "without_it": "We go alone.",
        },
    )  # fmt: skip

    seen = sent.content.decode()
    assert sent.status_code == 422
    for sentence in (
        "Choose a topic above or name one here, not both.",
        "Say how one would see it.",
        "Choose a topic, or name one.",
        "Say of what kind it is.",
    ):
        assert sentence in seen
    assert "Also typed" in seen
    assert "We go alone." in seen
    assert not member.positions.exists()
    assert make.verbs(member.alliance) == []


@pytest.mark.parametrize("typed", [{}, {"most_topic": "x", "most_weight": "1000"}, {"most_name": "\x00\u202e"}])
def test_nonsense_is_a_sentence(member, voice, fees, typed):
    assert client_of(voice).post(page_of(member), typed).status_code == 422
    assert make.verbs(member.alliance) == []


def test_words_that_rivals_may_not_settle_are_named(member, voice):
    client = client_of(voice)
    client.post(page_of(member), {"most_name": "Common prices", "most_measure": "x", "most_weight": "90"})

    assert (
        "Counsel will ask about “prices”"
        in client.get(reverse("alliance:interests", args=[member.alliance.slug])).content.decode()
    )


def test_own_words_preset_the_worksheet_for_its_own_people_only(alliance, member, voice, fees):
    answer_questions(actor=voice, member=member, wants_most=Wish(90, topic=fees), words=OWN)
    type(member).objects.filter(pk=member.pk).update(state=Membership.ADMITTED)
    statement = reverse("alliance:sign_statement", args=[alliance.slug, member.pk])
    figures = reverse("alliance:seal_worksheet", args=[alliance.slug, member.pk])

    own = client_of(voice, proven=True)
    assert OWN.better_off in own.get(statement).content.decode()
    assert OWN.without_it in own.get(figures).content.decode()
    for who in (
        make.organiser(alliance),
        make.holder(alliance, RoleKind.CUSTODIAN),
        make.representative(make.member(alliance)),
    ):
        client = client_of(who, proven=True)
        for url in (statement, figures):
            answer = client.get(url)
            assert answer.status_code == 403
            assert OWN.better_off not in answer.content.decode()


def test_the_api_takes_the_same_and_tells_own_words_to_its_own(alliance, member, voice, fees):
    client, organiser = client_of(voice), client_of(make.organiser(alliance))
    assert client.get(api_of(member)).json() == {"answered_at": None, "without_it": "", "better_off": ""}

    body = {"wants_most": {"topic": str(fees.pk), "salience": 70}, "better_off": OWN.better_off}
    first, again = post_api(client, member, body), post_api(client, member, body)

    assert (first.status_code, again.status_code) == (201, 201)
    assert positions_of(member) == [("Fees", 2, 70, False)]
    assert client.get(api_of(member)).json()["better_off"] == OWN.better_off
    assert organiser.get(api_of(member)).json()["better_off"] == ""
    assert post_api(client, member, body, "two").status_code == 422


def test_the_api_refuses_both_and_neither(member, voice, fees):
    client = client_of(voice)
    for wish in ({"salience": 1}, {"salience": 1, "topic": str(fees.pk), "name": "B"}, {"salience": "x"}, None):
        assert post_api(client, member, {"wants_most": wish}, repr(wish)).status_code == 400
    assert not member.positions.exists()


def test_answers_travel_sealed(member, voice, fees):
    answers = answer_questions(actor=voice, member=member, wants_most=Wish(90, topic=fees), words=OWN)

    part = alliance_part(member.alliance)

    assert [(each.member, each.ciphertext) for each in part.member_answers] == [(str(member.pk), answers.ciphertext)]
    assert OWN.without_it not in part.model_dump_json()
