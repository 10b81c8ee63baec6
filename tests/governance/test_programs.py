"""The programs as an outsider runs them: a process, an exit code, one line on bad input, and no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
UNREACHABLE = "postgres://nobody@127.0.0.1:1/none"


def run(*arguments, given=""):
    environment = {**os.environ, "DATABASE_URL": UNREACHABLE, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, check=False)


CASE = {
    "id": "alone",
    "rule": {
        "method": "vote",
        "base": "all",
        "threshold": "1/2",
        "strict": True,
        "quorum": {"fraction": "1/2", "strict": True},
        "recusal": "exclude",
        "forum": "electronic",
    },
    "seats": [{"id": "a"}, {"id": "b"}],
    "ballots": {"a": "yes", "b": "yes"},
}


@pytest.mark.parametrize(
    ("arguments", "given", "key"),
    [
        (["recount", "-"], json.dumps(CASE), "decided"),
        (["power", "--quota", "2", "1", "1"], "", "seats"),
        (["analyse", "-"], '{"topics": ["x"], "members": {"a": [[2, 0.5]]}}', "alignment"),
        (["split", "-"], '{"players": ["A"], "worth": {"A": 1}}', "shares"),
    ],
)
def test_good_input_gives_one_document(arguments, given, key):
    program = run(*arguments, given=given)
    assert (program.returncode, program.stderr) == (0, "")
    assert key in json.loads(program.stdout)


@pytest.mark.parametrize(
    ("arguments", "given", "words"),
    [
        (["recount", "-"], json.dumps({**CASE, "ballots": {"z": "yes"}}), "/ballots/z: no such seat is listed."),
        (["power", "--quota", "9", "1", "1"], "", "The quota must lie between 1 and the total weight 2; found 9."),
        (["power", "1", "1"], "", "Say what must be reached, and each seat's weight: power --quota 12 4 4 4 2 2 1."),
        (["analyse", "-"], '{"topics": 1}', "/topics: expected a list; found 1."),
        (["split", "-"], "{", "Not JSON: line 1"),
    ],
)
def test_bad_input_gives_one_line_and_2(arguments, given, words):
    program = run(*arguments, given=given)
    assert (program.returncode, program.stdout) == (2, "")
    assert words in program.stderr
    assert program.stderr.count("\n") == 1


def test_an_expect_that_is_not_met_gives_1():
    program = run("recount", "-", given=json.dumps({**CASE, "expect": {"result": "rejected"}}))
    assert program.returncode == 1
    assert json.loads(program.stdout)["result"] == "adopted"
    assert 'result should be "rejected", and is "adopted"' in program.stderr


def test_without_a_database_a_slug_is_refused_in_one_line():
    done = run("assess", "nowhere", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "There is no file “nowhere”, and no record to look in" in done.stderr
