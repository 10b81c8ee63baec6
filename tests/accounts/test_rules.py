"""What of a text can be seen, and what every door takes of it."""

import pytest
from django import forms
from rest_framework import serializers

from accounts.fields import TextField, TextIn
from accounts.rules import ZONES, name_key, visible
from alliance import schemas
from audit.strictjson import BadDocument, validate

NOTHING = ["", "  ", "\u200b", "\ufeff \u2060", "\u202e\u202c", "\u3164", "\u2800\u200d", "\u00ad", "\t\n"]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_seen_is_nothing_written(text: str) -> None:
    assert visible(text) == ""
    with pytest.raises(forms.ValidationError, match="required"):
        TextField().clean(text)
    with pytest.raises(serializers.ValidationError, match="blank"):
        TextIn().run_validation(text)
    with pytest.raises(BadDocument):
        validate(schemas.Group, {"id": "g", "name": text})


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (" Ann Li ", "Ann Li"),
        ("Ann\u200b Li\ufeff", "Ann Li"),
        ("gro.live\u202e", "gro.live"),
        ("\x1b[31mAnn\x07\u2028Li", "[31mAnnLi"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("first\nsecond", "first\nsecond"),
    ],
)
def test_what_is_seen_stays(text: str, seen: str) -> None:
    assert (visible(text), TextField().clean(text), TextIn().run_validation(text)) == (seen, seen, seen)


def test_a_zone_means_the_same_on_every_machine() -> None:
    assert {"UTC", "America/Phoenix"} <= ZONES
    assert not {"localtime", "Factory"} & ZONES
    person = {"id": "p", "name": "Ann", "email": "ann@example.org", "time_zone": "Mars/Olympus"}
    with pytest.raises(BadDocument, match="/time_zone: expected a time zone such as America/Phoenix"):
        validate(schemas.Person, person)


@pytest.mark.parametrize(
    "written",
    ["Rail & Road", "rail & ROAD", "  Rail  &\tRoad\n", "Ｒail & Road", "Rail\u00a0& Road", "Ra\u200bil & Road"],
)
def test_a_name_is_one_however_it_is_written(written: str) -> None:
    assert name_key(written) == "rail & road"


def test_names_that_differ_stay_apart() -> None:
    assert len({name_key(name) for name in ("Rail & Road", "Rail and Road", "Rail &Road", "Rаil & Road")}) == 4
    assert name_key(name_key("STRASSE ǅ")) == name_key("straße ǆ")
