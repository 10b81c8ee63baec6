"""What a file is, by its content alone."""

import pytest

from alliance.contents import Upload, checked, clean_name
from audit.errors import DomainError
from tests.alliance import hostile

pytestmark = pytest.mark.once
MOST = 10 * 2**20


def words(part: object) -> str:
    """Names of cases without the bytes of their files."""
    return part if isinstance(part, str) else ""


def said(name: str, content: bytes, most: int = MOST) -> tuple[str, str]:
    return checked(Upload(name, content), most=most)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("board.pdf", hostile.PDF, "application/pdf"),
        ("site.PNG", hostile.PNG, "image/png"),
        ("site.jpeg", hostile.JPEG, "image/jpeg"),
        ("notes.txt", "Größe: 3 km\r\n".encode(), "text/plain"),
        ("prix.txt", "10\u202f000\u00a0€, Donau\u00addampf".encode(), "text/plain"),
        ("readings.csv", b"day,value\n2026-01-31,38\n", "text/csv"),
        ("starts-like-a-bitmap.csv", b"BM,value\n1,2\n", "text/csv"),
        ("letter.docx", hostile.office(), hostile.WORD),
        ("figures.xlsx", hostile.office(hostile.SHEET), hostile.SHEET),
        ("letter.odt", hostile.open_document(), "application/vnd.oasis.opendocument.text"),
        ("figures.ods", hostile.open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    ],
    ids=words,
)
def test_documents_are_known_by_their_content(name, content, media_type):
    assert said(name, content) == (name, media_type)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.pdf", b"", "file_empty"),
        ("picture.svg", hostile.SVG, "file_sort"),
        ("picture.png", hostile.SVG, "file_sort"),
        ("page.pdf", hostile.HTML, "file_sort"),
        ("page.txt", b"\xef\xbb\xbf  " + hostile.HTML, "file_sort"),
        ("program.pdf", b"MZ\x90\x00\x03\x00\x00\x00", "file_sort"),
        ("script.pdf", b"#!/bin/sh\nrm -rf /\n", "file_misnamed"),
        ("letter.pdf", hostile.office(), "file_misnamed"),
        ("letter.docx", hostile.PDF, "file_misnamed"),
        ("letter.docx.exe", hostile.office(), "file_misnamed"),
        ("nothing", hostile.PDF, "file_misnamed"),
        ("nul.txt", b"a\0b", "file_sort"),
        ("latin.txt", b"Gr\xf6\xdfe", "file_sort"),
        ("archive.docx", hostile.zipped(("evil.html", hostile.HTML)), "file_sort"),
        ("cut.docx", hostile.office()[:60], "file_sort"),
        ("damaged.odt", hostile.damaged(), "file_sort"),
        ("page.pdf", hostile.HTML + b"\n%%EOF\n", "file_sort"),
        ("macros.docx", hostile.office(hostile.WORD, ending=".macroEnabled.main+xml"), "file_sort"),
        ("out.docx", hostile.office(hostile.WORD, ("../../etc/passwd", "x")), "file_sort"),
        ("formula.odf", hostile.open_document("formula"), "file_sort"),
    ],
    ids=words,
)
def test_what_is_none_of_them_is_refused(name, content, code):
    with pytest.raises(DomainError) as refusal:
        said(name, content)

    assert (refusal.value.code, refusal.value.field) == (code, "file")


def test_a_zip_bomb_is_refused_without_being_unpacked():
    bomb = hostile.bomb()

    assert len(bomb) < 2**20
    with pytest.raises(DomainError, match="Attach a PDF"):
        said("bomb.docx", bomb)


def test_a_zip_with_too_many_parts_is_refused():
    many = hostile.office(hostile.WORD, *((f"word/{number}.xml", "") for number in range(5001)))

    with pytest.raises(DomainError, match="Attach a PDF"):
        said("many.docx", many)


def test_the_largest_size_is_a_size_that_fits():
    assert said("notes.txt", b"a" * 2**20, most=2**20) == ("notes.txt", "text/plain")
    with pytest.raises(DomainError, match="larger than 1 MB"):
        said("notes.txt", b"a" * (2**20 + 1), most=2**20)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\board.pdf", "board.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("evil\u202efdp.txt", "evilfdp.txt"),
        ('a"b\r\n.pdf', "ab.pdf"),
        ("..", "-"),
        ("", "-"),
        ("x" * 300 + ".pdf", "x" * 156 + ".pdf"),
    ],
)
def test_a_name_is_the_last_part_of_a_path_and_fits(name, clean):
    assert clean_name(name) == clean
