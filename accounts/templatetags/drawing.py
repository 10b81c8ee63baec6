"""Geometry of the drawings that carry data: strands, stepper and radar. Pure: numbers in, paths and points out."""

from collections.abc import Iterator, Sequence
from math import ceil, cos, pi, sin
from typing import NamedTuple

REACH = {"in_place": "in", "emerging": "part", "absent": "gap"}
STEP = 100
STEPPER_HEIGHT = 56
CENTRE = (150, 128)
RADIUS = 88
LABELS = (
    (150, 14, "middle"),
    (302, 70, "end"),
    (218, 222, "middle"),
    (82, 222, "middle"),
    (-2, 70, "start"),
)


class Stroke(NamedTuple):
    """One SVG path with its class: `in`, `part`, `gap` or `join`."""

    kind: str
    path: str


class Box(NamedTuple):
    """A drawing's size, and where its strands join."""

    width: float
    height: float
    join: float


SMALL = Box(180, 52, 150)
WIDE = Box(420, 200, 350)
EMPTY = Box(200, 72, 160)


def number(value: float) -> str:
    """A coordinate with at most one decimal: 12, 12.5."""
    return f"{value:.1f}".removesuffix(".0")


def strands(levels: Sequence[str], box: Box) -> list[Stroke]:
    """One strand a trait, in place drawn to the join, emerging half way, absent dotted; the join last."""
    margin = box.height / (2 * len(levels)) if box is WIDE else 4
    gap = (box.height - 2 * margin) / (len(levels) - 1)
    drawn = [stroke for i, level in enumerate(levels) for stroke in strand(level, margin + i * gap, box)]
    whole = all(level == "in_place" for level in levels)
    middle = number(box.height / 2)
    end = Stroke("join" if whole else "join gap", f"M{number(box.join)} {middle}H{number(box.width - 2)}")
    return [*sorted(drawn, key=lambda stroke: stroke.kind != "gap"), end]


def strand(level: str, y: float, box: Box) -> Iterator[Stroke]:
    """A curve from the left edge to the join, split in its middle where the trait only emerges."""
    start, end, middle = 2.0, box.join, box.height / 2
    x, half_y = (start + end) / 2, (y + middle) / 2
    kind = REACH[level]
    if kind != "part":
        yield Stroke(kind, curve([(start, y), (x, y), (x, middle), (end, middle)]))
        return
    yield Stroke(
        "part", curve([(start, y), ((start + x) / 2, y), ((3 * x + start) / 4, (y + half_y) / 2), (x, half_y)])
    )
    yield Stroke(
        "gap", curve([(x, half_y), ((3 * x + end) / 4, (half_y + middle) / 2), ((x + end) / 2, middle), (end, middle)])
    )


def curve(points: Sequence[tuple[float, float]]) -> str:
    """A cubic Bézier through four points, the two in the middle steering."""
    first, *rest = (f"{number(x)} {number(y)}" for x, y in points)
    return f"M{first}C{' '.join(rest)}"


def stepper_path(steps: int) -> str:
    """Five strands that meet two thirds along the way of an alliance and run on as one."""
    middle, join = STEPPER_HEIGHT // 2, steps * STEP * 9 // 14
    x = join * 4 // 9, join * 26 // 45
    arms = (f"M0 {y}C{x[0]} {y} {x[1]} {middle} {join} {middle}" for y in (6, 17, 39, 50))
    return "".join(arms) + f"M0 {middle}H{steps * STEP}"


def corner(place: int, reach: float) -> tuple[str, str]:
    """Where on spoke `place` of five a share of the radius lies; the first spoke points up."""
    angle = 2 * pi * place / 5 - pi / 2
    return number(CENTRE[0] + RADIUS * reach * cos(angle)), number(CENTRE[1] + RADIUS * reach * sin(angle))


def polygon(reaches: Sequence[float]) -> str:
    """The points attribute of the shape through five shares."""
    return " ".join(",".join(corner(place, reach)) for place, reach in enumerate(reaches))


class Bar(NamedTuple):
    """Places on a line of 0 to 100: where zero, the low end, the base and the high end stand."""

    zero: str
    low: str
    base: str
    width: str


def bounds(low: float, base: float, high: float) -> Bar:
    """A range on a line that always shows zero; low ≤ base ≤ high in any unit."""
    first, last = min(low, 0), max(high, 0)
    scale = 100 / ((last - first) or 1)
    return Bar(*(number(value * scale) for value in (-first, low - first, base - first, high - low)))


SLOPE_HEIGHT, SLOPE_MARGIN, SLOPE_GAP = 200, 32, 17


class Slope(NamedTuple):
    """One line of a slope chart: where it starts and ends, and where its two labels stand. Heights from the top."""

    left: str
    right: str
    left_label: str
    right_label: str


def slopes(pairs: Sequence[tuple[float, float]]) -> list[Slope]:
    """A line for each pair of shares of 0 or more, on one scale from nothing to the largest; labels never overlap."""
    top = max((share for pair in pairs for share in pair), default=0) or 1
    ends = [[SLOPE_MARGIN + (1 - share / top) * SLOPE_HEIGHT for share in side] for side in zip(*pairs, strict=True)]
    labels = [spread(side) for side in ends]
    return [Slope(*map(number, line)) for line in zip(*ends, *labels, strict=True)]


def slopes_height(lines: Sequence[Slope]) -> int:
    """How high a chart of these lines is: down to the lowest of them and of their labels."""
    return ceil(max((float(height) for line in lines for height in line), default=0)) + SLOPE_MARGIN // 2


def spread(heights: Sequence[float]) -> list[float]:
    """The heights, moved down where they would stand closer than a line of text to the one above."""
    placed: dict[int, float] = {}
    last = float("-inf")
    for place in sorted(range(len(heights)), key=lambda each: (heights[each], each)):
        last = placed[place] = max(heights[place], last + SLOPE_GAP)
    return [placed[place] for place in range(len(heights))]


CHART = (640, 200)
CHART_MARGIN = (24, 26)
"""Width and height of the field of a value over time, and the room above and below it."""


class Course(NamedTuple):
    """A value over time: the readings' line, dots of readings and targets, where its marks stand, and its scale.

    The scale is heights with their values: nothing, the least and the greatest.
    """

    path: str
    dots: list[tuple[str, str]]
    targets: list[tuple[str, str]]
    marks: list[str]
    scale: list[tuple[str, float]]


def course(readings: Sequence[tuple[int, float]], targets: Sequence[tuple[int, float]], marks: Sequence[int]) -> Course:
    """Readings and targets as (day, value), marks as days, on one scale of time and one of values."""
    days = [day for day, _value in (*readings, *targets)] + list(marks)
    values = [value for _day, value in (*readings, *targets)]
    first, least = min(days, default=0), min([*values, 0.0])
    greatest, span = max([*values, 0.0]), (max(days, default=0) - first) or 1

    def up(value: float) -> str:
        return number(CHART_MARGIN[0] + (1 - (value - least) / ((greatest - least) or 1)) * CHART[1])

    def at(day: int, value: float) -> tuple[str, str]:
        return number((day - first) / span * CHART[0]), up(value)

    dots = [at(*each) for each in readings]
    line = "L".join(" ".join(dot) for dot in dots)
    return Course(
        path=f"M{line}" if dots else "",
        dots=dots,
        targets=[at(*each) for each in targets],
        marks=[at(day, least)[0] for day in marks],
        scale=[(up(value), value) for value in sorted({least, 0.0, greatest})],
    )


LANES = (640, 34)
"""Width of a picture of levels over time, and height of one of its lanes, the gap above included."""
LANE_HEIGHTS = {"absent": 5, "emerging": 14, "in_place": 26}
"""How high a level stands in its lane: told by more than colour."""


class Stretch(NamedTuple):
    """A time that one level lasted: a box from the lane's floor up."""

    level: str
    x: str
    y: int
    width: str
    height: int


def lane(floor: int, times: Sequence[float], levels: Sequence[str], end: float) -> list[Stretch]:
    """One lane's stretches: each level from its time to the next other one, the last until `end`; alike ones joined."""
    starts = [place for place in range(len(levels)) if place == 0 or levels[place] != levels[place - 1]]
    span = (end - times[0]) or 1 if times else 1
    edges = [(times[place] - times[0]) / span * LANES[0] for place in starts] + [float(LANES[0])]
    return [
        Stretch(levels[place], number(left), floor - height, number(right - left), height)
        for place, left, right in zip(starts, edges, edges[1:], strict=False)
        for height in (LANE_HEIGHTS.get(levels[place], 0),)
    ]
