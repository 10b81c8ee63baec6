"""The alliance's part, whole."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from alliance.schemas.base import Currency, Document, Line, Minor, Moment, Ref, Text
from alliance.schemas.control import CoreDomain, CounselReview, ReservedPower, Round
from alliance.schemas.evidence import Exhibit
from alliance.schemas.interests import Contribution, MemberAnswers, Topic, Worksheet
from alliance.schemas.parties import AffectedParty, Group, Member, Organisation, Person, Relation, Role
from alliance.schemas.value import Expectation, LegacyItem, ValueStream


class Head(Document):
    """What the alliance is."""

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    name: Line
    purpose: Text
    origin: Literal["problem", "opportunity"]
    statement: Text
    permanence: Literal["temporary", "permanent"]
    term_months: Annotated[int, Field(ge=1, le=600)] | None = None
    next_problem: Text = ""
    convener: Ref
    """The organisation that founds it."""
    state: Literal[
        "exploring", "forming", "ready", "ratifying", "active", "suspended", "dissolving", "legacy", "abandoned"
    ]
    profile: Literal["essential", "standard", "strict"]
    pooled_amount: Minor = 0
    currency: Currency = "USD"
    pools_patents: bool = False
    pools_personal_data: bool = False
    exit_notice_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    exit_cost: Text = ""
    entire_agreement: bool = False
    created_at: Moment
    activated_at: Moment | None = None

    @model_validator(mode="after")
    def _term_fits(self) -> Self:
        if (self.permanence == "temporary") != (self.term_months is not None):
            raise ValueError("term_months for a temporary alliance, and none for a permanent one")
        return self


class AlliancePart(Document):
    """Everything about who allies and why."""

    groups: list[Group] = []
    organisations: list[Organisation]
    people: list[Person]
    alliance: Head
    affected_parties: list[AffectedParty] = []
    members: list[Member]
    roles: list[Role] = []
    relations: list[Relation] = []
    topics: list[Topic] = []
    member_answers: list[MemberAnswers] = []
    contributions: list[Contribution] = []
    core_domains: list[CoreDomain] = []
    rounds: list[Round] = []
    reserved_powers: list[ReservedPower] = []
    streams: list[ValueStream] = []
    legacy_plan: list[LegacyItem] = []
    expectations: list[Expectation] = []
    counsel_reviews: list[CounselReview] = []
    worksheets: list[Worksheet] = []
    exhibits: list[Exhibit] = []
