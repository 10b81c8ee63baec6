"""Every text and edge colour stands out from every ground it is used on, in light and in dark (WCAG 2.2 AA)."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

TOKENS = Path("static/css/tokens.css").read_text(encoding="utf-8")
OKLCH = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")
PAIR = re.compile(r"--([\w-]+): light-dark\((oklch\([^()]*\)), (oklch\([^()]*\))\);")
PLAIN_GROUNDS = ("paper", "surface", "sunken", "hover")
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "accent", "accent-strong") for ground in PLAIN_GROUNDS]
TEXT += [("ink-3", ground) for ground in ("paper", "surface", "sunken")]
TEXT += [
    (verdict, ground)
    for verdict in ("ok", "warn", "bad")
    for ground in ("paper", "surface", "sunken", f"{verdict}-soft")
]
TEXT += [(ink, ground) for ink in ("ink", "ink-2") for ground in ("ok-soft", "warn-soft", "bad-soft", "accent-soft")]
TEXT += [("accent", ground) for ground in ("ok-soft", "warn-soft", "bad-soft", "accent-soft")]
TEXT += [("accent-strong", "accent-soft"), ("on-accent", "accent"), ("on-accent", "accent-strong"), ("paper", "ink")]
TEXT += [("ink", cell) for cell in ("for-2", "for-1", "neutral-0", "against-1", "against-2")]
EDGES = [("line-strong", ground) for ground in ("paper", "surface", "sunken")]
EDGES += [("accent", ground) for ground in PLAIN_GROUNDS] + [("focus", ground) for ground in PLAIN_GROUNDS]


def luminance(colour: str) -> float:
    """Relative luminance of an oklch colour, by way of OKLab and linear sRGB, each channel clipped to the gamut."""
    light, chroma, hue = (float(part) for part in OKLCH.fullmatch(colour).groups())
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return sum(
        share * min(1, max(0, channel)) for share, channel in zip((0.2126, 0.7152, 0.0722), channels, strict=True)
    )


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


COLOURS = {
    scheme: {name: pair[i] for name, *pair in PAIR.findall(TOKENS)} for i, scheme in enumerate(("light", "dark"))
}


def test_luminance_of_white_and_black() -> None:
    assert contrast("oklch(1 0 0)", "oklch(0 0 0)") == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(scheme: str, ink: str, ground: str) -> None:
    assert contrast(COLOURS[scheme][ink], COLOURS[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_are_found(scheme: str, edge: str, ground: str) -> None:
    assert contrast(COLOURS[scheme][edge], COLOURS[scheme][ground]) >= 3
