from charter.models.charter import Charter, CharterSection
from charter.models.signature import Signature
from charter.models.version import CharterVersion

__all__ = ["Charter", "CharterSection", "CharterVersion", "Signature"]
