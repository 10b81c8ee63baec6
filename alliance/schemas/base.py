"""What the dossier's records are made of: short texts, identifiers, days, amounts; each strict."""

from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from accounts.rules import FIRST_YEAR, LAST_YEAR, visible
from alliance.rules import CURRENCIES

D = TypeVar("D", bound=date)
Ref = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]


def seen(text: str) -> str:
    """The text without blanks around it. Raises ValueError where nothing in it can be seen."""
    if not visible(text):
        raise ValueError("a text in which something can be seen")
    return visible(text)


def _near(at: D) -> D:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return at


def _currency(letters: str) -> str:
    if letters not in CURRENCIES:
        raise ValueError("a currency of ISO 4217")
    return letters


Moment = Annotated[AwareDatetime, AfterValidator(_near)]
Day = Annotated[date, AfterValidator(_near)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True), AfterValidator(seen)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), AfterValidator(_currency)]
Minor = Annotated[int, Field(ge=0, le=10**15)]
DomainName = Literal[
    "scope", "standards", "data", "budget", "intellectual_property", "public_position", "disputes", "membership"
]
Level = Annotated[int, Field(ge=0, le=5)]


class Document(BaseModel):
    """Strict: no unknown key, no guessed type (dates and decimals may be written as JSON text)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
