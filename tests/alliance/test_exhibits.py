"""Evidence on records: who may attach it, what is refused, what is taken back, and where its file lies."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from alliance import files
from alliance.contents import Upload
from alliance.models import Exhibit, Position
from alliance.selectors.dossier import alliance_part
from alliance.selectors.evidence import seen_by
from alliance.selectors.scan import hits_of
from alliance.services.exhibits import MOST_ON_A_RECORD, Source, attach_exhibit, withdraw_exhibit
from alliance.services.worksheets import sign_statement
from alliance.states import RoleKind, State
from alliance.tasks import sweep_files
from audit import clock
from audit.errors import DomainError, NotPermitted
from audit.models import Event
from audit.services import data_of
from tests import factories as make
from tests.alliance import hostile
from tests.alliance.evidence import LINK, attach, kept_files, position_of, reading_of, records

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
def steward(alliance):
    return make.holder(alliance, RoleKind.OBSERVER)


@pytest.fixture
def stream(alliance, steward):
    today = clock.read().date()
    return make.stream(alliance, steward=steward, baseline=38, baseline_on=today, metric="Share", unit="%")


def test_who_may_say_a_record_may_attach_to_it_and_nobody_else(alliance, member, stream):
    kinds = records(alliance, member, stream)
    everybody = set().union(*(people for _row, people in kinds.values()))
    everybody |= {make.holder(alliance, RoleKind.AUDITOR), make.holder(alliance, RoleKind.CUSTODIAN)}
    may_too = {"member": {RoleKind.AUDITOR, RoleKind.SIGNATORY}}

    for kind, (row, people) in kinds.items():
        for person in everybody:
            if person in people:
                assert attach(person, alliance, kind, row).kind == kind
            elif not person.roles.filter(kind__in=may_too.get(kind, ())).exists():
                before = Exhibit.objects.count()
                with pytest.raises(NotPermitted):
                    attach(person, alliance, kind, row)
                assert Exhibit.objects.count() == before


def test_attaching_is_told_without_names_or_words(alliance, member, contribution):
    person = make.representative(member)

    exhibit = attach(person, alliance, "contribution", contribution, title="Letter of Ms Vance")

    event = Event.objects.filter(stream=alliance.pk).latest("seq")
    assert (event.verb, event.actor, event.subject) == ("alliance.evidence.attached", person.pk, exhibit.pk)
    assert data_of(event) == {"kind": "contribution", "record": str(contribution.pk)}


def test_a_file_is_kept_under_a_random_name_with_its_fingerprint(alliance, member, contribution):
    person = make.representative(member)

    exhibit = attach(
        person, alliance, "contribution", contribution, address="", file=Upload("../a/board.pdf", hostile.PDF)
    )

    [kept] = kept_files()
    assert kept.read_bytes() == hostile.PDF
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "board" not in str(kept)
    assert (exhibit.file_name, exhibit.media_type, exhibit.size) == ("board.pdf", "application/pdf", len(hostile.PDF))
    event = Event.objects.filter(stream=alliance.pk).latest("seq")
    assert data_of(event) == {
        "kind": "contribution",
        "record": str(contribution.pk),
        "sha256": exhibit.sha256,
        "size": len(hostile.PDF),
    }


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/@somebody#@here", "https://example.org/@somebody#@here"),
        ("https://example.org?to=me@example.org", "https://example.org?to=me@example.org"),
        ("HTTPS://example.org/Report", "https://example.org/Report"),
    ],
)
def test_what_a_link_may_hold_a_document_may_too(alliance, member, contribution, address, kept):
    attach(make.representative(member), alliance, "contribution", contribution, address=address)

    [document] = alliance_part(alliance).exhibits
    assert document.address == kept


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"address": "http://example.org/"}, "link_unfit"),
        ({"address": "javascript:alert(1)"}, "link_unfit"),
        ({"address": "https://"}, "link_unfit"),
        ({"address": "https://me:secret@example.org/"}, "link_unfit"),
        ({"address": "https://example.org/a b"}, "link_unfit"),
        ({"address": "https://example.org\\@elsewhere.example/"}, "link_unfit"),
        ({"address": ""}, "one_of_three"),
        ({"file": Upload("a.pdf", hostile.PDF)}, "one_of_three"),
        ({"address": "", "file": Upload("a.pdf", hostile.HTML)}, "file_sort"),
        ({"address": "", "file": Upload("a.svg", hostile.SVG)}, "file_sort"),
        ({"address": "", "file": Upload("a.pdf", b"")}, "file_empty"),
        ({"address": "", "source": Source("stream", uuid4())}, "source_unknown"),
        ({"address": "", "source": Source("worksheet", uuid4())}, "source_unknown"),
        ({"address": "", "source": Source("no-kind", uuid4())}, "source_unknown"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_is_written(alliance, member, contribution, given, code):
    person = make.representative(member)

    with pytest.raises(DomainError) as refusal:
        attach(person, alliance, "contribution", contribution, **given)

    assert refusal.value.code == code
    assert not Exhibit.objects.exists()
    assert make.verbs(alliance) == []
    assert kept_files() == []


def test_a_file_above_the_limit_is_refused(alliance, member, contribution, settings):
    settings.EVIDENCE_MAX_BYTES = 2**20
    with pytest.raises(DomainError, match="larger than 1 MB"):
        attach(
            make.representative(member), alliance, "contribution", contribution, address="",
            file=Upload("a.txt", b"a" * (2**20 + 1)),
        )  # fmt: skip
    assert kept_files() == []


def test_all_files_of_an_alliance_have_one_limit_which_what_was_taken_back_does_not_lift(
    alliance, member, contribution, settings
):
    settings.EVIDENCE_TOTAL_MB, person = 1, make.representative(member)
    half, link = 2**19, {"address": LINK}

    def attach_half(row, letter):
        file = Upload("a.txt", letter * half)
        return attach(person, row.alliance, "contribution", row, address="", file=file)

    first = attach_half(contribution, b"a")
    attach_half(contribution, b"b")
    withdraw_exhibit(actor=person, exhibit=first)

    with pytest.raises(DomainError, match="1 MB together") as refusal:
        attach(person, alliance, "contribution", contribution, address="", file=Upload("b.txt", b"b"))

    assert (refusal.value.code, refusal.value.field) == ("evidence_full", "file")
    assert (Exhibit.objects.count(), len(kept_files())) == (2, 2)
    attach(person, alliance, "contribution", contribution, **link)
    elsewhere = make.contribution(make.member(make.alliance()))
    attach(make.representative(elsewhere.member), elsewhere.alliance, "contribution", elsewhere, address="",
        file=Upload("b.txt", b"b"))  # fmt: skip


def test_another_record_of_the_alliance_is_evidence_a_foreign_one_is_not(alliance, stream, steward):
    reading, foreign = reading_of(stream), make.stream(make.alliance())

    exhibit = attach(steward, alliance, "stream", stream, address="", source=Source("reading", reading.pk))

    assert (exhibit.source_kind, exhibit.source) == ("reading", reading.pk)
    for source in (Source("stream", foreign.pk), Source("stream", stream.pk)):
        with pytest.raises(DomainError):
            attach(steward, alliance, "stream", stream, address="", source=source)


def test_a_record_that_is_not_here_takes_none(alliance, member):
    foreign = make.contribution(make.member(make.alliance()))
    for kind, pk in (("contribution", foreign.pk), ("contribution", uuid4()), ("no-kind", uuid4())):
        with pytest.raises(DomainError) as refusal:
            attach_exhibit(
                actor=make.representative(member), alliance=alliance, kind=kind, record=pk, title="x", address=LINK
            )
        assert refusal.value.code == "record_unknown"


def test_a_confidential_position_takes_none_for_evidence_would_tell_it(alliance, member):
    position = position_of(member, is_confidential=True)

    with pytest.raises(DomainError, match="confidential"):
        attach(position.confirmed_by, alliance, "position", position)

    assert not Exhibit.objects.exists()


def test_sealed_figures_take_none(alliance, member):
    person = make.representative(member)
    statement = sign_statement(actor=person, member=member, statement="x", proof=make.proof())
    type(statement).objects.filter(pk=statement.pk).update(ciphertext="sealed")

    with pytest.raises(DomainError, match="sealed"):
        attach(person, alliance, "worksheet", statement)

    assert not Exhibit.objects.exists()


def test_evidence_on_what_became_confidential_is_seen_by_its_member_alone(alliance, member):
    rival = make.representative(make.member(alliance))
    position = position_of(member)
    own = position.confirmed_by
    exhibit = attach(own, alliance, "position", position)
    assert [list(seen_by(each, alliance)) for each in (own, rival)] == [[exhibit], [exhibit]]

    Position.objects.filter(pk=position.pk).update(is_confidential=True)

    custodian = make.holder(alliance, RoleKind.CUSTODIAN)
    assert [list(seen_by(each, alliance)) for each in (own, rival, custodian)] == [[exhibit], [], []]


def test_a_day_that_has_been_is_refused_and_today_is_not(alliance, member, contribution):
    person, today = make.representative(member), clock.read().date()

    assert attach(person, alliance, "contribution", contribution, valid_until=today).valid_until == today
    with pytest.raises(DomainError) as refusal:
        attach(person, alliance, "contribution", contribution, valid_until=today - timedelta(days=1))
    assert (refusal.value.code, refusal.value.field) == ("valid_until_past", "valid_until")


def test_twenty_stand_on_a_record_at_most(alliance, member, contribution):
    person = make.representative(member)

    def attach_page(number):
        return attach(person, alliance, "contribution", contribution, address=f"{LINK}/{number}")

    found = [attach_page(number) for number in range(MOST_ON_A_RECORD)]
    with pytest.raises(DomainError) as refusal:
        attach_page(MOST_ON_A_RECORD)
    assert refusal.value.code == "too_much_evidence"

    withdraw_exhibit(actor=person, exhibit=found[0])

    assert attach_page(MOST_ON_A_RECORD)


@pytest.mark.parametrize(
    "given", [{"address": LINK}, {"address": "", "file": Upload("a.txt", b"a")}, {"address": "", "source": True}],
    ids=["link", "file", "record"],
)  # fmt: skip
def test_the_same_is_attached_once_by_one_person_and_may_be_renewed(alliance, member, contribution, stream, given):
    person, second = make.representative(member), make.representative(member)
    today = clock.read().date()
    if "source" in given:
        given = {**given, "source": Source("stream", stream.pk)}

    def attach_it(who):
        return attach(who, alliance, "contribution", contribution, valid_until=today, **given)

    first = attach_it(person)
    with pytest.raises(DomainError, match="attached already") as refusal:
        attach_it(person)
    assert refusal.value.code == "attached_already"
    assert (list(Exhibit.objects.all()), make.verbs(alliance)) == ([first], ["alliance.evidence.attached"])

    assert attach_it(second)
    withdraw_exhibit(actor=person, exhibit=first)
    assert attach_it(person)
    later = today + timedelta(days=90)
    assert attach(person, alliance, "contribution", contribution, valid_until=later, **given)


@pytest.mark.parametrize(("state", "is_taken"), [(State.LEGACY, True), (State.ABANDONED, False)])
def test_it_goes_on_in_legacy_and_ends_with_the_alliance(alliance, stream, steward, state, is_taken):
    reading = reading_of(stream)
    type(alliance).objects.filter(pk=alliance.pk).update(state=state)

    if is_taken:
        assert attach(steward, alliance, "reading", reading)
    else:
        with pytest.raises(DomainError, match="has ended"):
            attach(steward, alliance, "reading", reading)
        assert not Exhibit.objects.exists()


def test_what_is_taken_back_stays_on_record(alliance, member, contribution):
    person = make.representative(member)
    exhibit = attach(person, alliance, "contribution", contribution)

    withdrawal = withdraw_exhibit(actor=person, exhibit=exhibit)

    assert (withdrawal.exhibit, withdrawal.withdrawn_by) == (exhibit, person)
    assert Exhibit.objects.get() == exhibit
    assert make.verbs(alliance) == ["alliance.evidence.attached", "alliance.evidence.withdrawn"]
    with pytest.raises(DomainError, match="taken back already"):
        withdraw_exhibit(actor=person, exhibit=exhibit)
    assert make.verbs(alliance) == ["alliance.evidence.attached", "alliance.evidence.withdrawn"]


def test_who_neither_attached_it_nor_may_say_the_record_cannot_take_it_back(alliance, member, contribution):
    author = make.representative(member)
    exhibit = attach(author, alliance, "contribution", contribution)
    others = (make.organiser(alliance), make.representative(make.member(alliance)), make.person())
    for other in others:
        with pytest.raises(NotPermitted):
            withdraw_exhibit(actor=other, exhibit=exhibit)
    assert make.verbs(alliance) == ["alliance.evidence.attached"]

    assert withdraw_exhibit(actor=make.signatory(member), exhibit=exhibit).withdrawn_by != author


def test_what_several_sides_say_of_a_member_none_of_them_takes_back_from_another(alliance, member):
    own, rival = make.representative(member), make.representative(make.member(alliance))
    auditor = make.holder(alliance, RoleKind.AUDITOR)
    said = {each: attach(each, alliance, "member", member) for each in (own, rival, auditor)}

    for author, exhibit in said.items():
        for other in set(said) - {author}:
            with pytest.raises(NotPermitted):
                withdraw_exhibit(actor=other, exhibit=exhibit)
        assert withdraw_exhibit(actor=author, exhibit=exhibit)


def test_titles_are_scanned_for_words_but_not_in_confidence_nor_once_taken_back(alliance, member, contribution):
    position = position_of(member)
    person = position.confirmed_by
    taken = attach(person, alliance, "contribution", contribution, title="Our prices")
    attach(person, alliance, "position", position, title="Wages we pay")
    assert {hit.words for hit in hits_of(alliance)} == {"prices", "wages"}

    withdraw_exhibit(actor=person, exhibit=taken)
    Position.objects.filter(pk=position.pk).update(is_confidential=True)

    assert hits_of(alliance) == []


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("table", "column"), [("alliance_exhibit", "title"), ("alliance_exhibitwithdrawal", "exhibit_id")]
)
def test_neither_is_ever_changed_or_removed(alliance, member, contribution, statement, table, column):
    person = make.representative(member)
    withdraw_exhibit(actor=person, exhibit=attach(person, alliance, "contribution", contribution))

    with pytest.raises(Exception, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute(statement.format(table, column, column))


# -- Files and transactions -----------------------------------------------------------------------------------------
def test_a_block_that_fails_takes_its_file_along():
    with pytest.raises(DomainError), files.kept(hostile.PDF) as name:
        raise DomainError("refused", name)

    assert kept_files() == []


def test_the_sweep_removes_what_a_rolled_back_transaction_left_and_nothing_else(alliance, member, contribution, clock):
    person = make.representative(member)
    file = Upload("a.pdf", hostile.PDF)
    exhibit = attach(person, alliance, "contribution", contribution, address="", file=file)
    with transaction.atomic():
        attach(person, alliance, "contribution", contribution, address="", file=Upload("b.pdf", hostile.PDF + b"\n"))
        transaction.set_rollback(True)
    assert len(kept_files()) == 2

    sweep_files()
    assert len(kept_files()) == 2, "its transaction may still be under way"
    clock.move(hours=2)
    sweep_files()

    [kept] = kept_files()
    assert str(kept).endswith(exhibit.stored)


def test_the_sweep_finds_nothing_where_nothing_was_kept_yet(alliance):
    sweep_files()

    assert kept_files() == []
