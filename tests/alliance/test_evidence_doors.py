"""Evidence through pages and API: attached, shown, opened, taken back, and hidden from whom it must be."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from alliance import files
from alliance.models import Exhibit, Position
from alliance.selectors.kinds import KINDS
from alliance.selectors.standing import standing_of
from alliance.services.exhibits import withdraw_exhibit
from alliance.states import RoleKind
from audit import clock
from tests import factories as make
from tests.alliance import hostile
from tests.alliance.evidence import attach, kept_files, position_of, records
from tests.alliance.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_files")]


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def member(alliance):
    return make.member(alliance)


@pytest.fixture
def contribution(member):
    return make.contribution(member)


@pytest.fixture
def voice(member):
    return make.representative(member)


@pytest.fixture
def stream(alliance):
    steward = make.holder(alliance, RoleKind.OBSERVER)
    today = clock.read().date()
    return make.stream(alliance, steward=steward, baseline=38, baseline_on=today, metric="Share", unit="%")


def at(name, alliance, *keys):
    return reverse(f"alliance:{name}", args=[alliance.slug, *keys])


def pdf(name="board.pdf", content=hostile.PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def attached_file(voice, alliance, contribution):
    answer = client_of(voice).post(
        at("attach_evidence", alliance, "contribution", contribution.pk), {"title": "Resolution", "file": pdf()}
    )
    assert answer.status_code == 302, answer.content
    return Exhibit.objects.get()


# -- Pages ----------------------------------------------------------------------------------------------------------
def test_a_file_is_attached_shown_and_saved(alliance, contribution, voice):
    exhibit = attached_file(voice, alliance, contribution)
    rival = client_of(make.representative(make.member(alliance)))

    page = rival.get(at("contributions", alliance)).content.decode()
    answer = rival.get(at("open_evidence", alliance, exhibit.pk))

    assert "Resolution" in page
    assert "PDF file" in page
    assert "Attach evidence" not in page
    assert answer.content == hostile.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="board.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({}, "address", "Give one of the three"),
        ({"address": "https://example.org/", "file": pdf()}, "file", "Give only one of the three"),
        ({"address": "http://example.org/"}, "address", "beginning with https://"),
        ({"file": pdf("page.pdf", hostile.HTML)}, "file", "Attach a PDF, a picture"),
        ({"file": pdf("empty.pdf", b"")}, "file", "This file is empty"),
        ({"source": "contribution:not-there"}, "source", "Choose from the list."),
        ({"address": "https://example.org/", "valid_until": "2001-01-01"}, "valid_until", "Choose a day to come"),
        ({"address": "https://example.org/", "valid_until": "soon"}, "valid_until", "Write a day, such as"),
        ({"address": "https://example.org/\0"}, "address", "Null characters"),
    ],
)
def test_bad_input_is_said_at_its_field_and_what_was_typed_is_kept(
    alliance, contribution, voice, given, field, sentence
):
    for each in given.values():
        if hasattr(each, "seek"):
            each.seek(0)

    answer = client_of(voice).post(
        at("attach_evidence", alliance, "contribution", contribution.pk), {"title": "Kept as typed", **given}
    )

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert sentence in answer.content.decode()
    assert 'value="Kept as typed"' in answer.content.decode()
    assert not Exhibit.objects.exists()
    assert kept_files() == []


def test_of_a_huge_file_only_the_beginning_is_taken(alliance, contribution, voice, settings):
    settings.EVIDENCE_MAX_BYTES, taken = 2**20, []
    huge = pdf("huge.pdf", hostile.PDF + b"\n" * 8 * 2**20)

    answer = client_of(voice).post(
        at("attach_evidence", alliance, "contribution", contribution.pk), {"title": "x", "file": huge}
    )

    taken = answer.context["form"].files["file"].size
    assert 2**20 < taken <= 2**20 + 2 * 64 * 1024
    assert answer.status_code == 422
    assert "larger than 1 MB" in str(answer.context["form"].errors["file"])


def test_evidence_is_on_the_page_of_every_record_that_takes_it(alliance, member, stream):
    pages = {
        "alliance": at("overview", alliance),
        "member": at("members", alliance),
        "worksheet": at("worksheets", alliance),
        "contribution": at("contributions", alliance),
        "round": at("control", alliance),
        "step": at("control", alliance),
        "review": at("control", alliance),
        "stream": at("stream", alliance, stream.pk),
        "baseline": at("stream", alliance, stream.pk),
        "reading": at("stream", alliance, stream.pk),
        "durable_form": at("stream", alliance, stream.pk),
        "legacy": at("value", alliance),
        "attestation": reverse("governance:committee", args=[alliance.slug]),
        "disclosure": reverse("governance:committee", args=[alliance.slug]),
    }
    found = records(alliance, member, stream)
    for kind, (row, people) in found.items():
        attach(next(iter(people)), alliance, kind, row, title=f"Proof of the {kind} itself")
    reader = client_of(make.holder(alliance, RoleKind.AUDITOR))

    for kind, page in pages.items():
        assert f"Proof of the {kind} itself" in reader.get(page).content.decode(), kind
    voice = found["position"][0].confirmed_by
    own = client_of(voice).get(at("positions", alliance, member.pk)).content.decode()
    assert "Proof of the position itself" in own
    everything = reader.get(at("evidence", alliance)).content.decode()
    for kind in found:
        assert f"Proof of the {kind} itself" in everything
    holder = found["attestation"][0].holding.person
    assert f"Independence statement: {holder}" in everything
    assert f"Position: {member}" in everything
    assert f"Reading: {stream}" in everything
    only = reader.get(at("evidence", alliance), {"kind": "stream"}).content.decode()
    assert ("Proof of the stream itself" in only, "Proof of the step itself" in only) == (True, False)


def test_what_the_pages_offer_is_what_one_may(alliance, member, stream):
    found = records(alliance, member, stream)
    everybody = set().union(*(people for _row, people in found.values()))
    for kind in KINDS:
        row, people = found[kind.name]
        for person in everybody:
            if kind.able(standing_of(person, alliance), row):
                assert person in people, kind.name


def test_a_record_that_is_evidence_leads_to_its_page(alliance, contribution, voice, stream):
    answer = client_of(voice).post(
        at("attach_evidence", alliance, "contribution", contribution.pk),
        {"title": "See the benefit", "source": f"stream:{stream.pk}"},
    )
    exhibit = Exhibit.objects.get()

    opened = client_of(voice).get(at("open_evidence", alliance, exhibit.pk))
    record = client_of(voice).get(at("record_of_evidence", alliance, exhibit.pk))

    assert answer.status_code == 302
    assert opened["Location"] == at("stream", alliance, stream.pk)
    assert record["Location"] == at("contributions", alliance)


def test_what_was_taken_back_opens_for_its_author_and_the_auditor_alone(alliance, contribution, voice):
    exhibit = attached_file(voice, alliance, contribution)

    answer = client_of(voice).post(at("withdraw_evidence", alliance, exhibit.pk))

    assert answer.status_code == 302
    auditor, rival = make.holder(alliance, RoleKind.AUDITOR), make.representative(make.member(alliance))
    said = [
        client_of(each).get(at("open_evidence", alliance, exhibit.pk)).status_code for each in (voice, auditor, rival)
    ]
    assert said == [200, 200, 403]
    pages = [client_of(each).get(at("contributions", alliance)).content.decode() for each in (voice, auditor, rival)]
    assert ["Taken back" in page for page in pages] == [True, True, True]
    href = at("open_evidence", alliance, exhibit.pk)
    assert [(href in page, "PDF file" in page) for page in pages] == [(True, True), (True, True), (False, False)]
    told = api(rival).get(reverse("alliance_api:exhibit", args=[alliance.slug, exhibit.pk])).json()
    assert (told["title"], told["file_name"], told["withdrawn_at"] is not None) == ("Resolution", "", True)


def test_no_form_is_offered_for_what_is_taken_back_already(alliance, contribution, voice):
    exhibit = attached_file(voice, alliance, contribution)
    withdraw_exhibit(actor=voice, exhibit=exhibit)
    answer = client_of(voice).get(at("withdraw_evidence", alliance, exhibit.pk), follow=True)
    assert len(answer.redirect_chain) == 1
    assert "This is taken back already." in answer.content.decode()


def test_a_lapsed_one_says_so(alliance, contribution, voice, clock):
    attach(voice, alliance, "contribution", contribution, valid_until=clock.read().date())
    assert "Lapsed" not in client_of(voice).get(at("contributions", alliance)).content.decode()

    clock.move(days=1)

    assert "Lapsed" in client_of(voice).get(at("contributions", alliance)).content.decode()


def test_a_file_that_is_not_here_says_so(alliance, contribution, voice):
    exhibit = attached_file(voice, alliance, contribution)
    files.remove(exhibit.stored)
    client = client_of(voice)

    assert "File not here" in client.get(at("contributions", alliance)).content.decode()
    answer = client.get(at("open_evidence", alliance, exhibit.pk))
    assert answer.status_code == 422
    assert "only its name and fingerprint" in answer.content.decode()


def test_a_file_that_was_changed_where_it_lies_is_not_handed_out(alliance, contribution, voice):
    exhibit = attached_file(voice, alliance, contribution)
    [kept] = kept_files()
    kept.write_bytes(hostile.PDF + b"%more\n")

    answer = client_of(voice).get(at("open_evidence", alliance, exhibit.pk))

    assert answer.status_code == 422
    assert "not what was attached" in answer.content.decode()


def test_the_writer_is_told_of_words_that_counsel_will_ask_about(alliance, contribution, voice):
    answer = client_of(voice).post(
        at("attach_evidence", alliance, "contribution", contribution.pk),
        {"title": "Our prices", "address": "https://example.org/"},
        follow=True,
    )

    assert "Counsel will ask about “prices”" in answer.content.decode()


def test_a_confidential_position_is_not_there_for_a_rival_and_takes_nothing_from_its_own(alliance, member):
    position = position_of(member, is_confidential=True)
    own, rival = client_of(position.confirmed_by), client_of(make.representative(make.member(alliance)))
    url = at("attach_evidence", alliance, "position", position.pk)

    assert rival.get(url).status_code == 404
    assert own.get(url).status_code == 422
    assert own.post(url, {"title": "x", "address": "https://example.org/"}).status_code == 422
    assert not Exhibit.objects.exists()


def test_evidence_on_what_became_confidential_is_nowhere_for_a_rival(alliance, member):
    position = position_of(member)
    exhibit = attach(position.confirmed_by, alliance, "position", position, title="Our board’s letter")
    Position.objects.filter(pk=position.pk).update(is_confidential=True)
    rival = make.representative(make.member(alliance))
    page, door = client_of(rival), api(rival)

    for name in ("interests", "evidence"):
        assert "board’s letter" not in page.get(at(name, alliance)).content.decode()
    for name in ("record_of_evidence", "open_evidence", "withdraw_evidence"):
        assert page.get(at(name, alliance, exhibit.pk)).status_code == 404
    assert door.get(reverse("alliance_api:all_evidence", args=[alliance.slug])).json() == []
    keys = [alliance.slug, "position", position.pk]
    assert door.get(reverse("alliance_api:evidence", args=keys)).status_code == 404


def test_a_foreign_alliances_evidence_is_not_there(alliance, contribution, voice):
    exhibit = attached_file(voice, alliance, contribution)
    other = make.alliance()
    stranger = client_of(make.organiser(other))

    for slug in (alliance, other):
        for name in ("open_evidence", "record_of_evidence", "withdraw_evidence"):
            assert stranger.get(at(name, slug, exhibit.pk)).status_code == 404
        assert stranger.get(at("attach_evidence", slug, "contribution", contribution.pk)).status_code == 404


@pytest.mark.parametrize("name", ["overview", "members", "worksheets", "contributions", "control", "value", "evidence"])
@pytest.mark.parametrize("role", [RoleKind.ORGANISER, RoleKind.AUDITOR, RoleKind.COUNSEL], ids=str)
def test_as_many_statements_with_one_piece_as_with_three_on_each(alliance, member, stream, name, role):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at(name, alliance)).status_code == 200
        return len(captured)

    found = records(alliance, member, stream)
    client = client_of(make.holder(alliance, role))
    for kind, (row, people) in found.items():
        attach(next(iter(people)), alliance, kind, row)
    client.get(at(name, alliance))
    one = statements()
    for kind, (row, people) in found.items():
        for number in range(2):
            attach(next(iter(people)), alliance, kind, row, address=f"https://example.org/{number}")

    assert statements() == one <= 20


def test_the_form_takes_few_statements(alliance, member, stream):
    found = records(alliance, member, stream)
    row, people = found["contribution"]
    client, url = client_of(next(iter(people))), at("attach_evidence", alliance, "contribution", row.pk)
    client.get(url)

    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200

    assert len(captured) <= 20


# -- API ------------------------------------------------------------------------------------------------------------
def api(person):
    client = APIClient()
    client.cookies = client_of(person).cookies
    return client


def of_record(alliance, contribution):
    return reverse("alliance_api:evidence", args=[alliance.slug, "contribution", contribution.pk])


def test_the_api_attaches_a_link_once_for_a_key(alliance, contribution, voice):
    client, url = api(voice), of_record(alliance, contribution)
    until = (clock.read().date() + timedelta(days=90)).isoformat()
    body = {"title": "Resolution", "address": "https://example.org/", "valid_until": until}

    made = client.post(url, body, headers={"Idempotency-Key": "one"})
    again = client.post(url, body, headers={"Idempotency-Key": "one"})

    assert (made.status_code, again.json()) == (201, made.json())
    assert (made.json()["valid_until"], made.json()["is_here"]) == (until, None)
    assert client.get(url).json() == [made.json()]
    assert Exhibit.objects.count() == 1
    assert client.post(url, body).json()["code"] == "idempotency_key_missing"


def test_the_api_attaches_a_file_once_for_a_key_and_hands_it_out(alliance, contribution, voice):
    client, url = api(voice), of_record(alliance, contribution)

    def send(key, file):
        return client.post(url, {"title": "x", "file": file}, format="multipart", headers={"Idempotency-Key": key})

    made, again = send("one", pdf()), send("one", pdf())
    other = send("one", pdf(content=hostile.PDF + b"\n"))

    assert (made.status_code, again.json()) == (201, made.json())
    assert other.json()["code"] == "idempotency_key_reused"
    assert (made.json()["media_type"], made.json()["is_here"]) == ("application/pdf", True)
    assert len(kept_files()) == 1
    file = client.get(reverse("alliance_api:exhibit_file", args=[alliance.slug, made.json()["id"]]))
    assert (file.content, file["Content-Disposition"]) == (hostile.PDF, 'attachment; filename="board.pdf"')


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"title": "x"}, 422, "one_of_three"),
        ({"title": "x", "address": "http://example.org/"}, 422, "link_unfit"),
        ({"address": "https://example.org/"}, 400, "invalid"),
        ({"title": "x", "address": "https://example.org/", "colour": "red"}, 400, "invalid"),
        (
            {"title": "x", "source_kind": "stream", "source": "00000000-0000-4000-8000-000000000000"},
            422,
            "source_unknown",
        ),
    ],
)
def test_the_api_says_what_is_wrong_and_writes_nothing(alliance, contribution, voice, body, status, code):
    answer = api(voice).post(of_record(alliance, contribution), body, headers={"Idempotency-Key": "one"})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Exhibit.objects.exists()


def test_the_api_refuses_a_hostile_file_and_keeps_nothing(alliance, contribution, voice):
    for name, content in (
        ("a.pdf", hostile.HTML),
        ("a.docx", hostile.bomb()),
        ("../a.svg", hostile.SVG),
        ("a.pdf", b""),
    ):
        answer = api(voice).post(
            of_record(alliance, contribution),
            {"title": "x", "file": SimpleUploadedFile(name, content)},
            format="multipart",
            headers={"Idempotency-Key": name},
        )
        assert (answer.status_code, answer.json()["field"]) == (422, "file"), name
    assert kept_files() == []
    assert not Exhibit.objects.exists()


def test_the_api_takes_it_back(alliance, contribution, voice):
    exhibit = attached_file(voice, alliance, contribution)
    url = reverse("alliance_api:exhibit_withdrawal", args=[alliance.slug, exhibit.pk])

    rival = api(make.representative(make.member(alliance))).post(url, headers={"Idempotency-Key": "one"})
    own = api(voice).post(url, headers={"Idempotency-Key": "one"})

    assert (rival.status_code, own.status_code) == (403, 200)
    assert own.json()["withdrawn_at"] is not None


def test_a_link_that_was_taken_back_is_told_to_its_author_and_the_auditor_alone(alliance, contribution, voice):
    exhibit = attach(voice, alliance, "contribution", contribution)
    withdraw_exhibit(actor=voice, exhibit=exhibit)
    url = reverse("alliance_api:all_evidence", args=[alliance.slug])
    people = (voice, make.holder(alliance, RoleKind.AUDITOR), make.representative(make.member(alliance)))

    assert [api(each).get(url).json()[0]["address"] for each in people] == [exhibit.address, exhibit.address, ""]
