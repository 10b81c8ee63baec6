"""Reading an alliance: its recorded evidence, and what the check says of it. Nothing is stored here."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from alliance.models import Alliance
from alliance.records import to_document
from alliance.selectors.dossier import alliance_part
from governance.schemas import GovernancePart
from governance.selectors.dossier import governance_part
from traits.evidence import Evidence, by_chairs
from traits.gate import Reading, read
from traits.opening import opened
from traits.schemas import Acknowledgement


def evidence_of(
    alliance: Alliance,
    *,
    at: datetime,
    only_members: Collection[UUID] | None = None,
    as_claimed: bool = False,
    facts: Collection[str] | None = None,
) -> Evidence:
    """What the alliance has recorded, in a fixed number of queries; only witnessed records count, unless as claimed.

    `facts` names the lists of the record to gather, where not all are wanted. Of `only_members` the roles, seats and
    offices count alone, with those of no member: those of others end when the charter comes into force without them.
    """
    said = alliance.acknowledgements.order_by("acknowledged_at", "pk")
    acknowledgements = [to_document(Acknowledgement, row) for row in said]
    wanted = facts if facts is None or not acknowledgements else {*facts, "officers"}
    governance = governance_part(alliance, with_decisions=False, only=wanted)
    part = alliance_part(alliance, also=[governance, *acknowledgements], only=facts)
    counted = None if only_members is None else frozenset(str(each) for each in only_members)
    if counted is not None:
        governance = _without_others(governance, counted)
        roles = [each for each in part.roles if each.member is None or each.member in counted]
        part = part.model_copy(update={"roles": roles})
    return Evidence(
        alliance=part,
        governance=governance,
        at=at,
        acknowledgements=by_chairs(acknowledgements, governance.officers, as_claimed=as_claimed),
        sealed=opened(part.worksheets, as_claimed=as_claimed, are_own=True),
        as_claimed=as_claimed,
        only_members=counted,
    )


def _without_others(governance: GovernancePart, counted: Collection[str]) -> GovernancePart:
    """Without the seats that count for others, and the offices of who holds them."""
    seats = [each for each in governance.seats if each.member is None or each.member in counted]
    gone = [holding for each in governance.seats if each not in seats for holding in each.holdings]
    people = {each.person for each in gone if each.left_at is None}
    officers = [each for each in governance.officers if each.ends_at or each.person not in people]
    return governance.model_copy(update={"seats": seats, "officers": officers})


def read_alliance(alliance: Alliance, *, at: datetime, only_members: Collection[UUID] | None = None) -> Reading:
    """The check's reading of an alliance now, on all its members or on those that are named."""
    return read(evidence_of(alliance, at=at, only_members=only_members))
