"""What members want, what they bring, and their sealed figures."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from alliance.schemas.base import Currency, Day, Document, Line, Minor, Moment, Ref, Text, seen
from alliance.schemas.holds import Hold


class Position(Document):
    """A member's stance (-2…2) on a topic and how much it matters (0…100 hundredths), in its own words."""

    id: Ref | None = None
    member: Ref
    stance: Annotated[int, Field(ge=-2, le=2)]
    salience: Annotated[int, Field(ge=0, le=100)]
    statement: Text = ""
    is_confidential: bool = False
    """Read by the member and the custodian only; an export leaves it out."""
    confirmed_by: Ref
    confirmed_at: Moment
    witnessed: bool = False


class Topic(Document):
    id: Ref
    name: Line
    measure: Text = ""
    """The measurable text: how one would see that it is reached."""
    worded_at: Moment | None = None
    """Since when its words stand, where they were changed: positions stated before are of other words."""
    positions: list[Position] = []
    holds: list[Hold] = []


class MemberAnswers(Document):
    """That a member has answered the six questions, with its own words sealed, as a worksheet's figures are."""

    member: Ref
    ciphertext: str
    key_id: str
    sealed_for: Ref
    answered_by: Ref
    answered_at: Moment
    witnessed: bool = False


class Contribution(Document):
    id: Ref
    member: Ref
    kind: Literal["money", "people", "data", "rights", "facilities"]
    description: Text
    amount: Minor | None = None
    currency: Currency | None = None
    due_on: Day | None = None
    kept_on: Day | None = None
    mandate: Text = ""
    signed_by: Ref | None = None
    signed_at: Moment | None = None
    witnessed: bool = False


Amount = Annotated[int, Field(ge=-(10**15), le=10**15)]


class Range(Document):
    """Low, base and high case, in minor units."""

    low: Amount
    base: Amount
    high: Amount

    @model_validator(mode="after")
    def _in_order(self) -> "Range":
        if not self.low <= self.base <= self.high:
            raise ValueError("the low case first: low ≤ base ≤ high")
        return self


class Figures(Document):
    """What a member expects, in the clear: only in documents that the member wrote itself, never in an export."""

    currency: Currency
    benefit: Range
    cost: Range
    fall_back: Range
    basis: Annotated[Text, AfterValidator(seen)]
    """On what the figures rest, in words."""
    alone: Minor | None = None
    """What it would cost the member to reach the same alone, base case; empty where it does not say."""


class Worksheet(Document):
    """What a member gains: a signed statement (Essential), or figures sealed to the member and the custodian.

    Sealed figures travel as ciphertext with the key's name and the identifier that they are bound to.
    """

    id: Ref | None = None
    member: Ref
    version: Annotated[int, Field(ge=1)]
    statement: Text = ""
    figures: Figures | None = None
    ciphertext: str = ""
    key_id: str = ""
    sealed_for: Ref | None = None
    signed_by: Ref
    signed_at: Moment
    reopened_at: Moment | None = None
    """When the custodian let it be corrected."""
    witnessed: bool = False
