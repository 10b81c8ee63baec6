from accounts.models.address import FormerAddress
from accounts.models.idempotency import IdempotencyKey
from accounts.models.invitation import Invitation
from accounts.models.names import KEYED, NameKeyField
from accounts.models.organisation import Affiliation, ControlGroup, Organisation
from accounts.models.person import Person, guest

__all__ = [
    "KEYED",
    "Affiliation",
    "ControlGroup",
    "FormerAddress",
    "IdempotencyKey",
    "Invitation",
    "NameKeyField",
    "Organisation",
    "Person",
    "guest",
]
