"""The tags that pages are built from; docs/interface.md shows each. They draw, they do not decide."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts import doors
from accounts.templatetags import drawing, glossary, icons, looks, mending, moments

register = template.Library()

register.filter("to_mend", mending.told)
register.simple_tag(icons.draw, name="icon")
register.simple_tag(icons.mark, name="mark")


@register.simple_tag
def tag(word: str, look: str = "", kind: str = "", icon: str = "", boxed: bool = False) -> SafeString:
    """A state, level or verdict as shape, word and colour. `look` is its code; `kind` and `icon` overrule it."""
    found = looks.look_of(look)
    classes = " ".join(filter(None, ("tag", kind or found.kind, "boxed" if boxed else "")))
    return format_html('<span class="{}">{}{}</span>', classes, icons.draw(icon or found.icon), word)


@register.simple_tag(takes_context=True)
def page_before(context: Context) -> str:
    """The address of the page that a refused button or form was on."""
    return doors.page_before(context["request"]) if "request" in context else "/"


@register.simple_tag
def sentences_to_mend(form: BaseForm) -> int:
    """How many sentences a form's summary holds."""
    return len(form.non_field_errors()) + sum(len(mending.told(field)) for field in form)


@register.simple_tag
def label(word: str) -> SafeString:
    """A tag without a shape, for what is not a verdict, such as "Illustrative data"."""
    return format_html('<span class="tag">{}</span>', word)


@register.filter
def initials(name: str) -> str:
    """First letters of the first and the last word: "Ruth van Adeyemi" is RA."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def avatar(name: str) -> SafeString:
    """A person's or organisation's initials in a circle; the name must stand beside it."""
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', initials(name))


@register.simple_tag
def zone() -> str:
    """The zone that times are shown in: "America/Phoenix (MST)"."""
    key, name = str(timezone.get_current_timezone()), moments.zone_name(timezone.now())
    return key if key == name else f"{key} ({name})"


def now_of(context: Context) -> datetime:
    """The page's time: what the view read from the clock and passed as `now`, else this machine's."""
    return context.get("now") or timezone.now()


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | date, form: str = "short") -> SafeString:
    """A time as moments.py writes it; brief, without its year only when that is the page's own."""
    return moments.moment(at, form, now_of(context))


@register.simple_tag(takes_context=True)
def until(context: Context, at: datetime) -> str:
    """How far off a time is: "in 2 days", "3 hours ago"."""
    return moments.until(at, now_of(context))


@register.simple_tag(takes_context=True)
def when(context: Context, at: datetime | date | None, *, due: bool = True) -> SafeString:
    """The first cell of a dated row: how far off, and the time; without a time, "Any time".

    `due`: it is a deadline, coloured when near or missed; otherwise its day is written in full.
    """
    if at is None:
        return format_html('<div class="when any"><span>{}</span></div>', gettext("Any time"))
    if not isinstance(at, datetime):
        return format_html('<div class="when">{}</div>', moments.moment(at))
    now = now_of(context)
    words = moments.until(at, now)
    return format_html(
        '<div class="when {}"><span>{}</span>{}</div>',
        moments.urgency(at, now) if due else "", words[:1].upper() + words[1:],
        moments.moment(at, "brief" if due else "day", now),
    )  # fmt: skip


@register.inclusion_tag("components/countdown.html", takes_context=True)
def countdown(context: Context, at: datetime, since: datetime | None = None) -> dict[str, Any]:
    """What is left, in words within the last minute; with `since`, a bar of how much of the window has passed."""
    now = now_of(context)
    window = round((at - since).total_seconds() / 60) if since else 0
    passed = round((now - since).total_seconds() / 60) if since else 0
    left = moments.left(at, now)
    shares = {"window": window, "passed": max(0, min(passed, window))}
    return {"at": at, "now": now, **left, "minutes_left": any(left.values()), **shares}


@register.simple_tag
def notice_look(kind: str = "") -> looks.Look:
    """The look of a notice, by Django's message levels or our own words: warn, bad, ok, info."""
    return looks.look_of({"warning": "warn", "error": "bad", "success": "ok"}.get(kind, kind or "info"))


@register.simple_tag
def strands(levels: Sequence[str] | str, size: str = "small", label: str = "") -> SafeString:
    """Trait levels (in_place, emerging, absent) as strands; `size`: small, wide, empty."""
    levels = levels.split() if isinstance(levels, str) else levels
    box = {"small": drawing.SMALL, "wide": drawing.WIDE, "empty": drawing.EMPTY}[size]
    width, height = drawing.number(box.width), drawing.number(box.height)
    paths = format_html_join("", '<path class="{}" d="{}"/>', drawing.strands(levels, box))
    named = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    fit = SafeString(' preserveAspectRatio="none"') if size == "wide" else ""
    return format_html(
        '<svg class="strands" viewBox="0 0 {} {}" width="{}" height="{}"{} {}>{}</svg>',
        width, height, width, height, fit, named, paths,
    )  # fmt: skip


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Sequence[tuple[str, str]], current: str) -> dict[str, Any]:
    """The way of an alliance: `steps` as (code, word) in order. A state beside the way (suspended) reaches none."""
    codes = [code for code, _ in steps]
    place = codes.index(current) if current in codes else -1
    return {
        "steps": [{"word": word, "done": i < place, "here": i == place} for i, (_, word) in enumerate(steps)],
        "path": drawing.stepper_path(len(steps)),
        "width": len(steps) * drawing.STEP,
        "drawn": place * drawing.STEP + drawing.STEP // 2 if place >= 0 else 0,
    }


@register.inclusion_tag("components/radar.html")
def radar(traits: Sequence[Any]) -> dict[str, Any]:
    """Five traits, each with `name`, `passed`, `total` (blocking indicators); the outer edge means all pass."""
    reaches = [reach_of(trait) for trait in traits]
    spokes = [
        {
            "trait": trait,
            "label": spot,
            "end": drawing.corner(i, 1),
            "dot": drawing.corner(i, reach),
            "full": reach >= 1,
        }
        for i, (trait, spot, reach) in enumerate(zip(traits, drawing.LABELS, reaches, strict=True))
    ]
    return {
        "spokes": spokes,
        "centre": drawing.CENTRE,
        "ring": drawing.polygon([1] * 5),
        "half": drawing.polygon([0.5] * 5),
        "shape": drawing.polygon(reaches),
    }


def reach_of(trait: Any) -> float:
    """The share of a trait's blocking indicators that pass, 0 to 1; the trait is an object or a dict."""
    passed, total = (trait["passed"], trait["total"]) if isinstance(trait, dict) else (trait.passed, trait.total)
    return passed / total if total else 0.0


@register.inclusion_tag("components/bounds.html")
def bounds(low: int, base: int, high: int, text: str) -> dict[str, Any]:
    """A range from low to high with its base, against zero; `text` says the same figures in words."""
    return {"bar": drawing.bounds(low, base, high), "text": text}


@register.simple_tag
def term(name: str, word: str = "") -> SafeString:
    """A word of the field with its definition from the glossary. Raises KeyError when the glossary lacks it."""
    entry = glossary.TERMS[name]
    return format_html(
        '<span class="term" tabindex="0">{}<span class="tip" role="tooltip">{}</span></span>',
        word or entry.word, entry.meaning,
    )  # fmt: skip


@register.filter
def signed(value: int) -> str:
    """A position with its sign and a true minus: +2, 0, −1."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


@register.filter
def hundredths(value: int) -> str:
    """Hundredths as a decimal without trailing noise: 90 is 0.9, 85 is 0.85, 100 is 1.0."""
    text = f"{value / 100:.2f}"
    return text.removesuffix("0")


@register.filter
def tenths(value: int) -> int:
    """Hundredths in ten steps for the heat map's shade: 0 to 10."""
    return (value + 5) // 10


@register.filter
def short_hash(value: str) -> str:
    """A hash in groups for reading aloud: "9f3c 61ab … e07d"."""
    text = str(value)
    return f"{text[:4]} {text[4:8]} … {text[-4:]}" if len(text) > 12 else text


@register.filter
def lines(value: str) -> list[str]:
    """A choice's label: the first line is the choice, the others say what it means."""
    first, _, rest = str(value).partition("\n")
    return [first, rest]


@register.inclusion_tag("components/slope.html")
def slope(rows: Sequence[Any], left: str, right: str, label: str) -> dict[str, Any]:
    """Rows with `name`, `left` and `right` (shares of 1) as lines between two scales; equal ones share a line."""
    named: dict[tuple[Any, Any], list[str]] = {}
    for row in rows:
        named.setdefault((row.left, row.right), []).append(row.name)
    lines = drawing.slopes([(float(one), float(other)) for one, other in named])
    return {
        "left": left,
        "right": right,
        "label": label,
        "height": drawing.slopes_height(lines),
        "lines": [
            {"at": line, "names": names, "left": percent(pair[0]), "right": percent(pair[1]), "change": _change(*pair)}
            for line, (pair, names) in zip(lines, named.items(), strict=True)
        ],
    }


def _change(left: Any, right: Any) -> str:
    before, after = round(left * 100), round(right * 100)
    return "up" if after > before else "down" if after < before else ""


@register.simple_tag
def percent(share: Any) -> str:
    """A share of 1 in whole hundredths, with its sign kept beside it."""
    return f"{round(share * 100)}\u00a0%"


@register.inclusion_tag("components/course.html")
def course(figures: Any, label: str) -> dict[str, Any]:
    """A value over time: `figures` has readings and targets as (day, value), and marks as (day, word, kind)."""
    marks = list(figures.marks)
    drawn = drawing.course(
        [(day.toordinal(), float(value)) for day, value in figures.readings],
        [(day.toordinal(), float(value)) for day, value in figures.targets],
        [mark.day.toordinal() for mark in marks],
    )
    width, height = drawing.CHART
    return {
        "label": label,
        "course": drawn,
        "width": width,
        "floor": height + drawing.CHART_MARGIN[0],
        "marks": [
            {"x": x, "word": mark.word, "kind": mark.kind, "end": float(x) > width / 2, "row": place}
            for place, (x, mark) in enumerate(zip(drawn.marks, marks, strict=True), start=1)
        ],
        "height": height + drawing.CHART_MARGIN[0] + drawing.CHART_MARGIN[1] * max(len(marks), 1),
    }


@register.inclusion_tag("components/lanes.html")
def lanes(timeline: Any, label: str) -> dict[str, Any]:
    """Levels over time, a lane each: `timeline` has `times`, `until`, and `lanes` as (name, a level at each time)."""
    times, until = [time.timestamp() for time in timeline.times], timeline.until.timestamp()
    width, height = drawing.LANES
    floors = range(height, height * (len(timeline.lanes) + 1), height)
    rows = [
        {"name": name, "floor": floor, "stretches": drawing.lane(floor, times, levels, until)}
        for floor, (name, levels) in zip(floors, timeline.lanes, strict=True)
    ]
    return {
        "label": label,
        "rows": rows,
        "width": width,
        "height": height * len(rows) + 4,
        "since": timeline.times[0] if timeline.times else None,
        "until": timeline.until,
    }


@register.inclusion_tag("components/evidence.html", takes_context=True)
def evidence(
    context: Context, kind: str, row: Any, label: Any = "", also: Sequence[Any] = (), *, named: bool = False
) -> dict[str, Any]:
    """What evidence stands on a record (and on `also` records of its kind), from the page's `shelf`.

    `named`: the label is shown, where one line has evidence on more than one record.
    """
    found = context["shelf"].on(kind, row, label, also)
    return {"evidence": found, "alliance": context["alliance"], "is_named": named}
