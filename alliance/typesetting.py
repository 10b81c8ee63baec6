"""Typeset documents: a template of ours and a document of plain data in, a PDF out that a screen reader can follow.

The same data give the same bytes, on every machine: only the fonts that the typesetter carries are used, and the time
is the document's own. Texts that people wrote are handed over as data and are never read as markup. Those fonts cover
Latin, Greek, Cyrillic and more; a character beyond them is shown as a box, so that a report is never refused for it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.utils.translation import get_language

ACCESSIBLE: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: tagged, titled, in a named language, no character without its glyph (ISO 14289-1)."""
KNOWN_UP_TO = 0x180
"""Below it every printable character has its glyph."""
BOX = "\u25af"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _folder() -> Path:
    found: Path = settings.BASE_DIR / "templates" / "typst"
    return found


def typeset(template: str, document: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a document, by `templates/typst/<template>.typ`; `at` is the time that it carries.

    `document` holds strings, numbers, truths, lists and mappings of these: `title`, `foot` and `words` at least.
    """
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return _compiled(template, printable(json.dumps({"lang": language, **document}, ensure_ascii=False)), at)


def _compiled(template: str, document: str, at: datetime | None = None) -> bytes:
    return typst.compile(
        _folder() / f"{template}.typ",
        root=_folder(),
        format="pdf",
        sys_inputs={"document": document},
        font_paths=_fonts(),
        pdf_standards=ACCESSIBLE,
        timestamp=at.replace(microsecond=0) if at else None,
    )


def printable(text: str) -> str:
    """The text with a box for each character that the fonts lack."""
    rare = "".join(sorted({each for each in text if ord(each) >= KNOWN_UP_TO}))
    return text.translate(dict.fromkeys(map(ord, _lacking(rare)), BOX))


def _lacking(characters: str) -> str:
    """Those without a glyph, found by halving: one trial tells of many."""
    if not characters or _has_glyphs(characters):
        return ""
    if len(characters) == 1:
        return characters
    half = len(characters) // 2
    return _lacking(characters[:half]) + _lacking(characters[half:])


@lru_cache(maxsize=4096)
def _has_glyphs(characters: str) -> bool:
    try:
        _compiled("glyphs", json.dumps({"lang": "en", "title": "", "text": " ".join(characters)}))
    except typst.TypstError:
        return False
    return True
