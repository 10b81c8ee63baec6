"""Proofs of sign-in: by what means, and when, a person last showed who they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.errors import ProofStale

SIGNING = timedelta(minutes=5)
"""How old a proof may be when something is signed or attested."""
VOTING = timedelta(minutes=15)
"""How old a proof may be when a ballot is cast."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That a person showed who they are: `method` (so far `password`) and the time."""

    method: str
    at: datetime

    def as_data(self) -> dict[str, str]:
        """For an event's body."""
        return {"method": self.method, "at": self.at.isoformat()}


def require_fresh(proof: Proof | None, *, at: datetime, within: timedelta) -> Proof:
    """The proof, if it is no older than `within`; raises ProofStale."""
    if proof is None or not timedelta() <= at - proof.at <= within:
        raise ProofStale
    return proof
