"""What an alliance and its parts may be, and which state follows which. Nothing else."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where an alliance stands in its life."""

    EXPLORING = "exploring", _("Exploring")
    FORMING = "forming", _("Forming")
    READY = "ready", _("Ready")
    RATIFYING = "ratifying", _("Ratifying")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    DISSOLVING = "dissolving", _("Dissolving")
    LEGACY = "legacy", _("Legacy")
    ABANDONED = "abandoned", _("Abandoned")


MOVES: dict[State, frozenset[State]] = {
    State.EXPLORING: frozenset({State.FORMING, State.ABANDONED}),
    State.FORMING: frozenset({State.READY, State.ABANDONED}),
    State.READY: frozenset({State.FORMING, State.RATIFYING, State.ABANDONED}),
    State.RATIFYING: frozenset({State.ACTIVE, State.FORMING, State.ABANDONED}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.DISSOLVING}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.DISSOLVING}),
    State.DISSOLVING: frozenset({State.LEGACY}),
    State.LEGACY: frozenset(),
    State.ABANDONED: frozenset(),
}
BEFORE_CHARTER = frozenset({State.EXPLORING, State.FORMING, State.READY, State.RATIFYING})
WRITABLE = BEFORE_CHARTER - {State.RATIFYING}
"""States in which what the charter will say may be changed freely."""
LIVING = WRITABLE | {State.RATIFYING, State.ACTIVE, State.SUSPENDED}
"""States in which members go on speaking for themselves."""
ON_THE_WAY = (
    State.EXPLORING,
    State.FORMING,
    State.READY,
    State.RATIFYING,
    State.ACTIVE,
    State.DISSOLVING,
    State.LEGACY,
)
"""The seven stations that the stepper shows."""


class Area(TextChoices):
    """What the charter fixes, in parts: an amendment opens some of them for a while."""

    PURPOSE = "purpose", _("Purpose, term and next problem")
    MEMBERS = "members", _("Members and affected parties")
    INTERESTS = "interests", _("Topics")
    CONTRIBUTIONS = "contributions", _("Contributions")
    VALUE = "value", _("Benefits, stewards, successors and the legacy plan")
    CONTROL = "control", _("Reserved powers and the way out")
    COMMITTEE = "committee", _("Seats, terms and decision classes")
    TEXT = "text", _("The charter’s own words")


UNDER_CHARTER = frozenset({State.ACTIVE, State.SUSPENDED})
"""States in which a charter is in force, and can be amended."""


class Origin(TextChoices):
    PROBLEM = "problem", _("A problem too big for any one of us")
    OPPORTUNITY = "opportunity", _("An opportunity none of us can take alone")


class Permanence(TextChoices):
    TEMPORARY = "temporary", _("For a fixed term")
    PERMANENT = "permanent", _("Permanent, from one problem to the next")


class Profile(TextChoices):
    """How deep the readiness check goes; all five traits are checked in each."""

    ESSENTIAL = "essential", _("Essential")
    STANDARD = "standard", _("Standard")
    STRICT = "strict", _("Strict")


class Participation(TextChoices):
    VOTING = "voting", _("Voting member")
    PUBLIC = "public", _("Public participant")


class Membership(TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted, to be admitted")
    ADMITTED = "admitted", _("Member")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RoleKind(TextChoices):
    ORGANISER = "organiser", _("Organiser")
    REPRESENTATIVE = "representative", _("Representative")
    SIGNATORY = "signatory", _("Signatory")
    CUSTODIAN = "custodian", _("Custodian")
    COUNSEL = "counsel", _("Counsel")
    AUDITOR = "auditor", _("Auditor")
    OBSERVER = "observer", _("Observer")


OF_A_MEMBER = frozenset({RoleKind.REPRESENTATIVE, RoleKind.SIGNATORY})
NOT_WITH_AUDITOR = OF_A_MEMBER | {RoleKind.ORGANISER}
"""Roles that an auditor cannot hold in the same alliance: nobody audits what they do or sign."""
KEPT_APART = (RoleKind.AUDITOR, RoleKind.CUSTODIAN)
"""Who works for no member, acts for none, and organises nothing."""
INDEPENDENT = frozenset({*KEPT_APART, RoleKind.COUNSEL})
"""Who checks, advises, or keeps in confidence: under a charter nobody else ends what they do."""
BESIDE = frozenset({RoleKind.COUNSEL, RoleKind.AUDITOR, RoleKind.OBSERVER})
"""Who looks on, advises or checks: they keep no benefit alive for the alliance."""
MAY_HOLD = (RoleKind.COUNSEL, RoleKind.AUDITOR)
"""Who may stop something for some days, with a reason."""


class RelationKind(TextChoices):
    COMPETES = "competes", _("competes with")
    SUPPLIES = "supplies", _("supplies")
    LITIGATES = "litigates", _("litigates against")


MUTUAL = frozenset({RelationKind.COMPETES})
"""Relations that hold in both directions at once."""


class ContributionKind(TextChoices):
    MONEY = "money", _("Money")
    PEOPLE = "people", _("People")
    DATA = "data", _("Data")
    RIGHTS = "rights", _("Rights")
    FACILITIES = "facilities", _("Facilities")


class Domain(TextChoices):
    """What control may be shared over. Prices, customers, output, bids and wages can never be."""

    SCOPE = "scope", _("Scope")
    STANDARDS = "standards", _("Standards")
    DATA = "data", _("Data")
    BUDGET = "budget", _("Budget")
    INTELLECTUAL_PROPERTY = "intellectual_property", _("Intellectual property")
    PUBLIC_POSITION = "public_position", _("Public position")
    DISPUTES = "disputes", _("Disputes")
    MEMBERSHIP = "membership", _("Membership")


LADDER = {
    0: _("independent"),
    1: _("informs"),
    2: _("consults"),
    3: _("consents"),
    4: _("delegates"),
    5: _("is bound"),
}


class RoundState(TextChoices):
    OPEN = "open", _("Open")
    COMPLETED = "completed", _("Completed")
    LAPSED = "lapsed", _("Lapsed")
    TAKEN_BACK = "taken_back", _("Taken back")


NOT_MOVED = (RoundState.LAPSED, RoundState.TAKEN_BACK)
"""Rounds that ended before all had signed."""


class StreamEffect(TextChoices):
    REMOVES_COST = "removes_cost", _("Removes a cost")
    CREATES_GAIN = "creates_gain", _("Creates a gain")


class Form(TextChoices):
    """In what a benefit lives on."""

    LICENCE = "licence", _("Licence")
    STANDARD = "standard", _("Standard")
    ESCROW = "escrow", _("Escrow")
    FUND = "fund", _("Fund")
    INSTITUTION = "institution", _("Institution")


class LegacyPart(TextChoices):
    FUNDS = "funds", _("Funds")
    INTELLECTUAL_PROPERTY = "intellectual_property", _("Intellectual property")
    DATA = "data", _("Data")
    RECORDS = "records", _("Records")
    LIABILITIES = "liabilities", _("Liabilities")
    SERVICES = "services", _("Services")


SIGNED_PARTS = frozenset({LegacyPart.FUNDS, LegacyPart.LIABILITIES})
"""Parts of the legacy plan whose words no amendment changes: each member signed for them."""


class Reason(TextChoices):
    """For what organisations form a value alliance."""

    PERSPECTIVES = "perspectives", _("More perspectives")
    TRUST = "trust", _("Trust")
    INVESTMENT = "investment", _("Shared investment, less litigation")
    SPEED = "speed", _("Speed")
