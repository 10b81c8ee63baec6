from governance.models.ballot import Ballot, BallotVersion, Elector
from governance.models.committee import CommitteeTerms, Holding, Officer, Seat, SeatInvitation
from governance.models.decision import Decision, DecisionClass, Outcome
from governance.models.independence import Attestation, Disclosure, InstructionReport

__all__ = [
    "Attestation",
    "Ballot",
    "BallotVersion",
    "CommitteeTerms",
    "Decision",
    "DecisionClass",
    "Disclosure",
    "Elector",
    "Holding",
    "InstructionReport",
    "Officer",
    "Outcome",
    "Seat",
    "SeatInvitation",
]
