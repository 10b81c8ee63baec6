"""The charter's parts and the states of its versions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    """A version is offered for signing, then in force, or void for a stated reason; it stays on record."""

    OFFERED = "offered", _("Being signed")
    IN_FORCE = "in_force", _("In force")
    VOID = "void", _("Void")
    SUPERSEDED = "superseded", _("Replaced")


MOVES: dict[VersionState, frozenset[VersionState]] = {
    VersionState.OFFERED: frozenset({VersionState.IN_FORCE, VersionState.VOID}),
    VersionState.IN_FORCE: frozenset({VersionState.SUPERSEDED}),
    VersionState.VOID: frozenset(),
    VersionState.SUPERSEDED: frozenset(),
}


class VoidReason(TextChoices):
    """Why a version is void."""

    TEXT_CHANGED = "text_changed", _("What the charter says changed while it was being signed.")
    DEADLINE = (
        "deadline",
        _("The time to sign was over before enough had signed with all five traits in place."),
    )
    WITHDRAWN = "withdrawn", _("The convener took it back.")
    ABANDONED = "abandoned", _("The alliance was given up.")
    IMPORTED = "imported", _("It came with a file: its signatures were not made here.")


class SigningRule(TextChoices):
    ALL_FOUNDERS = "all_founders", _("Every member signs")
    THREE_QUARTERS = "three_quarters", _("At least three quarters of the members sign")


class Template(TextChoices):
    JOINT_PROBLEM = "joint_problem", _("Joint problem")
    STANDARDS_BODY = "standards_body", _("Standards body")
    DATA_EXCHANGE = "data_exchange", _("Data exchange")
    SHARED_INVESTMENT = "shared_investment", _("Shared investment")


class Section(TextChoices):
    """The charter's twenty sections, in order."""

    NAME = "name", _("Name, mission and problem")
    SCOPE = "scope", _("Scope and non-scope")
    MEMBERS = "members", _("Members and public participants")
    CONTRIBUTIONS = "contributions", _("Contributions and budget")
    VALUE = "value", _("Value streams, baselines and stewards")
    CONTROL = "control", _("Shared control and reserved powers")
    COMMITTEE = "committee", _("Committee, seats, terms and officers")
    INDEPENDENCE = "independence", _("Independence")
    CLASSES = "classes", _("Decision classes")
    CONFLICTS = "conflicts", _("Conflicts and recusal")
    INTELLECTUAL_PROPERTY = "intellectual_property", _("Intellectual property")
    COMPETITION = "competition", _("Competition safeguards")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality")
    RECORDS = "records", _("Data, records and appeals")
    MEMBERSHIP = "membership", _("Admission, withdrawal and expulsion")
    AMENDMENT = "amendment", _("Amendment")
    TERM = "term", _("Term and renewal")
    DISSOLUTION = "dissolution", _("Dissolution and legacy")
    LAW = "law", _("Law and liability")
    SIGNATURES = "signatures", _("Signatures")


SIGNED_BY_EACH = frozenset({Section.LAW, Section.DISSOLUTION})
"""What no amendment words anew: each member signed for what it is liable, and for how it all ends."""
