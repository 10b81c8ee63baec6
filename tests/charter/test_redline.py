"""What another version says otherwise, word by word."""

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from charter.redline import Kind, redline
from charter.states import Section

WORDS = st.text(alphabet="ab \né", max_size=40)


def document(**texts):
    return json.dumps({"sections": [{"key": key, "title": key, "text": text} for key, text in texts.items()]})


def runs(before, after):
    [changed] = redline(document(scope=before), document(scope=after))
    return [(str(each.kind), each.text) for each in changed.runs]


def test_words_that_change_are_marked_and_lines_that_stay_are_left_out():
    before = "Formats.\n\n- **Standard.** Steward: Samuel Okoro. Lasts.\n- Other.\n"
    after = "Formats.\n\n- **Standard.** Steward: Carmen Ruiz. Lasts.\n- Other.\n"
    assert runs(before, after) == [
        ("gap", ""),
        ("same", "• Standard. Steward: "),
        ("out", "Samuel Okoro"),
        ("in", "Carmen Ruiz"),
        ("same", ". Lasts.\n"),
        ("gap", ""),
    ]


def test_a_section_that_comes_or_goes_is_named_in_the_charters_order():
    found = redline(document(law="Each.", scope="All."), document(name="We.", scope="All."))
    assert [(each.key, each.number, [run.kind for run in each.runs]) for each in found] == [
        ("name", list(Section).index(Section.NAME) + 1, [Kind.IN]),
        ("law", list(Section).index(Section.LAW) + 1, [Kind.OUT]),
    ]


def test_the_same_words_are_no_change():
    assert redline(document(scope="All.\n\n"), document(scope="**All.**")) == []
    assert redline("", "") == []


@given(WORDS, WORDS)
def test_what_goes_and_what_comes_are_lines_of_the_two_texts(before, after):
    """The runs that are not new read as lines of the earlier text, with every line that the later has not; and back."""
    old, new = ([line for line in text.splitlines() if line.strip()] for text in (before, after))
    found = redline(document(scope=before), document(scope=after))
    assert bool(found) == (old != new)
    for changed in found:
        for own, other, kind in ((old, new, Kind.OUT), (new, old, Kind.IN)):
            read = "".join(run.text for run in changed.runs if run.kind in {Kind.SAME, kind}).splitlines()
            assert not Counter(read) - Counter(own)
            assert set(own) - set(other) <= set(read)
