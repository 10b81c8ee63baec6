"""Pages of an alliance: who sees them, how many statements they take, what a form keeps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.models import Position, Round, Worksheet
from alliance.services import membership, review
from alliance.states import Membership, RoleKind, RoundState
from tests import factories as make
from tests.alliance.growing import grow
from tests.alliance.pages import client_of

pytestmark = pytest.mark.django_db

LISTS = [
    "overview", "members", "people", "contributions", "parties", "interests", "value", "worksheets", "control",
    "records", "verify_records", "holds",
]  # fmt: skip
FORMS = [
    "change", "raise_profile", "invite_member", "invite_person", "record_relation", "add_party", "add_topic",
    "add_stream", "propose_round", "exit_terms",
]  # fmt: skip
MOST = 20


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def organiser(alliance):
    make.member(alliance, organisation=alliance.convener)
    return make.organiser(alliance)


def statements(client, url):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", LISTS)
def test_a_page_takes_the_same_few_statements_whatever_the_size(name, alliance, organiser):
    client, url = client_of(organiser), reverse(f"alliance:{name}", args=[alliance.slug])
    client.get(url)
    grow(alliance, organiser, 1)
    one = statements(client, url)

    grow(alliance, organiser, 2)
    grow(alliance, organiser, 3)

    assert statements(client, url) == one
    assert one <= MOST


def test_a_streams_page_takes_few_statements(alliance, organiser):
    _member, stream = grow(alliance, organiser, 1)

    url = reverse("alliance:stream", args=[alliance.slug, stream.pk])

    assert statements(client_of(stream.steward), url) <= MOST


@pytest.mark.parametrize("name", [*LISTS, *FORMS])
def test_a_foreign_alliance_is_not_there(name, alliance, organiser, stranger):
    url = reverse(f"alliance:{name}", args=[alliance.slug])
    other = make.organiser(make.alliance())

    assert client_of(stranger).get(url).status_code == 404
    assert client_of(other).get(url).status_code == 404
    assert client_of(other).post(url).status_code in (404, 405)


@pytest.mark.parametrize("name", FORMS)
def test_who_may_not_is_told_before_typing(name, alliance, organiser):
    url = reverse(f"alliance:{name}", args=[alliance.slug])

    assert client_of(organiser).get(url).status_code == 200
    assert client_of(make.holder(alliance, RoleKind.OBSERVER)).get(url).status_code == 403


def test_things_of_another_alliance_are_not_there(alliance, organiser):
    foreign = make.member(make.alliance())
    client = client_of(organiser)

    for name in ("admit_member", "confirm_kind", "withdraw_member"):
        assert client.post(reverse(f"alliance:{name}", args=[alliance.slug, foreign.pk])).status_code == 404
    stream = make.stream(foreign.alliance)
    assert client.get(reverse("alliance:stream", args=[alliance.slug, stream.pk])).status_code == 404


def test_a_refused_form_keeps_what_was_typed(alliance, organiser):
    url = reverse("alliance:invite_member", args=[alliance.slug])
    typed = {
        "organisation": "Corvus", "category": "shipping", "participation": "voting", "name": "Ann",
        "email": "ann@corvus.example", "roles": ["signatory"],
    }  # fmt: skip

    answer = client_of(organiser).post(url, typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="ann@corvus.example"' in page
    assert "Say by what mandate the signatory binds the member." in page
    assert alliance.members.count() == 1


@pytest.mark.parametrize("sent", ["x", "00000000-0000-0000-0000-000000000000", "\0"])
def test_a_choice_that_the_page_did_not_show_is_refused_in_words(alliance, organiser, sent):
    url = reverse("alliance:add_stream", args=[alliance.slug])

    answer = client_of(organiser).post(url, {"title": "Fewer claims", "beneficiaries": [sent], "steward": sent})

    assert answer.status_code == 422
    assert answer.content.decode().count("Choose from the list; something else was sent.") == 4  # above, and at each
    assert "UUID" not in answer.content.decode()
    assert not alliance.streams.exists()


def test_a_level_that_cannot_be_reached_is_refused_by_its_name(alliance):
    member = make.member(alliance)
    url = reverse("alliance:propose_round", args=[alliance.slug])

    answer = client_of(make.organiser(alliance)).post(url, {f"{member.pk}_data": "5", f"{member.pk}_liability": "2"})

    assert answer.status_code == 422
    assert f"{member}, Data: it stands at 0; one round raises by 2 at most." in answer.content.decode()
    assert answer.content.decode().count("one round raises by") == 1
    assert not Round.objects.exists()


def test_an_organisation_is_invited_on_its_page(alliance, organiser):
    url = reverse("alliance:invite_member", args=[alliance.slug])
    typed = {
        "organisation": "Corvus", "category": "shipping", "participation": "voting", "name": "Ann",
        "email": "ann@corvus.example", "roles": ["representative", "signatory"], "mandate": "board",
    }  # fmt: skip

    answer = client_of(organiser).post(url, typed, follow=True)

    assert answer.status_code == 200
    assert "Corvus" in answer.content.decode()
    assert make.verbs(alliance) == ["alliance.member.invited"]


def test_a_member_is_admitted_confirmed_and_withdrawn_by_button(alliance, organiser):
    member = make.member(alliance, state=Membership.ACCEPTED)
    other = make.representative(make.member(alliance))

    def post(who, name):
        return client_of(who).post(reverse(f"alliance:{name}", args=[alliance.slug, member.pk]))

    assert [post(organiser, "admit_member").status_code, post(other, "confirm_kind").status_code] == [302, 302]
    assert post(organiser, "admit_member").status_code == 422
    assert post(other, "withdraw_member").status_code == 403
    confirmation = client_of(organiser).get(reverse("alliance:withdraw_member", args=[alliance.slug, member.pk]))
    assert "must be invited anew" in confirmation.content.decode()
    assert post(organiser, "withdraw_member").status_code == 302
    member.refresh_from_db()
    assert member.state == Membership.WITHDRAWN


def test_a_representative_edits_its_row_on_one_page(alliance, organiser):
    member = make.member(alliance)
    voice, one, two = make.representative(member), make.topic(alliance), make.topic(alliance)
    url = reverse("alliance:positions", args=[alliance.slug, member.pk])
    client = client_of(voice)

    half = client.post(url, {f"stance_{one.pk}": "2"})
    done = client.post(url, {f"stance_{one.pk}": "2", f"salience_{one.pk}": "0.85", f"statement_{one.pk}": "Yes"})

    assert (half.status_code, done.status_code) == (422, 302)
    position = Position.objects.get()
    assert (position.topic, position.stance, position.salience, position.statement) == (one, 2, 85, "Yes")
    assert two.name in client.get(url).content.decode()
    assert client_of(organiser).get(url).status_code == 403


def test_a_topic_on_prices_warns_its_writer(alliance, organiser):
    url = reverse("alliance:add_topic", args=[alliance.slug])

    answer = client_of(organiser).post(url, {"name": "Price list", "measure": "Sheets"}, follow=True)

    assert "Counsel will ask about “price”" in answer.content.decode()


def test_signing_asks_for_a_proof_first(alliance, organiser):
    member = make.member(alliance)
    hand, contribution = make.signatory(member), make.contribution(member)
    url = reverse("alliance:sign_contribution", args=[alliance.slug, contribution.pk])

    unproven = client_of(hand)
    assert unproven.get(url).url.startswith(reverse("account_reauthenticate"))
    assert unproven.post(url).status_code == 403
    contribution.refresh_from_db()
    assert contribution.signed_at is None

    proven = client_of(hand, proven=True)
    assert "Your signature binds" in proven.get(url).content.decode()
    assert proven.post(url).status_code == 302
    contribution.refresh_from_db()
    assert contribution.signed_by == hand


def test_figures_are_sealed_on_their_page_and_opened_by_their_owner(alliance, organiser):
    member = make.member(alliance)
    voice = make.representative(member)
    cases = {"benefit": (2, 3, 4), "cost": (1, 1, 1), "fall_back": (0, 1, 1)}
    typed = {
        f"{part}_{case}": amount
        for part, amounts in cases.items()
        for case, amount in zip(("low", "base", "high"), amounts, strict=True)
    }
    url = reverse("alliance:seal_worksheet", args=[alliance.slug, member.pk])
    client = client_of(voice, proven=True)

    wrong = client.post(url, {**typed, "benefit_low": 9, "currency": "USD", "basis": "Books"})
    done = client.post(url, {**typed, "currency": "USD", "basis": "Books"})

    assert (wrong.status_code, done.status_code) == (422, 302)
    opened = reverse("alliance:open_worksheet", args=[alliance.slug, Worksheet.objects.get().pk])
    page = client.post(opened)
    assert "Low 0\u00a0USD · base 1\u00a0USD · high 3\u00a0USD" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert client_of(organiser).post(opened).status_code == 403
    assert client.get(opened).status_code == 405
    assert "not said" in page.content.decode()


def test_what_it_would_cost_alone_stands_on_the_members_own_page(alliance, organiser):
    member = make.member(alliance)
    parts = [f"{part}_{case}" for part in ("benefit", "cost", "fall_back") for case in ("low", "base", "high")]
    typed = dict.fromkeys(parts, 1) | {"currency": "USD", "basis": "Books"}
    url = reverse("alliance:seal_worksheet", args=[alliance.slug, member.pk])
    client = client_of(make.representative(member), proven=True)

    assert "What it would cost you to reach the same alone" in client.get(url).content.decode()
    assert client.post(url, {**typed, "alone": "-1"}).status_code == 422
    assert not Worksheet.objects.exists()
    assert client.post(url, {**typed, "alone": "7654.50"}).status_code == 302
    opened = reverse("alliance:open_worksheet", args=[alliance.slug, Worksheet.objects.get().pk])
    assert "7,654.50\u00a0USD" in client.post(opened).content.decode()
    custodian = client_of(make.holder(alliance, RoleKind.CUSTODIAN))
    assert "7,654.50\u00a0USD" in custodian.post(opened).content.decode()
    assert client_of(organiser).post(opened).status_code == 403
    everybodys = reverse("alliance:worksheets", args=[alliance.slug])
    assert "7,654" not in client_of(organiser).get(everybodys).content.decode()


def test_a_round_is_proposed_and_signed_on_its_pages(alliance):
    member = make.member(alliance)
    organiser, hand = make.organiser(alliance), make.signatory(member)
    propose = reverse("alliance:propose_round", args=[alliance.slug])

    empty = client_of(organiser).post(propose, {})
    done = client_of(organiser).post(propose, {f"{member.pk}_data": "2"})

    assert (empty.status_code, done.status_code) == (422, 302)
    found = Round.objects.get()
    url = reverse("alliance:sign_steps", args=[alliance.slug, found.pk, member.pk])
    client = client_of(hand, proven=True)
    assert "Data: 0 independent → 2 consults" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    found.refresh_from_db()
    assert found.state == RoundState.COMPLETED


def test_the_log_is_narrowed_and_checked(alliance, organiser):
    member = make.member(alliance, "Corvus", state=Membership.ACCEPTED)
    membership.admit_member(actor=organiser, member=member)
    counsel = make.holder(alliance, RoleKind.COUNSEL, name="Adele Roth")
    review.record_review(actor=counsel, alliance=alliance, cleared=True, opinion="Fine")
    client, url = client_of(organiser), reverse("alliance:records", args=[alliance.slug])

    everything = client.get(url).content.decode()
    narrowed = client.get(url, {"verb": "alliance.member.admitted"}).content.decode()
    by_counsel = client.get(url, {"actor": str(counsel.pk)}).content.decode()
    nothing = client.get(url, {"since": "2999-01-01"}).content.decode()
    checked = client.get(reverse("alliance:verify_records", args=[alliance.slug])).content.decode()

    assert "Corvus admitted" in everything
    assert "Adele Roth" in everything
    assert '<th scope="row">Counsel’s review' not in narrowed
    assert '<th scope="row">Corvus admitted' not in by_counsel
    assert "Nothing matches" in nothing
    assert "The chain holds." in checked


def test_a_wrong_filter_is_no_fault(alliance, organiser):
    url = reverse("alliance:records", args=[alliance.slug])

    answer = client_of(organiser).get(url, {"since": "yesterday", "actor": "x", "subject": "y", "page": "z"})

    assert answer.status_code == 200
