"""The alliance's part of the dossier: one strict document, in and out, and the readiness check's input.

Identifiers (`Ref`) are local to the document. `witnessed` says that this record was made here, before this
installation's log; an import never believes it. Salience is in integer hundredths, money in minor units.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from accounts.rules import FIRST_YEAR, LAST_YEAR, ZONES, visible

D = TypeVar("D", bound=date)
Ref = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]


def _seen(text: str) -> str:
    if not visible(text):
        raise ValueError("a text in which something can be seen")
    return visible(text)


def _zone(name: str) -> str:
    if name not in ZONES:
        raise ValueError("a time zone such as America/Phoenix")
    return name


def _near(at: D) -> D:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_near)]
Day = Annotated[date, AfterValidator(_near)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True), AfterValidator(_seen)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Minor = Annotated[int, Field(ge=0, le=10**15)]
DomainName = Literal[
    "scope", "standards", "data", "budget", "intellectual_property", "public_position", "disputes", "membership"
]
Level = Annotated[int, Field(ge=0, le=5)]


class Document(BaseModel):
    """Strict: no unknown key, no guessed type (dates and decimals may be written as JSON text)."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class Position(Document):
    """A member's stance (-2…2) on a topic and how much it matters (0…100 hundredths), in its own words."""

    member: Ref
    stance: Annotated[int, Field(ge=-2, le=2)]
    salience: Annotated[int, Field(ge=0, le=100)]
    statement: Text = ""
    confirmed_by: Ref
    confirmed_at: Moment
    witnessed: bool = False


class Topic(Document):
    id: Ref
    name: Line
    measure: Text = ""
    """The measurable text: how one would see that it is reached."""
    positions: list[Position] = []


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


class CoreDomain(Document):
    domain: DomainName
    required_level: Annotated[int, Field(ge=3, le=5)]


class Step(Document):
    member: Ref
    domain: DomainName
    from_level: Level
    to_level: Level
    signed_by: Ref | None = None
    signed_at: Moment | None = None
    witnessed: bool = False


class Round(Document):
    """One mutual step on the ladder of shared control."""

    number: Annotated[int, Field(ge=1)]
    state: Literal["open", "completed", "lapsed"]
    opened_at: Moment
    closes_at: Moment
    completed_at: Moment | None = None
    steps: list[Step] = []


class ReservedPower(Document):
    member: Ref
    domain: DomainName | None = None
    text: Text
    sole_veto: bool = False


class Reading(Document):
    value: Decimal
    read_on: Day
    source: Text = ""
    entered_by: Ref
    entered_at: Moment


class InterestLink(Document):
    """That a member's top interest is met by this stream; the steward accepts the link."""

    member: Ref
    topic: Ref
    accepted_at: Moment | None = None
    witnessed: bool = False


class DurableForm(Document):
    form: Literal["licence", "standard", "escrow", "fund", "institution"]
    description: Text
    successor: Ref | None = None
    """The organisation that keeps it alive."""
    accepted_by: Ref | None = None
    accepted_at: Moment | None = None
    acceptance: Text = ""
    witnessed: bool = False


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
    durable_forms: list[DurableForm] = []
    witnessed: bool = False


class LegacyItem(Document):
    part: Literal["funds", "intellectual_property", "data", "records", "liabilities", "services"]
    text: Text
    owner: Ref | None = None
    """The organisation that sees to it."""


class CounselReview(Document):
    counsel: Ref
    reviewed_at: Moment
    cleared: bool
    opinion: Text = ""
    witnessed: bool = False


Amount = Annotated[int, Field(ge=-(10**15), le=10**15)]


class Range(Document):
    """Low, base and high case, in minor units."""

    low: Amount
    base: Amount
    high: Amount


class Figures(Document):
    """What a member expects, in the clear: only in documents that the member wrote itself, never in an export."""

    currency: Currency
    benefit: Range
    cost: Range
    fall_back: Range
    basis: Text


class Worksheet(Document):
    """What a member gains: a signed statement (Essential), or figures sealed to the member and the custodian.

    Sealed figures travel as ciphertext with the key's name and the identifier that they are bound to.
    """

    member: Ref
    version: Annotated[int, Field(ge=1)]
    statement: Text = ""
    figures: Figures | None = None
    ciphertext: str = ""
    key_id: str = ""
    sealed_for: Ref | None = None
    signed_by: Ref
    signed_at: Moment
    witnessed: bool = False


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
    contributions: list[Contribution] = []
    core_domains: list[CoreDomain] = []
    rounds: list[Round] = []
    reserved_powers: list[ReservedPower] = []
    streams: list[ValueStream] = []
    legacy_plan: list[LegacyItem] = []
    counsel_reviews: list[CounselReview] = []
    worksheets: list[Worksheet] = []
