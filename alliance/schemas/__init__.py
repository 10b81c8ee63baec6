"""The alliance's part of the dossier: one strict document, in and out, and the readiness check's input.

Identifiers (`Ref`) are local to the document. `witnessed` says that this record was made here, before this
installation's log; an import never believes it. Salience is in integer hundredths, money in minor units.
"""

from alliance.schemas.base import Currency, Day, Document, DomainName, Email, Level, Line, Minor, Moment, Ref, Text
from alliance.schemas.control import CoreDomain, CounselReview, ReservedPower, Round, Step
from alliance.schemas.evidence import Exhibit
from alliance.schemas.holds import Hold
from alliance.schemas.interests import Amount, Contribution, Figures, MemberAnswers, Position, Range, Topic, Worksheet
from alliance.schemas.parties import AffectedParty, Affiliation, Group, Member, Organisation, Person, Relation, Role
from alliance.schemas.value import (
    DurableForm,
    Expectation,
    InterestLink,
    LegacyItem,
    Opportunity,
    Reading,
    Target,
    ValueStream,
)
from alliance.schemas.whole import AlliancePart, Head

__all__ = [
    "AffectedParty",
    "Affiliation",
    "AlliancePart",
    "Amount",
    "Contribution",
    "CoreDomain",
    "CounselReview",
    "Currency",
    "Day",
    "Document",
    "DomainName",
    "DurableForm",
    "Email",
    "Exhibit",
    "Expectation",
    "Figures",
    "Group",
    "Head",
    "Hold",
    "InterestLink",
    "LegacyItem",
    "Level",
    "Line",
    "Member",
    "MemberAnswers",
    "Minor",
    "Moment",
    "Opportunity",
    "Organisation",
    "Person",
    "Position",
    "Range",
    "Reading",
    "Ref",
    "Relation",
    "ReservedPower",
    "Role",
    "Round",
    "Step",
    "Target",
    "Text",
    "Topic",
    "ValueStream",
    "Worksheet",
]
