from traits.models.acknowledgement import Acknowledgement
from traits.models.assessment import Assessment
from traits.models.told import ToldCheck

__all__ = ["Acknowledgement", "Assessment", "ToldCheck"]
