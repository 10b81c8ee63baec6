"""What decisions and their parts may be, and which state follows which. Nothing else."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DecisionState(TextChoices):
    """`open` lasts until the outcome is written down; whether voting is still open is said by the clock.

    What the rules it was put by have not brought about when they end has `lapsed`.
    """

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Voting open")
    CLOSED = "closed", _("Decided")
    EFFECTIVE = "effective", _("In effect")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


MOVES: dict[DecisionState, frozenset[DecisionState]] = {
    DecisionState.DRAFT: frozenset({DecisionState.OPEN, DecisionState.WITHDRAWN}),
    DecisionState.OPEN: frozenset({DecisionState.CLOSED, DecisionState.LAPSED}),
    DecisionState.CLOSED: frozenset({DecisionState.EFFECTIVE, DecisionState.LAPSED}),
    DecisionState.EFFECTIVE: frozenset(),
    DecisionState.WITHDRAWN: frozenset(),
    DecisionState.LAPSED: frozenset(),
}


class Body(TextChoices):
    """Who decides: the committee's seats, or the members (one organisation group, one vote)."""

    COMMITTEE = "committee", _("The committee")
    MEMBERS = "members", _("The members")


class Method(TextChoices):
    VOTE = "vote", _("Vote")
    CONSENT = "consent", _("Consent")
    WRITTEN_CONSENT = "written_consent", _("Written consent")


class Base(TextChoices):
    CAST = "cast", _("votes cast")
    PRESENT = "present", _("those present")
    ALL = "all", _("all who may vote")
    ALL_LESS_ABSTAIN = "all_less_abstain", _("all who may vote, less those who abstain")
    AUTHORISED = "authorised", _("all authorised seats")


class Recusal(TextChoices):
    EXCLUDE = "exclude", _("recused seats leave the count")
    REDUCE = "reduce", _("recused seats lower the quorum")
    COUNT = "count", _("recused seats count for the quorum")


class Forum(TextChoices):
    ELECTRONIC = "electronic", _("Electronic")
    MEETING = "meeting", _("Meeting")


class Abstention(TextChoices):
    NOT_COUNTED = "not_counted", _("an abstention is not counted")
    COUNTS_AGAINST = "counts_against", _("an abstention counts against")


class Tie(TextChoices):
    FAILS = "fails", _("a tie fails")


class Choice(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    ABSTAIN = "abstain", _("Abstain")
    AGREE = "agree", _("Agree")
    OBJECT = "object", _("Object")


CHOICES_OF: dict[Method, tuple[Choice, ...]] = {
    Method.VOTE: (Choice.YES, Choice.NO, Choice.ABSTAIN),
    Method.CONSENT: (Choice.AGREE, Choice.OBJECT, Choice.ABSTAIN),
    Method.WRITTEN_CONSENT: (Choice.YES, Choice.NO),
}


class Result(TextChoices):
    ADOPTED = "adopted", _("Adopted")
    REJECTED = "rejected", _("Rejected")
    NO_QUORUM = "no_quorum", _("No quorum")
    NO_COMPETENT_BODY = "no_competent_body", _("Too many recused to decide")
    RETURNED = "returned", _("Sent back for changes")


class Office(TextChoices):
    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
