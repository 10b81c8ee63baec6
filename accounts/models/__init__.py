from accounts.models.address import FormerAddress
from accounts.models.idempotency import IdempotencyKey
from accounts.models.invitation import Invitation
from accounts.models.organisation import Affiliation, ControlGroup, Organisation
from accounts.models.person import Person, guest

__all__ = [
    "Affiliation",
    "ControlGroup",
    "FormerAddress",
    "IdempotencyKey",
    "Invitation",
    "Organisation",
    "Person",
    "guest",
]
