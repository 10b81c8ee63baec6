"""Files that people might send: good ones, and those that claim to be."""

import io
import zipfile

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 32
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 32
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def zipped(*parts: tuple[str, str | bytes]) -> bytes:
    """A zip of these parts, squeezed."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return whole.getvalue()


def office(media_type: str = WORD, *more: tuple[str, str | bytes], ending: str = ".main+xml") -> bytes:
    """An Office Open XML document that declares this type."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{media_type}{ending}"/></Types>'
    return zipped(("[Content_Types].xml", types), ("word/document.xml", "<w:document/>"), *more)


def damaged() -> bytes:
    """A document whose declaration does not unpack."""
    whole = bytearray(zipped(("mimetype", "application/vnd.oasis.opendocument.text" * 100)))
    at = whole.index(b"mimetype") + len("mimetype")
    whole[at : at + 12] = b"\xff" * 12
    return bytes(whole)


def open_document(kind: str = "text") -> bytes:
    return zipped(("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", "<office/>"))


def bomb() -> bytes:
    """A few kilobytes that would unpack to three hundred megabytes."""
    return office(WORD, *((f"word/{number}.xml", b"\0" * 30 * 2**20) for number in range(10)))
