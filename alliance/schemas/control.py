"""Shared control: core domains, rounds with their steps, reserved powers, counsel's reviews."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from alliance.schemas.base import Document, DomainName, Level, Moment, Ref, Text
from alliance.schemas.evidence import Fingerprint
from alliance.schemas.holds import Hold


class CoreDomain(Document):
    domain: DomainName
    required_level: Annotated[int, Field(ge=3, le=5)]
    witnessed: bool = False


class Step(Document):
    id: Ref | None = None
    member: Ref
    domain: DomainName
    from_level: Level
    to_level: Level
    signed_by: Ref | None = None
    signed_at: Moment | None = None
    witnessed: bool = False


class Round(Document):
    """One mutual step on the ladder of shared control."""

    id: Ref | None = None
    number: Annotated[int, Field(ge=1)]
    state: Literal["open", "completed", "lapsed", "taken_back"]
    opened_at: Moment
    closes_at: Moment
    completed_at: Moment | None = None
    steps: list[Step] = []
    holds: list[Hold] = []

    @model_validator(mode="after")
    def _in_order(self) -> "Round":
        ends = self.completed_at or self.closes_at
        if not self.opened_at <= ends <= self.closes_at:
            raise ValueError("a round opened, then completed, then closed")
        if any(each.signed_at and not self.opened_at <= each.signed_at <= ends for each in self.steps):
            raise ValueError("steps signed from the round's opening to its end")
        return self


class ReservedPower(Document):
    member: Ref
    domain: DomainName | None = None
    text: Text
    sole_veto: bool = False


class CounselReview(Document):
    id: Ref | None = None
    counsel: Ref
    reviewed_at: Moment
    cleared: bool
    opinion: Text = ""
    texts: list[Fingerprint] = []
    """SHA-256 of each text, spelled plainly, in which the scan found something: what counsel had before them."""
    witnessed: bool = False
