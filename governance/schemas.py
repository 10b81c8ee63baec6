"""The governance part of the dossier: committee, seats, independence, classes, decisions and their outcomes."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from alliance.schemas import Day, Document, Hold, Line, Moment, Ref, Text

Fraction = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$")]


class CommitteeTerms(Document):
    """What the charter says of the committee as a whole."""

    term_months: Annotated[int, Field(ge=1, le=120)] | None = None
    term_limit: Annotated[int, Field(ge=1, le=10)] | None = None
    forbids_instruction: bool = False
    forbids_proxies: bool = False
    appeal_route: Text = ""
    records_held_by: Text = ""


class Attestation(Document):
    """The holder's statement of independence."""

    id: Ref | None = None
    text_version: str
    employer: Ref | None = None
    """For whom the holder worked when signing: a change of employer makes it lapse."""
    signed_at: Moment
    witnessed: bool = False


class Disclosure(Document):
    """The holder's disclosure of conflicts of interest."""

    id: Ref | None = None
    text: Text = ""
    nothing_to_disclose: bool = False
    made_at: Moment
    witnessed: bool = False


class Addition(Document):
    """What somebody else says could sway the holder."""

    text: Text
    added_by: Ref
    added_at: Moment
    witnessed: bool = False


class Holding(Document):
    """A person in a seat, for a term. Who appointed them, and for how long irrevocably, is on record."""

    person: Ref
    appointed_by: Ref | None = None
    """The member that appointed the holder."""
    appointed_at: Moment
    accepted_at: Moment | None = None
    starts_on: Day
    ends_on: Day
    irrevocable_until: Day | None = None
    removable_by_employer: bool = False
    left_at: Moment | None = None
    suspended_at: Moment | None = None
    attestations: list[Attestation] = []
    disclosures: list[Disclosure] = []
    additions: list[Addition] = []
    witnessed: bool = False


class Seat(Document):
    id: Ref
    label: Line
    weight: Annotated[int, Field(ge=1, le=10_000)] = 1
    member: Ref | None = None
    """The member that the seat's weight counts for; none for a neutral seat."""
    holdings: list[Holding] = []


class Officer(Document):
    office: Literal["chair", "secretary"]
    person: Ref
    is_acting: bool = False
    decision: int | None = None
    """The number of the decision that elected the officer."""
    starts_at: Moment
    ends_at: Moment | None = None
    witnessed: bool = False


class DecisionClass(Document):
    """A named rule. What it leaves out, the check finds."""

    key: Ref
    name: Line
    body: Literal["committee", "members"] = "committee"
    method: Literal["vote", "consent", "written_consent"]
    base: Literal["cast", "present", "all", "all_less_abstain", "authorised"] | None = None
    threshold: Fraction | None = None
    strict: bool | None = None
    quorum: Fraction | None = None
    quorum_strict: bool | None = None
    recusal: Literal["exclude", "reduce", "count"] | None = None
    abstention: Literal["not_counted", "counts_against"] | None = None
    tie: Literal["fails"] | None = None
    forum: Literal["electronic", "meeting"] | None = None
    min_yes_quorum: bool = False
    max_no: Fraction | None = None
    max_objections: Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,3})/[1-9][0-9]{0,3}$")] | None = None
    open_days: Annotated[int, Field(ge=1, le=90)] | None = None
    notice_days: Annotated[int, Field(ge=0, le=365)] | None = None
    effective_after_days: Annotated[int, Field(ge=0, le=365)] = 0
    live_tally: bool = False
    secret_from: int | None = None
    is_founding: bool = False


class Ballot(Document):
    choice: Literal["yes", "no", "abstain", "agree", "object"]
    reason: Text = ""
    cast_at: Moment


class Elector(Document):
    id: Ref
    seat: Ref | None = None
    member: Ref | None = None
    person: Ref | None = None
    weight: Annotated[int, Field(ge=1)] = 1
    recused_at: Moment | None = None
    ballot: Ballot | None = None
    """The last ballot; absent while voting is open."""


class Outcome(Document):
    number: Annotated[int, Field(ge=1)]
    result: Literal["adopted", "rejected", "no_quorum", "no_competent_body", "returned"]
    sentence: Text
    case: dict[str, Any]
    """The recount's case (see `manage.py recount`)."""
    recorded_at: Moment
    witnessed: bool = False


class Suggestion(Document):
    """A change to the draft that somebody suggested, and whether its proposer took it."""

    suggested_by: Ref
    member: Ref | None = None
    """Whom they spoke for: its kind is the perspective brought in."""
    text: Text
    suggested_at: Moment
    answered_at: Moment | None = None
    is_taken: bool | None = None
    answer: Text = ""
    witnessed: bool = False


class Conformance(Document):
    """A member's own statement that it meets the specification."""

    member: Ref
    since: Day
    declared_by: Ref
    declared_at: Moment
    ended_at: Moment | None = None
    witnessed: bool = False


class Decision(Document):
    id: Ref | None = None
    number: Annotated[int, Field(ge=1)]
    title: Line
    summary: Text = ""
    motion: Text
    consequence: Text = ""
    alternatives: Text = ""
    """Other options that were weighed, one a line."""
    reopens: int | None = None
    """The number of an earlier decision, adopted, that this one takes up again."""
    topic: Ref | None = None
    """What it concerns of the members' interests: a yes furthers it, unless it opposes it."""
    opposes_topic: bool = False
    decision_class: Ref
    effect: str = "none"
    effect_data: dict[str, Any] = {}
    by_members: bool = False
    proposer: Ref
    seconder: Ref | None = None
    state: Literal["draft", "open", "closed", "effective", "withdrawn", "lapsed"]
    created_at: Moment
    opened_at: Moment | None = None
    closes_at: Moment | None = None
    effective_at: Moment | None = None
    electors: list[Elector] = []
    outcomes: list[Outcome] = []
    suggestions: list[Suggestion] = []
    conformances: list[Conformance] = []
    holds: list[Hold] = []


class InstructionReport(Document):
    """That a holder was told how to vote. No text and no author travels."""

    seat: Ref
    reported_at: Moment
    settled_at: Moment | None = None


class GovernancePart(Document):
    """How the alliance decides."""

    committee: CommitteeTerms | None = None
    seats: list[Seat] = []
    officers: list[Officer] = []
    classes: list[DecisionClass] = []
    decisions: list[Decision] = []
    instruction_reports: list[InstructionReport] = []
