from governance.models.ballot import Ballot, BallotVersion, Elector
from governance.models.committee import CommitteeTerms, Holding, Officer, Seat, SeatInvitation
from governance.models.conformance import Conformance
from governance.models.decision import Decision, DecisionClass, Outcome
from governance.models.independence import Addition, Attestation, Disclosure, InstructionReport
from governance.models.suggestion import Suggestion

__all__ = [
    "Addition",
    "Attestation",
    "Ballot",
    "BallotVersion",
    "CommitteeTerms",
    "Conformance",
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
    "Suggestion",
]
