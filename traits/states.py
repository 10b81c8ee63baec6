"""Traits, levels and verdicts. Nothing else."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trait(TextChoices):
    MULTIPLE_INTERESTS = "multiple_interests", _("Multiple interests")
    SELF_INTEREST = "self_interest", _("Self-interest")
    SURRENDER = "surrender", _("Shared control")
    GOVERNANCE = "governance", _("Free-standing governance")
    CONTINUING_VALUE = "continuing_value", _("Value that continues")


class Level(TextChoices):
    IN_PLACE = "in_place", _("In place")
    EMERGING = "emerging", _("Emerging")
    ABSENT = "absent", _("Absent")


class Verdict(TextChoices):
    PASS = "pass", _("Passes")
    WARN = "warn", _("Warning")
    FAIL = "fail", _("Fails")
    NO_DATA = "no_data", _("No data")
    DOES_NOT_APPLY = "does_not_apply", _("Does not apply")


class Who(TextChoices):
    """Who may mend something: roles, each of a member, a person or the whole alliance."""

    ORGANISER = "organiser", _("An organiser")
    FORMING_ORGANISER = "forming_organiser", _("An organiser, before the charter")
    MEMBERS = "members", _("Any member’s representative or signatory")
    OTHER_MEMBERS = "other_members", _("Another member’s representative or signatory")
    BESIDE = "beside", _("A representative or signatory of another group than the person’s")
    REPRESENTATIVE = "representative", _("The member’s representative")
    SIGNATORY = "signatory", _("The member’s signatory")
    PERSON = "person", _("The person named")
    HOLDER = "holder", _("Any holder of a seat")
    CHAIR = "chair", _("The chair")
    COUNSEL = "counsel", _("Counsel")
    AUDITOR = "auditor", _("The auditor")
    CUSTODIAN = "custodian", _("The custodian")
    SUCCESSOR = "successor", _("Somebody who works for the successor")


HOLDS = frozenset({Verdict.PASS, Verdict.WARN, Verdict.DOES_NOT_APPLY})
"""Verdicts with which a blocking indicator does not stand in the way."""
SHORT = {
    Trait.MULTIPLE_INTERESTS: _("Multiple interests"),
    Trait.SELF_INTEREST: _("Self-interest"),
    Trait.SURRENDER: _("Shared control"),
    Trait.GOVERNANCE: _("Governance"),
    Trait.CONTINUING_VALUE: _("Lasting value"),
}
"""Their names where there is little room."""
MEANING = {
    Trait.MULTIPLE_INTERESTS: _("Independent parties of different kinds, who overlap somewhere and differ somewhere."),
    Trait.SELF_INTEREST: _("Each member gains, says how, and pays in."),
    Trait.SURRENDER: _("Staged, signed, mutual steps by which members hand over decision rights."),
    Trait.GOVERNANCE: _("Executives with no strings attached: the committee decides on its own."),
    Trait.CONTINUING_VALUE: _("Benefits outlast the problem, and the alliance."),
}
