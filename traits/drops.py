"""Substantive drops after chartering, pure: which findings open a notice, and until when they can be cured.

Neglect is none of them: a lapsed confirmation, statement or disclosure suspends that vote or seat, never the alliance.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from traits.evidence import Evidence
from traits.gate import Judged, Reading
from traits.states import HOLDS

SUBSTANTIVE = ("M1", "M3", "S2", "I1", "I2", "I6", "G1", "G2", "G4", "V1", "V2", "V3")
CURE_DAYS = 30


def drops_of(evidence: Evidence, reading: Reading) -> tuple[str, ...]:
    """The substantive indicators that block in the profile and do not hold, in the check's order.

    An open report of instruction alone is no drop: it touches its seat only, and the auditor settles it.
    """
    return tuple(
        each.indicator.id
        for each in reading.judged
        if each.indicator.id in SUBSTANTIVE and each.blocks and not each.holds and _drops(each, evidence, reading)
    )


def _drops(each: Judged, evidence: Evidence, reading: Reading) -> bool:
    if each.indicator.id != "G4":
        return True
    unreported = evidence.governance.model_copy(update={"instruction_reports": []})
    return each.indicator.test(replace(evidence, governance=unreported), reading.profile).verdict not in HOLDS


def cure_by(opened_at: datetime) -> datetime:
    """Until when a drop can be cured before it suspends the alliance."""
    return opened_at + timedelta(days=CURE_DAYS)


def changes(open_ones: Collection[str], dropped: Collection[str]) -> tuple[list[str], list[str]]:
    """(newly dropped, cured): what opens a notice, and what closes one."""
    return [each for each in dropped if each not in open_ones], [each for each in open_ones if each not in dropped]
