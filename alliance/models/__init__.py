from alliance.models.alliance import AffectedParty, Alliance
from alliance.models.contribution import Contribution
from alliance.models.control import CoreDomain, ReservedPower, Round, Step
from alliance.models.exhibit import Exhibit, ExhibitWithdrawal
from alliance.models.hold import Hold, HoldLifting
from alliance.models.interest import Position, Topic
from alliance.models.member import Category, ControlClaim, Member, MemberInvitation, Relation
from alliance.models.questions import MemberAnswers
from alliance.models.reason import Expectation, Opportunity
from alliance.models.review import CounselReview
from alliance.models.role import Role
from alliance.models.value import Beneficiary, DurableForm, InterestLink, LegacyItem, Reading, Target, ValueStream
from alliance.models.worksheet import Actual, Worksheet

__all__ = [
    "Actual",
    "AffectedParty",
    "Alliance",
    "Beneficiary",
    "Category",
    "Contribution",
    "ControlClaim",
    "CoreDomain",
    "CounselReview",
    "DurableForm",
    "Exhibit",
    "ExhibitWithdrawal",
    "Expectation",
    "Hold",
    "HoldLifting",
    "InterestLink",
    "LegacyItem",
    "Member",
    "MemberAnswers",
    "MemberInvitation",
    "Opportunity",
    "Position",
    "Reading",
    "Relation",
    "ReservedPower",
    "Role",
    "Round",
    "Step",
    "Target",
    "Topic",
    "ValueStream",
    "Worksheet",
]
