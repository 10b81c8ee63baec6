from traits.models.acknowledgement import Acknowledgement
from traits.models.assessment import Assessment

__all__ = ["Acknowledgement", "Assessment"]
