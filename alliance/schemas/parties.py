"""Who: organisations and their control, people, members, their roles and relations."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from accounts.rules import ZONES
from alliance.schemas.base import Day, Document, Email, Line, Moment, Ref, Text


def _zone(name: str) -> str:
    if name not in ZONES:
        raise ValueError("a time zone such as America/Phoenix")
    return name


class Group(Document):
    id: Ref
    name: Line


class Organisation(Document):
    id: Ref
    name: Line
    group: Ref | None = None


class Affiliation(Document):
    organisation: Ref
    title: str = ""
    starts_on: Day
    ends_on: Day | None = None


class Person(Document):
    id: Ref
    name: Line
    email: Email
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    affiliations: list[Affiliation] = []


class AffectedParty(Document):
    id: Ref
    name: Line
    member: Ref | None = None
    reason_absent: Text = ""


class Member(Document):
    """An organisation in the alliance. `category` is its kind of interest (payer, provider …)."""

    id: Ref
    organisation: Ref
    category: Line
    participation: Literal["voting", "public"] = "voting"
    state: Literal["invited", "accepted", "admitted", "withdrawn"] = "admitted"
    invited_at: Moment
    admitted_at: Moment | None = None
    left_at: Moment | None = None
    category_confirmed_by_member: Ref | None = None
    category_confirmed_by: Ref | None = None
    """The person (of another member, or the auditor) who confirmed the kind."""
    category_confirmed_at: Moment | None = None
    statutory_limit: Text = ""
    public_benefit: Text = ""
    group: Ref | None = None
    """Under whose control it stands, as said in this alliance; else that of its organisation counts."""
    group_said_by: Ref | None = None
    group_said_at: Moment | None = None
    witnessed: bool = False


class Role(Document):
    person: Ref
    kind: Literal["organiser", "representative", "signatory", "custodian", "counsel", "auditor", "observer"]
    member: Ref | None = None
    mandate: Text = ""
    granted_at: Moment
    revoked_at: Moment | None = None

    @model_validator(mode="after")
    def _speaks_for_one(self) -> Self:
        if (self.kind in {"representative", "signatory"}) != (self.member is not None):
            raise ValueError("a member for a representative or signatory, and none for the other roles")
        return self


class Relation(Document):
    first: Ref
    second: Ref
    kind: Literal["competes", "supplies", "litigates"]
    recorded_by: Ref
    recorded_at: Moment
