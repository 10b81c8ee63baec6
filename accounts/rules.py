"""Proofs of sign-in: by what means, and when, a person last showed who they are. And what of a text can be seen."""

import re
import unicodedata
import zoneinfo
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources

from audit.errors import ProofStale

SIGNING = timedelta(minutes=5)
"""How old a proof may be when something is signed or attested."""
VOTING = timedelta(minutes=15)
"""How old a proof may be when a ballot is cast."""
ZONES = frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})
"""Time zones that mean the same on every machine."""
_TABLE = resources.files("tzdata") / "zoneinfo" / "zone.tab"
_ROWS = (line.split("\t") for line in _TABLE.read_text().splitlines() if not line.startswith("#"))
PLACES = tuple(sorted({row[2].strip() for row in _ROWS} & ZONES))
"""The zones to choose from: one for each place that keeps its own time, by area and city; no alias and no offset."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""No day of an alliance lies outside; beyond them days could not be counted on from."""
TURNING = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Characters that show nothing, or turn the writing around them; joiners stay, scripts and emoji need them."""
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that are drawn as nothing."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That a person showed who they are: `method` (so far `password`) and the time."""

    method: str
    at: datetime

    def as_data(self) -> dict[str, str]:
        """For an event's body."""
        return {"method": self.method, "at": self.at.isoformat()}


def require_fresh(proof: Proof | None, *, at: datetime, within: timedelta) -> Proof:
    """The proof, if it is no older than `within`; raises ProofStale."""
    if proof is None or not timedelta() <= at - proof.at <= within:
        raise ProofStale
    return proof


def unturned(text: str) -> str:
    """The text without characters that show nothing or turn the writing around them; its space stays."""
    return TURNING.sub("", text)


def visible(text: str) -> str:
    """The text without characters that nobody sees, and without space around it; empty where nothing is seen."""
    kept = unturned(text).strip()
    return kept if any(_is_drawn(character) for character in kept) else ""


def one_line(text: str) -> str:
    """The text with one space wherever it has any."""
    return " ".join(text.split())


def name_key(name: str) -> str:
    """By what names are compared: however they are spaced, in whatever capitals and widths of letters (NFKC).

    Letters of different scripts that look alike stay different.
    """
    return one_line(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible(name)).casefold()))


def _is_drawn(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in BLANKS
