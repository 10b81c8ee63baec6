from traits.models.acknowledgement import Acknowledgement
from traits.models.assessment import Assessment
from traits.models.chartered import Announcement, DropNotice
from traits.models.mending import Ask
from traits.models.pulse import PulseAnswer, PulseRound, PulseTurn
from traits.models.saving import Saving
from traits.models.told import ToldCheck

__all__ = [
    "Acknowledgement",
    "Announcement",
    "Ask",
    "Assessment",
    "DropNotice",
    "PulseAnswer",
    "PulseRound",
    "PulseTurn",
    "Saving",
    "ToldCheck",
]
