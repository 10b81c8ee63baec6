"""Tables as CSV that a spreadsheet may open: no cell of it is ever taken for a formula."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula (OWASP, CSV injection)."""


def csv_of(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A header and rows as CSV (RFC 4180). Numbers stay as they are; a text that begins like a formula is quoted."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(each) for each in header])
    writer.writerows([_harmless(each) for each in row] for row in rows)
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
