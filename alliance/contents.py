"""What a file is, by its content, pure: only documents that people hand over as evidence, never a page or a program.

`puremagic` reads the first bytes. An office document is a zip: its table of contents and the type that it declares are
read, up to a limit, and nothing of it is unpacked. A file's name says nothing, but must not say otherwise.
"""

import io
import lzma
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.rules import visible
from audit.errors import DomainError

LONGEST_NAME = 160
HEAD = 8192
DECLARED_IN_AT_MOST = 256 * 1024
"""Bytes of an office document's declaration of its types that are read."""
MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 2**20
MOST_GROWTH = 200
"""An office document may say that it unpacks to so many bytes, and to so many times its size, and no more."""


class Sort(NamedTuple):
    """One sort of file: its media type, and the endings that its name may have."""

    media_type: str
    endings: tuple[str, ...]


PDF = Sort("application/pdf", (".pdf",))
PNG = Sort("image/png", (".png",))
JPEG = Sort("image/jpeg", (".jpg", ".jpeg"))
TEXT = Sort("text/plain", (".txt", ".text"))
CSV = Sort("text/csv", (".csv",))
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
DOCX = Sort(f"{_OPEN_XML}.wordprocessingml.document", (".docx",))
XLSX = Sort(f"{_OPEN_XML}.spreadsheetml.sheet", (".xlsx",))
PPTX = Sort(f"{_OPEN_XML}.presentationml.presentation", (".pptx",))
ODT = Sort(f"{_ODF}.text", (".odt",))
ODS = Sort(f"{_ODF}.spreadsheet", (".ods",))
SORTS = (PDF, PNG, JPEG, TEXT, CSV, DOCX, XLSX, PPTX, ODT, ODS)
ENDINGS = tuple(ending for sort in SORTS for ending in sort.endings)
ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError),
    *(ValueError, OSError, EOFError, KeyError),
)
"""What reading an archive raises that is damaged, encrypted, or packed in another way."""
IN_TEXT = {"Zs", "Cf"}
"""Categories of characters that do not print and yet belong to texts: narrow spaces, soft hyphens."""
REFUSED = gettext_lazy(
    "Attach a PDF, a picture (PNG, JPEG), plain text or CSV in UTF-8, "
    "or an office document (docx, xlsx, pptx, odt, ods)."
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sends it: the name they gave it, and its bytes."""

    name: str
    content: bytes


def checked(upload: Upload, *, most: int) -> tuple[str, str]:
    """(clean name, media type) of a file that may be kept; `most` is the largest size in bytes.

    Raises DomainError at the field `file` for an empty one, one too large, of another sort, or named as another sort.
    """
    if not upload.content:
        raise _unfit("file_empty", _("This file is empty. Choose another."))
    if len(upload.content) > most:
        raise _unfit(
            "file_too_large",
            _("This file is larger than %(number)s MB. Attach a link to it instead.") % {"number": most // 2**20},
        )
    name = clean_name(upload.name)
    sort = sort_of(upload.content, name)
    if sort is None:
        raise _unfit("file_sort", str(REFUSED))
    if not name.lower().endswith(sort.endings):
        raise _unfit(
            "file_misnamed",
            _("The file’s name does not say what it holds: its name should end in %(ending)s.")
            % {"ending": sort.endings[0]},
        )
    return name, sort.media_type


def _unfit(code: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, field="file")


def clean_name(name: str) -> str:
    """The last part of a path, without what nobody sees; an over-long one loses its middle, not its ending."""
    last = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name.lstrip(".")
    last = "".join(each for each in visible(last) if unicodedata.category(each)[0] != "C" and each not in '"<>|:*?/')
    path = PurePosixPath(last or "-")
    return f"{path.stem[: LONGEST_NAME - len(path.suffix[:10])]}{path.suffix[:10]}"


def sort_of(content: bytes, name: str = "") -> Sort | None:
    """Which of the sorts that may be kept this is, by its content; `name` only tells a table from other plain text."""
    if content.startswith(ZIPPED):
        return _office(content)
    found = _magic(content)
    for sort in (PDF, PNG, JPEG):
        if sort.media_type in found:
            return sort
    if not _is_text(content):
        return None
    return CSV if name.lower().endswith(CSV.endings) else TEXT


def _magic(content: bytes) -> set[str]:
    try:
        return {each.mime_type for each in puremagic.magic_string(content[:HEAD])}
    except (puremagic.PureError, ValueError):
        return set()


def _is_text(content: bytes) -> bool:
    """Plain text in UTF-8, and not the source of a page or picture."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not text.lstrip().startswith("<") and all(_is_written(each) for each in set(text))


def _is_written(character: str) -> bool:
    return character.isprintable() or character in "\t\r\n\f" or unicodedata.category(character) in IN_TEXT


def _office(content: bytes) -> Sort | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _declared(archive) if _is_modest(archive, len(content)) else None
    except BROKEN:
        return None


def _is_modest(archive: zipfile.ZipFile, size: int) -> bool:
    parts = archive.infolist()
    whole = sum(each.file_size for each in parts)
    return len(parts) <= MOST_PARTS and whole <= min(MOST_UNPACKED, max(size * MOST_GROWTH, 2**20))


def _declared(archive: zipfile.ZipFile) -> Sort | None:
    """What the document says it is: OpenDocument in `mimetype`, Office Open XML in `[Content_Types].xml`.

    One with macros says another type there, and so is none of ours.
    """
    names = set(archive.namelist())
    if any(name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts for name in names):
        return None
    if "mimetype" in names:
        said = _beginning(archive, "mimetype").strip()
        return next((each for each in (ODT, ODS) if each.media_type == said), None)
    if "[Content_Types].xml" not in names:
        return None
    said = _beginning(archive, "[Content_Types].xml")
    if "macroEnabled" in said or "vbaProject" in said:
        return None
    return next((each for each in (DOCX, XLSX, PPTX) if f'"{each.media_type}.main+xml"' in said), None)


def _beginning(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(DECLARED_IN_AT_MOST).decode("utf-8", "replace")
