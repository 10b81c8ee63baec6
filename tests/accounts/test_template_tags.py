"""Tags write what people read: shape and word, time and zone, figure and sign; and nothing unescaped."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone
from lucide import IconDoesNotExist

from accounts.templatetags import glossary, icons, looks

NOW = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)


def write(source: str, **context: object) -> str:
    with timezone.override(ZoneInfo("America/Phoenix")):
        return Template(source).render(Context({"now": NOW, **context})).strip()


def test_tag_has_shape_word_and_colour() -> None:
    html = write("{% tag 'Absent' 'absent' boxed=True %}")
    assert html.startswith('<span class="tag bad boxed"><svg ')
    assert html.endswith("</svg>Absent</span>")


def test_tag_of_an_unknown_state_is_neutral() -> None:
    assert write("{% tag 'Odd' 'never heard of' %}").startswith('<span class="tag"><svg')


def test_tag_escapes_its_word() -> None:
    assert "&lt;script&gt;" in write("{% tag word %}", word="<script>")


def test_avatar_and_term_escape() -> None:
    assert "<b>" not in write("{% avatar name %}{% term 'seat' name %}", name="<b> x")


@pytest.mark.parametrize("name", sorted({look.icon for look in looks.LOOKS.values()} | set(icons.OWN)))
def test_every_icon_of_a_look_exists(name: str) -> None:
    assert icons.draw(name).startswith("<svg")


def test_unknown_icon_is_refused() -> None:
    with pytest.raises(IconDoesNotExist):
        icons.draw("no-such-icon")


def test_moment_names_the_zone() -> None:
    at = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)
    assert write("{% moment at %}", at=at) == (
        '<time datetime="2026-11-25T17:00-07:00">Wed 25 Nov 2026, 17:00 MST</time>'
    )
    assert write("{% moment at 'brief' %}", at=at, now=at).endswith(">Wed 25 Nov, 17:00</time>")
    later = at + timedelta(days=60)
    assert write("{% moment at 'brief' %}", at=at, now=later).endswith(">Wed 25 Nov 2026, 17:00</time>")
    assert write("{% moment at 'date' %}", at=at).endswith(">25 Nov 2026</time>")
    assert write("{% moment at %}", at=date(2026, 11, 9)) == '<time datetime="2026-11-09">9 November 2026</time>'


def test_a_due_row_of_another_year_names_it() -> None:
    now = datetime(2026, 12, 30, 9, 0, tzinfo=UTC)
    assert "Fri 1 Jan 2027, 02:00" in write("{% when at %}", at=now + timedelta(days=2), now=now)
    assert "Thu 31 Dec, 02:00" in write("{% when at %}", at=now + timedelta(days=1), now=now)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(days=2, hours=7), "in 2 days"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=2, seconds=-59), "in 2 days"),
        (timedelta(days=2, seconds=-60), "in 1 day"),
        (timedelta(seconds=61), "in 2 minutes"),
        (timedelta(hours=23, minutes=59), "in 23 hours"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(seconds=30), "in less than a minute"),
        (timedelta(seconds=-30), "just now"),
        (timedelta(hours=-1), "1 hour ago"),
        (timedelta(days=-3), "3 days ago"),
    ],
)
def test_until_speaks_in_the_largest_unit(away: timedelta, words: str) -> None:
    assert write("{% until at %}", at=NOW + away) == words


@pytest.mark.parametrize(
    ("at", "kind"),
    [
        (None, "any"),
        (NOW + timedelta(days=2), "soon"),
        (NOW + timedelta(days=4), ""),
        (NOW - timedelta(hours=1), "past"),
    ],
)
def test_when_marks_what_is_near_or_past(at: datetime | None, kind: str) -> None:
    assert write("{% when at %}", at=at).startswith(f'<div class="when {kind}">')


def test_when_of_what_has_happened_is_a_day_without_a_mark() -> None:
    html = write("{% when at due=False %}", at=NOW - timedelta(days=2))
    assert html.startswith('<div class="when "><span>2 days ago</span>')
    assert html.endswith(f">{(NOW - timedelta(days=2)).day} {NOW - timedelta(days=2):%B %Y}</time></div>")


def test_countdown_is_written_by_the_server() -> None:
    at = NOW + timedelta(days=2, hours=7, minutes=20)
    html = write("{% countdown at since %}", at=at, since=NOW - timedelta(days=1))
    assert '<b data-unit="days">2</b>' in html
    assert '<b data-unit="hours">7</b>' in html
    assert '<b data-unit="minutes">20</b>' in html
    assert '<progress max="4760" value="1440"' in html


@pytest.mark.parametrize(("seconds", "words"), [(1, True), (59, True), (60, False), (86400, False)])
def test_the_last_minute_is_counted_in_words(seconds: int, words: bool) -> None:
    html = write("{% countdown at %}", at=NOW + timedelta(seconds=seconds))
    assert ('<span class="figures" hidden>' in html) is words
    assert ('<span class="words" hidden' in html) is not words
    assert "Less than a minute</span>" in html


def test_countdown_after_the_close_counts_nothing() -> None:
    html = write("{% countdown at %}", at=NOW - timedelta(minutes=1))
    assert "data-until" not in html
    assert "Closed" in html


def test_stepper_marks_done_here_and_ahead() -> None:
    steps = [(code, code.title()) for code in ("exploring", "forming", "ready")]
    html = write("{% stepper steps 'forming' %}", steps=steps)
    assert '<li class="done"><span>Exploring<span class="hidden"> (done)' in html
    assert '<li aria-current="step"><span>Forming</span>' in html
    assert "<li><span>Ready<span" in html


def test_radar_writes_its_numbers() -> None:
    traits = [{"name": f"Trait {i}", "passed": i, "total": 4} for i in range(5)]
    html = write("{% radar traits %}", traits=traits)
    assert "Trait 3<tspan" in html
    assert "3 of 4" in html
    assert html.count('class="dot full"') == 1


@pytest.mark.parametrize(("value", "text"), [(2, "+2"), (0, "0"), (-2, "−2")])
def test_positions_bear_their_sign(value: int, text: str) -> None:
    assert write("{{ value|signed }}", value=value) == text


@pytest.mark.parametrize(("value", "text", "step"), [(90, "0.9", 9), (85, "0.85", 9), (100, "1.0", 10), (4, "0.04", 0)])
def test_hundredths_are_read_as_decimals(value: int, text: str, step: int) -> None:
    assert write("{{ value|hundredths }} {{ value|tenths }}", value=value) == f"{text} {step}"


def test_hash_is_shortened_for_reading() -> None:
    assert write("{{ value|short_hash }}", value="9f3c61ab" + "0" * 52 + "e07d") == "9f3c 61ab … e07d"


def test_glossary_speaks_whole_sentences() -> None:
    assert all(str(term.meaning).endswith(".") for term in glossary.TERMS.values())


def test_unknown_term_is_refused() -> None:
    with pytest.raises(KeyError):
        write("{% term 'jargon' %}")
