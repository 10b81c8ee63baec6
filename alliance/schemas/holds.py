"""Holds on topics, rounds and decisions: each stands with the thing that it stops."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from alliance.rules import HOLD_DAYS_MOST
from alliance.schemas.base import Document, Moment, Ref, Text


class Hold(Document):
    """That counsel or the auditor stopped the thing, why, and until when; it ends by itself, or was lifted before."""

    role: Literal["counsel", "auditor"]
    reason: Annotated[Text, Field(min_length=1)]
    words_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """The fingerprint of the words that were held."""
    placed_by: Ref
    placed_at: Moment
    until: Moment
    lifted_at: Moment | None = None
    witnessed: bool = False

    @model_validator(mode="after")
    def _lasts_days(self) -> Self:
        if not timedelta() < self.until - self.placed_at <= timedelta(days=HOLD_DAYS_MOST):
            raise ValueError(f"until: within {HOLD_DAYS_MOST} days after placed_at")
        if self.lifted_at and not self.placed_at <= self.lifted_at <= self.until:
            raise ValueError("lifted_at between placed_at and until")
        return self
