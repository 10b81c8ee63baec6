"""A file cannot say what no page lets anybody say: figures out of order, days to come, readings before a baseline."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.strictjson import BadDocument
from charter.reading import dossier_of
from charter.services.dossier import import_dossier
from tests.refusals import everything
from tests.stories import CANYON, story


def _figures(document, **changes):
    document["worksheets"][0]["figures"].update(changes)


CASES = [
    ("/worksheets/0/figures/basis", lambda d: _figures(d, basis="  "), "a text in which something can be seen"),
    ("/worksheets/0/figures/benefit", lambda d: _figures(d, benefit={"low": 3, "base": 2, "high": 4}), "low ≤ base"),
    ("/worksheets/0/figures/cost", lambda d: _figures(d, cost={"low": 1, "base": 5, "high": 4}), "low ≤ base ≤ high"),
    ("/worksheets/0/signed_at", lambda d: d["worksheets"][0].update(signed_at="2026-11-03T09:00:00Z"), "as_of"),
    ("/streams/0/baseline_on", lambda d: d["streams"][0].update(baseline_on="2026-11-03"), "as_of"),
    ("/streams/0/readings/0/read_on", lambda d: d["streams"][0]["readings"][0].update(read_on="2026-11-03"), "as_of"),
    (
        "/streams/0/readings/0/read_on",
        lambda d: d["streams"][0]["readings"][0].update(read_on="2001-01-01"),
        "baseline",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "change", "said"), CASES)
def test_it_is_refused_whole_with_the_place_and_a_sentence(place, change, said, tmp_path):
    document = story(CANYON)
    assert document["as_of"].startswith("2026-11-02")
    change(document)
    before = everything()

    with pytest.raises(BadDocument) as caught:
        import_dossier(dossier=dossier_of(document))
    assert (caught.value.pointer, said in str(caught.value)) == (place, True)

    file = tmp_path / "file.json"
    file.write_text(json.dumps(document))
    with pytest.raises(CommandError, match=said) as refused:
        call_command("assess", str(file), "--as-claimed", stdout=StringIO())
    assert (refused.value.returncode, everything()) == (2, before)


def test_the_very_day_is_taken():
    document = story(CANYON)
    document["worksheets"][0]["signed_at"] = document["as_of"]
    stream = document["streams"][0]
    stream["readings"][0]["read_on"] = stream["baseline_on"]
    assert dossier_of(document)
