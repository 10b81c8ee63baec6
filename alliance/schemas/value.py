"""Value that continues: streams with readings, links and durable forms; the legacy plan."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from alliance.schemas.base import Day, Document, Line, Moment, Ref, Text


class Reading(Document):
    id: Ref | None = None
    value: Decimal
    read_on: Day
    source: Text = ""
    entered_by: Ref
    entered_at: Moment
    verified_by: Ref | None = None
    """The second member that verified it."""
    verified_at: Moment | None = None


class Target(Document):
    value: Decimal
    due_on: Day
    set_by: Ref
    set_at: Moment


class InterestLink(Document):
    """That a member's top interest is met by this stream; the steward accepts the link."""

    member: Ref
    topic: Ref
    accepted_at: Moment | None = None
    witnessed: bool = False


class DurableForm(Document):
    id: Ref | None = None
    form: Literal["licence", "standard", "escrow", "fund", "institution"]
    description: Text
    successor: Ref | None = None
    """The organisation that keeps it alive."""
    accepted_by: Ref | None = None
    accepted_at: Moment | None = None
    acceptance: Text = ""
    witnessed: bool = False


class Opportunity(Document):
    """What the problem turned out to make possible."""

    text: Text
    found_on: Day
    added_by: Ref
    added_at: Moment


class Expectation(Document):
    """For which reasons value was expected, as said then."""

    reasons: Annotated[list[Literal["perspectives", "trust", "investment", "speed"]], Field(min_length=1)]
    said_by: Ref
    said_at: Moment


class ValueStream(Document):
    id: Ref
    title: Line
    description: Text = ""
    effect: Literal["removes_cost", "creates_gain"] = "removes_cost"
    is_primary: bool = False
    steward: Ref | None = None
    steward_accepted_at: Moment | None = None
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: Day | None = None
    baseline_source: str = ""
    baseline_set_by: Ref | None = None
    baseline_verified_by: Ref | None = None
    """The second member that verified the baseline."""
    baseline_verified_at: Moment | None = None
    horizon_on: Day | None = None
    is_permanent: bool = False
    review_months: Annotated[int, Field(ge=1, le=600)] | None = None
    upkeep_funded_until: Day | None = None
    beneficiaries: list[Ref] = []
    interests: list[InterestLink] = []
    readings: list[Reading] = []
    targets: list[Target] = []
    durable_forms: list[DurableForm] = []
    opportunities: list[Opportunity] = []
    witnessed: bool = False


class LegacyItem(Document):
    id: Ref | None = None
    part: Literal["funds", "intellectual_property", "data", "records", "liabilities", "services"]
    text: Text
    owner: Ref | None = None
    """The organisation that sees to it."""
