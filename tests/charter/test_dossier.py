"""A dossier is taken whole or refused whole; it travels; and it opens no door."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alliance.contents import Upload
from alliance.models import Alliance, Hold, HoldLifting, Member, Worksheet
from alliance.services import worksheets
from alliance.services.exhibits import Source, attach_exhibit, withdraw_exhibit
from alliance.states import State
from audit import clock
from audit.errors import DomainError
from audit.models import Event
from audit.strictjson import BadDocument
from charter.reading import dossier_of
from charter.services.dossier import Standing, export_dossier, import_dossier
from governance.models import Decision, Outcome
from tests.alliance import hostile
from tests.refusals import everything
from tests.stories import CANYON, CODEC, FOLDER, HARBOUR, dossier, story
from traits.gate import document_of, read
from traits.selectors.reading import evidence_of, read_alliance

pytestmark = pytest.mark.django_db


def load(slug: str, **standing: bool) -> Alliance:
    return import_dossier(dossier=dossier(story(slug)), standing=Standing(**standing))


@pytest.mark.parametrize("slug", [CANYON, CODEC, HARBOUR])
def test_round_trip_as_claimed(slug):
    original = load(slug, witnessed=True, is_illustrative=True)
    at = clock.read()
    sent = json.loads(export_dossier(original, at=at).model_dump_json())
    again = import_dossier(dossier=dossier_of(sent), slug="again")
    before = document_of(read(evidence_of(original, at=at, as_claimed=True)))
    after = document_of(read(evidence_of(again, at=at, as_claimed=True)))
    assert after == before
    assert _outcomes(again) == _outcomes(original)


def test_holds_travel_with_what_they_stop():
    original = load(CANYON, witnessed=True, is_illustrative=True)
    counsel = original.roles.get(kind="counsel").person
    decision = original.decisions.get(number=5)
    at = clock.read()
    things = (("topic", original.topics.first().pk), ("round", original.rounds.first().pk), ("decision", decision.pk))
    for kind, subject in things:
        Hold.objects.create(
            alliance=original, kind=kind, subject=subject, title="x", words_hash="a" * 64, role="counsel",
            reason="A price.", placed_by=counsel, placed_at=at, until=at + timedelta(days=14),
        )  # fmt: skip
    HoldLifting.objects.create(hold=original.holds.get(kind="round"), lifted_at=at + timedelta(days=2))
    sent = json.loads(export_dossier(original, at=clock.read()).model_dump_json())

    again = import_dossier(dossier=dossier_of(sent), slug="again")

    said = ("kind", "role", "reason", "words_hash", "placed_by", "placed_at", "until", "lifting__lifted_at")
    before, after = (list(each.holds.order_by("kind").values_list(*said)) for each in (original, again))
    assert (len(before), after) == (3, before)
    assert set(again.holds.values_list("subject", flat=True)) == {
        again.topics.get(name=original.topics.first().name).pk,
        again.rounds.get(number=original.rounds.first().number).pk,
        again.decisions.get(number=5).pk,
    }
    assert not again.holds.filter(witnessed=True).exists()


@pytest.mark.parametrize(
    "said",
    [
        {"until": "2026-10-16T00:00:00Z"},
        {"until": "2026-10-01T00:00:00Z"},
        {"lifted_at": "2026-10-14T00:00:00Z"},
        {"role": "organiser"},
        {"placed_by": "nobody"},
        {"reason": ""},
    ],
)
def test_a_hold_that_could_not_be_is_refused(said):
    document = story(CANYON)
    counsel = next(each["person"] for each in document["roles"] if each["kind"] == "counsel")
    hold = {"role": "counsel", "reason": "A price.", "words_hash": "a" * 64, "placed_by": counsel}
    times = {"placed_at": "2026-10-01T00:00:00Z", "until": "2026-10-10T00:00:00Z"}
    document["topics"][0]["holds"] = [hold | times]
    dossier(document)
    document["topics"][0]["holds"] = [hold | times | said]
    with pytest.raises(BadDocument) as caught:
        dossier(document)
    assert "/topics/0/holds/0" in str(caught.value)


def _outcomes(alliance: Alliance) -> list[tuple[int, str, str]]:
    found = Outcome.objects.filter(alliance=alliance).order_by("decision__number", "number")
    return [(each.decision.number, each.result, each.sentence) for each in found.select_related("decision")]


def test_an_imported_alliance_is_forming_and_nothing_of_it_counts():
    alliance = load(CANYON)
    assert alliance.state == State.FORMING
    assert not read_alliance(alliance, at=clock.read()).gate
    assert not alliance.members.filter(witnessed=True).exists()
    assert Event.objects.filter(stream=alliance.pk, verb="charter.dossier.imported").count() == 1


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        (("organisations", 0, "name"), "x" * 299, "/organisations/0/name"),
        (("people", 1, "name"), "x" * 299, "/people/1/name"),
        (("people", 1, "time_zone"), "Mars/Olympus", "/people/1/time_zone"),
        (("alliance", "name"), "x" * 299, "/alliance/name"),
        (("alliance", "activated_at"), "9999-12-31T23:00:00-12:00", "/alliance/activated_at"),
        (("members", 2, "category"), "x" * 299, "/members/2/category"),
        (("rounds", 1, "number"), 2**31, "/rounds/1/number"),
        (("rounds", 0, "opened_at"), "0001-01-01T00:00:00Z", "/rounds/0/opened_at"),
        (("streams", 0, "unit"), "x" * 41, "/streams/0/unit"),
        (("streams", 0, "readings", 0, "source"), "x" * 301, "/streams/0/readings/0/source"),
        (("worksheets", 3, "version"), 10**30, "/worksheets/3/version"),
        (("seats", 0, "holdings", 0, "attestations", 0, "text_version"), "x" * 21, "/text_version"),
        (("decisions", 1, "electors", 4, "weight"), 2**31, "/decisions/1/electors/4/weight"),
        (("decisions", 1, "effect"), "conquest", "/decisions/1/effect"),
        (("decisions", 0, "effect_data"), {}, "/decisions/0/effect_data"),
        (("decisions", 0, "effect_data"), {"person": 5}, "/decisions/0/effect_data/person"),
    ],
)
def test_what_the_record_has_no_room_for_is_refused_with_its_place(place, value, pointer):
    document = story(CANYON)
    node = document
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    before = everything()
    with pytest.raises(BadDocument) as refused:
        import_dossier(dossier=dossier(document))
    assert refused.value.pointer.endswith(pointer)
    assert everything() == before


def test_claims_of_being_witnessed_are_not_believed():
    document = story(CANYON)
    assert document["members"][0]["witnessed"] is True
    alliance = import_dossier(dossier=dossier(document))
    assert not Member.objects.filter(alliance=alliance, witnessed=True).exists()


def test_sealed_figures_of_an_import_are_opened_by_nobody():
    original = load(CANYON, witnessed=True, is_illustrative=True)
    sent = json.loads(export_dossier(original, at=clock.read()).model_dump_json())
    assert all(sheet["figures"] is None and sheet["ciphertext"] for sheet in sent["worksheets"])
    again = import_dossier(dossier=dossier_of(sent), slug="again")
    sheet = Worksheet.objects.filter(alliance=again).select_related("signed_by").first()
    with pytest.raises(DomainError) as refused:
        worksheets.read_worksheet(actor=sheet.signed_by, worksheet=sheet)
    assert refused.value.code == "nothing_sealed_here"


def test_open_votes_of_an_import_are_drafts_again():
    document = story(CANYON)
    document["decisions"][4].update(state="open", opened_at="2026-10-31T09:00:00Z", closes_at="2026-11-07T09:00:00Z")
    alliance = import_dossier(dossier=dossier(document))
    decision = Decision.objects.get(alliance=alliance, number=5)
    assert (decision.state, decision.opened_at) == ("draft", None)


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("/alliance/name", lambda document: document["alliance"].pop("name")),
        ("/alliance/colour", lambda document: document["alliance"].update(colour="blue")),
        ("/alliance", lambda document: document["alliance"].pop("term_months")),
        ("/members/0/organisation", lambda document: document["members"][0].update(organisation="nobody")),
        ("/topics/0/positions/0/stance", lambda document: document["topics"][0]["positions"][0].update(stance=3)),
        ("/topics/0/positions/0/salience", lambda document: document["topics"][0]["positions"][0].update(salience=0.9)),
        (
            "/topics/0/positions/7",
            lambda document: document["topics"][0]["positions"].append(document["topics"][0]["positions"][0]),
        ),
        ("/rounds/0/steps/0/domain", lambda document: document["rounds"][0]["steps"][0].update(domain="prices")),
        ("/as_of", lambda document: document.update(as_of="yesterday")),
        ("/as_of", lambda document: document.update(as_of=1.5)),
        ("/members/0/admitted_at", lambda document: document["members"][0].update(admitted_at=1_700_000_000)),
        ("/decisions/1/created_at", lambda document: document["decisions"][1].update(created_at=1.5)),
        ("/charter/sections/0/key", lambda document: document["charter"].update(sections=[{"key": "x", "text": "y"}])),
        (
            "/decisions/0/effect_data/person",
            lambda document: document["decisions"][0].update(effect_data={"person": "x"}),
        ),
        ("/people/1/id", lambda document: document["people"][1].update(id=document["people"][0]["id"])),
    ],
)
def test_a_bad_dossier_is_refused_whole_naming_the_place(place, change):
    document = story(CANYON)
    change(document)
    with pytest.raises(BadDocument) as refused:
        import_dossier(dossier=dossier_of(document))
    assert refused.value.pointer == place
    assert not Alliance.objects.exists()
    assert not Event.objects.exists()


def test_records_that_contradict_each_other_leave_nothing_behind():
    document = story(CANYON)
    for stream in document["streams"]:
        stream["is_primary"] = True
    with pytest.raises(BadDocument):
        import_dossier(dossier=dossier(document))
    assert not Alliance.objects.exists()


def test_the_commands_speak_in_one_line_and_exit_2(tmp_path):
    bad = tmp_path / "bad.json"
    document = story(CANYON)
    document["alliance"]["profile"] = "lenient"
    bad.write_text(json.dumps(document))
    for command in (
        ["import_alliance", str(bad)],
        ["assess", str(bad)],
        ["assess", "no-such"],
        ["export_alliance", "no-such"],
    ):
        with pytest.raises(CommandError) as refused:
            call_command(*command)
        assert refused.value.returncode == 2
        assert "\n" not in str(refused.value)
    assert not Alliance.objects.exists()


def test_import_and_export_by_command(tmp_path):
    call_command("import_alliance", str(FOLDER / f"{HARBOUR}.json"), "--slug", "harbour-two", stdout=StringIO())
    out = StringIO()
    call_command("export_alliance", "harbour-two", stdout=out)
    copy = tmp_path / "copy.json"
    copy.write_text(out.getvalue())
    said = StringIO()
    call_command("assess", str(copy), "--as-claimed", "--json", stdout=said)
    assert json.loads(said.getvalue())["levels"]["surrender"] == "absent"
    with pytest.raises(CommandError):
        call_command("import_alliance", str(copy))


def test_assess_reads_a_file_at_another_time():
    said = StringIO()
    call_command("assess", str(FOLDER / f"{CANYON}.json"), "--as-claimed", "--at", "2028-06-01T00:00Z", stdout=said)
    verdicts = {each["id"]: each["verdict"] for each in json.loads(said.getvalue())["indicators"]}
    assert (verdicts["S1"], verdicts["G3"], verdicts["I5"]) == ("fail", "fail", "fail")
    with pytest.raises(CommandError):
        call_command("assess", str(FOLDER / f"{CANYON}.json"), "--at", "2028-06-01")


def test_the_committed_schema_is_that_of_the_code():
    from charter.schemas import Dossier

    kept = json.loads((Path(__file__).parent.parent.parent / "docs" / "dossier.schema.json").read_text())
    assert kept == Dossier.model_json_schema(), "run `make schema` and commit docs/dossier.schema.json"


def test_the_demo_loads_once_and_prints_a_sign_in_for_each_role():
    out = StringIO()
    call_command("load_demo", stdout=out)
    call_command("load_demo", stdout=StringIO())
    assert Alliance.objects.count() == 3
    assert all(each.is_illustrative for each in Alliance.objects.all())
    for word in ("Organiser", "Signatory", "Chair", "Executive", "Auditor", "Counsel", "Custodian"):
        assert word in out.getvalue()
    assert Alliance.objects.get(slug=CANYON).state == State.ACTIVE
    assert Alliance.objects.get(slug=CODEC).state == State.FORMING


# -- Evidence -------------------------------------------------------------------------------------------------------
def with_evidence() -> Alliance:
    """The alliance with a link on a benefit, a decision and a file on a statement, one of them taken back."""
    alliance = load(CANYON, witnessed=True, is_illustrative=True)
    stream, holding = alliance.streams.get(is_primary=True), alliance.attestations.first().holding
    given = {"actor": stream.steward, "alliance": alliance, "kind": "stream", "record": stream.pk}
    attach_exhibit(**given, title="Report", address="https://example.org/", valid_until=date(2100, 1, 31))
    withdraw_exhibit(
        actor=stream.steward, exhibit=attach_exhibit(**given, title="Old report", address="https://example.org/old")
    )
    attach_exhibit(**given, title="As decided", source=Source("decision", alliance.decisions.first().pk))
    statement = holding.attestations.first()
    file = Upload("board.pdf", hostile.PDF)
    attach_exhibit(
        actor=holding.person, alliance=alliance, kind="attestation", record=statement.pk, title="Letter", file=file
    )
    return alliance


def test_evidence_travels_with_its_records_and_files_by_name_and_fingerprint_alone():
    original = with_evidence()
    sent = json.loads(export_dossier(original, at=clock.read()).model_dump_json())

    again = import_dossier(dossier=dossier_of(sent), slug="again")

    told, sent_again = len(story(CANYON)["exhibits"]), export_dossier(again, at=clock.read())
    report, decided, letter = again.exhibits.order_by("added_at", "pk").select_related("withdrawal")[told:]
    stream = again.streams.get(is_primary=True)
    assert {each.record for each in (report, decided)} == {stream.pk}
    assert (report.address, report.valid_until, report.witnessed) == ("https://example.org/", date(2100, 1, 31), False)
    assert "Old report" not in json.dumps(sent)
    assert [each.is_withdrawn for each in (report, decided, letter)] == [False, False, False]
    assert again.decisions.get(pk=decided.source).number == original.decisions.first().number
    assert letter.record in again.attestations.values_list("pk", flat=True)
    assert (letter.file_name, letter.size, letter.stored) == ("board.pdf", len(hostile.PDF), "")
    assert letter.sha256 == original.exhibits.get(title="Letter").sha256
    assert hostile.PDF.decode("latin-1")[:8] not in json.dumps(sent)
    assert len(sent_again.exhibits) == told + 3


def test_evidence_on_a_confidential_position_stays_behind():
    alliance = load(CANYON, witnessed=True, is_illustrative=True)
    told = alliance.exhibits.count()
    position = alliance.positions.filter(is_confidential=False, confirmed_by__roles__revoked_at=None).first()
    voice = position.member.roles.filter(kind="representative", revoked_at=None).first().person
    attach_exhibit(
        actor=voice, alliance=alliance, kind="position", record=position.pk, title="x", address="https://example.org/"
    )
    assert [each.title for each in export_dossier(alliance, at=clock.read()).exhibits][told:] == ["x"]

    type(position).objects.filter(pk=position.pk).update(is_confidential=True)

    assert len(export_dossier(alliance, at=clock.read()).exhibits) == told


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"record": "nobody"}, "/exhibits/0/record"),
        ({"kind": "seat"}, "/exhibits/0/kind"),
        ({"kind": "decision"}, "/exhibits/0/kind"),
        ({"added_by": "nobody"}, "/exhibits/0/added_by"),
        ({"title": "x" * 161}, "/exhibits/0/title"),
        ({"address": "", "source_kind": "reading", "source": "nobody"}, "/exhibits/0/source"),
        ({"address": "javascript:alert(1)"}, "/exhibits/0/address"),
        ({"address": "http://example.org/"}, "/exhibits/0/address"),
        ({"address": "https://me@example.org/"}, "/exhibits/0/address"),
        ({"address": ""}, "/exhibits/0"),
        ({"address": "", "size": 5, "sha256": "a" * 64, "file_name": "../a.pdf"}, "/exhibits/0/file_name"),
        ({"withdrawn_at": "2026-01-31T00:00:00Z"}, "/exhibits/0"),
    ],
)
def test_evidence_that_does_not_hold_together_is_refused_with_its_place(change, pointer):
    document = story(CANYON)
    document["exhibits"] = [
        {
            "kind": "contribution",
            "record": document["contributions"][0]["id"],
            "title": "x",
            "address": "https://example.org/",
            "added_by": document["people"][0]["id"],
            "added_at": document["as_of"],
            **change,
        }
    ]
    before = everything()
    with pytest.raises(BadDocument) as refused:
        import_dossier(dossier=dossier(document))
    assert refused.value.pointer == pointer
    assert everything() == before
