"""`manage.py recount`: outcomes line by line, 1 when an expect is not met, 2 with one line on bad input."""

import copy
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.strictjson import BadDocument
from governance.recount import case_at, case_of, cases_in, document_of

VECTORS = Path(__file__).parents[1] / "vectors" / "decisions.json"
CASES = json.loads(VECTORS.read_text())["cases"]


@pytest.fixture
def recount(tmp_path, capsys):
    """Recount a document; gives the exit code, the lines on standard output, and the message."""

    def run(document):
        path = tmp_path / "cases.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return outcome_of(str(path), capsys)

    return run


def outcome_of(path, capsys):
    try:
        call_command("recount", path)
    except CommandError as error:
        return error.returncode, capsys.readouterr().out.splitlines(), str(error)
    return 0, capsys.readouterr().out.splitlines(), ""


def a_case(**changes):
    return {**copy.deepcopy(CASES[0]), **changes}


def without(document, key):
    return {each: value for each, value in document.items() if each != key}


def test_the_vectors_recount(capsys):
    code, lines, _message = outcome_of(str(VECTORS), capsys)
    assert code == 0
    assert [json.loads(line) for line in lines] == [case["expect"] for case in CASES]


def test_one_case_is_a_file_too(recount):
    code, lines, _message = recount(CASES[3])
    assert (code, json.loads(lines[0])) == (0, CASES[3]["expect"])


def test_a_case_without_expect_is_counted(recount):
    code, lines, _message = recount({"cases": [without(CASES[0], "expect")]})
    assert (code, json.loads(lines[0])) == (0, CASES[0]["expect"])


def test_standard_input_is_read(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(CASES[0]).encode())))
    assert outcome_of("-", capsys)[0] == 0


def test_an_expect_that_is_not_met_exits_1_after_every_outcome(recount):
    wrong = a_case(expect={**CASES[0]["expect"], "result": "rejected", "yes": 6})
    code, lines, message = recount({"cases": [wrong, CASES[1]]})
    assert (code, len(lines)) == (1, 2)
    assert message == (
        'Not met: "base-cast": yes should be 6, and is 5; "base-cast": result should be "rejected", and is "adopted".'
    )


def test_an_expected_figure_that_the_outcome_does_not_have_is_not_met(recount):
    code, _lines, message = recount(a_case(expect={"objections": 0}))
    assert (code, message) == (1, 'Not met: "base-cast": objections should be 0, and is null.')


def changed(path, value):
    """The first case with the value at `path` replaced; `...` takes the key away."""
    case = a_case()
    place = case
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return case


@pytest.mark.parametrize(
    ("path", "value", "place", "words"),
    [
        (["rule"], ..., "/rule", "missing"),
        (["seats"], ..., "/seats", "missing"),
        (["ballots"], ..., "/ballots", "missing"),
        (["id"], ..., "/id", "missing"),
        (["colour"], 1, "/colour", "no such key"),
        (["rule", "tie"], "chair", "/rule/tie", "no such key"),
        (["rule", "method"], "acclamation", "/rule/method", "'vote', 'consent' or 'written_consent'"),
        (["rule", "base"], "members", "/rule/base", "expected one of"),
        (["rule", "recusal"], ..., "/rule/recusal", "missing"),
        (["rule", "forum"], "online", "/rule/forum", "expected one of"),
        (["rule", "strict"], 1, "/rule/strict", "true or false"),
        (["rule", "threshold"], "3/2", "/rule/threshold", "a fraction from 0 to 1"),
        (["rule", "threshold"], "0/1", "/rule/threshold", "above 0"),
        (["rule", "threshold"], "1/0", "/rule/threshold", "a fraction from 0 to 1"),
        (["rule", "threshold"], "-1/2", "/rule/threshold", "a fraction from 0 to 1"),
        (["rule", "threshold"], 0.5, "/rule/threshold", 'such as "2/3"'),
        (["rule", "threshold"], "½", "/rule/threshold", "a fraction from 0 to 1"),
        (["rule", "threshold"], "1/2\n", "/rule/threshold", "a fraction from 0 to 1"),
        (["rule", "quorum"], "1/2", "/rule/quorum", "an object"),
        (["rule", "quorum", "fraction"], "5/4", "/rule/quorum/fraction", "a fraction from 0 to 1"),
        (["rule", "max_no"], "2/1", "/rule/max_no", "a fraction from 0 to 1"),
        (["rule", "min_yes"], "half", "/rule/min_yes", "'quorum'"),
        (["seats"], {}, "/seats", "a list"),
        (["seats", 2, "weight"], 0, "/seats/2/weight", "at least 1"),
        (["seats", 2, "weight"], 1.5, "/seats/2/weight", "whole number"),
        (["seats", 2, "weight"], True, "/seats/2/weight", "whole number"),
        (["seats", 2, "weight"], "1", "/seats/2/weight", "whole number"),
        (["seats", 2, "id"], "s1", "/seats/2/id", "listed twice"),
        (["seats", 2, "id"], "", "/seats/2/id", "at least 1 character"),
        (["seats", 2, "recused"], "no", "/seats/2/recused", "true or false"),
        (["seats", 2, "proxy"], "s1", "/seats/2/proxy", "no such key"),
        (["ballots", "s99"], "yes", "/ballots/s99", "no such seat"),
        (["ballots", "a/b\nc"], "yes", "/ballots/a~1b\\u000ac", "no such seat"),
        (["ballots", "s1"], "maybe", "/ballots/s1", "expected one of"),
        (["ballots", "s1"], "object", "/ballots/s1", "expected one of abstain, no, yes"),
        (["ballots", "s1"], None, "/ballots/s1", "expected one of"),
        (["authorised_weight"], 11, "/authorised_weight", "at least 12"),
        (["expect", "result"], "passed", "/expect/result", "expected one of"),
        (["expect", "turnout"], 1, "/expect/turnout", "no such key"),
    ],
)
def test_a_malformed_case_names_the_place_and_prints_nothing_else(recount, path, value, place, words):
    bad = changed(path, value)
    code, lines, message = recount(bad)
    assert (code, lines) == (2, [])
    assert message.startswith(f"{place}: ")
    assert words in message
    assert "\n" not in message
    assert recount({"cases": [CASES[1], bad]})[2].startswith(f"/cases/1{place}: ")


def test_a_meeting_says_who_was_present(recount):
    case = a_case(seats=[without(seat, "present") for seat in CASES[0]["seats"]])
    assert recount(case) == (
        2,
        [],
        '/seats: expected "present" on the seats: in a meeting only those present may cast.',
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Not JSON"),
        ("[]", "expected an object; found []"),
        ("null", "expected an object; found null"),
        ('{"cases": {}}', "/cases: expected a list"),
        ('{"cases": [], "extra": 1}', "/extra: no such key"),
        ('{"cases": [1]}', "/cases/0: expected an object; found 1."),
        ('{"id": "a", "id": "b"}', "/id: this key stands twice"),
    ],
)
def test_a_malformed_file_is_one_line(recount, text, words):
    code, lines, message = recount(text)
    assert (code, lines) == (2, [])
    assert words in message


def test_a_missing_file_is_one_line(capsys):
    code, lines, message = outcome_of("/nowhere/cases.json", capsys)
    assert (code, lines) == (2, [])
    assert message == 'The file "/nowhere/cases.json" cannot be read: No such file or directory.'


@pytest.mark.parametrize("document", CASES, ids=[case["id"] for case in CASES])
def test_an_exported_case_is_the_case_it_was(document):
    case = case_of(case_at((), document))
    exported = document_of(case, case_id=document["id"], why=document["why"])
    assert case_of(case_at((), exported)) == case
    assert exported["expect"] == document["expect"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CASES), st.data())
def test_any_value_anywhere_is_counted_or_refused_with_a_place(document, data):
    case = copy.deepcopy(document)
    place = case
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON)
    assert counted_or_refused(case)


def counted_or_refused(document):
    try:
        return [case_of(form) for form in cases_in(document)]
    except BadDocument as error:
        return error.pointer.startswith("/") and error.sentence.endswith(".")
