"""What the content policy and the look ask of every template and style sheet."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted(Path("templates").rglob("*.html"))
SHEETS = sorted(Path("static/css").rglob("*.css"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an htmx expression": re.compile(r"\shx-on|\shx-vals\s*=\s*[\"']js:", re.IGNORECASE),
    "a foreign address": re.compile(r"(?:src|href)=[\"']https?://", re.IGNORECASE),
}
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch)\(", re.IGNORECASE)
NAME = re.compile(r"var\((--[\w-]+)")
DEFINED = re.compile(r"(--[\w-]+):")


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
@pytest.mark.parametrize("fault", INLINE)
def test_template_keeps_the_content_policy(path: Path, fault: str) -> None:
    assert not INLINE[fault].search(path.read_text(encoding="utf-8")), f"{path} has {fault}"


@pytest.mark.parametrize("fault", INLINE)
def test_each_fault_would_be_found(fault: str) -> None:
    faulty = {
        "a style attribute": '<p class="x" style="color: red">',
        "a style element": "<style>p {}</style>",
        "an inline handler": '<button type="button" onclick="go()">',
        "an inline script": '<script type="module">go()</script>',
        "a javascript address": '<a href="javascript:go()">',
        "an htmx expression": '<p hx-on:click="go()">',
        "a foreign address": '<img src="https://example.org/x.png">',
    }
    assert INLINE[fault].search(faulty[fault])


@pytest.mark.parametrize("path", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=str)
def test_no_colour_outside_the_tokens(path: Path) -> None:
    assert not COLOUR.search(path.read_text(encoding="utf-8"))


def test_every_name_used_is_defined() -> None:
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    assert set(NAME.findall(text)) <= set(DEFINED.findall(text))


def test_every_sheet_is_linked() -> None:
    entry = Path("static/css/concordat.css").read_text(encoding="utf-8")
    linked = {f"static/css/{name}" for name in re.findall(r'url\("([^"]+)"\)', entry)}
    assert linked == {str(sheet) for sheet in SHEETS if sheet.name != "concordat.css"}


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.parent.name == "components"], ids=str)
def test_no_component_stands_alone(path: Path) -> None:
    """A component nobody includes, draws or shows on the sheet is dead."""
    places = [*TEMPLATES, Path("accounts/templatetags/concordat.py"), Path("tools/sheet.py")]
    assert any(f"components/{path.name}" in place.read_text(encoding="utf-8") for place in places)
