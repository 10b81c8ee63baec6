"""How each finding is mended, pure: by which acts, on what, by whom; and which one act mends most.

A `Step` is one act on one thing. An indicator holds again once all of its steps are taken; an act that is the only
step of two indicators clears both.
"""

from traits.mending.acts import ACTS, Act, Step
from traits.mending.ranking import Remedy, in_the_way, remedies
from traits.mending.steps import steps_of

__all__ = ["ACTS", "Act", "Remedy", "Step", "in_the_way", "remedies", "steps_of"]
