"""Move an account back to its owner."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from accounts.adapter import InvitedOnlyAdapter
from accounts.management.operator import OperatorCommand
from accounts.models import Person
from accounts.services.people import give_back_address


class Command(OperatorCommand):
    help = (
        "Move an account that was taken from its owner back to an address it had before. Its password, sessions and "
        "tokens end; both addresses are told, and the owner chooses a new password by a link."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the address that the account has now")
        parser.add_argument("former", help="the owner's address, which it had before")
        super().add_arguments(parser)

    @transaction.atomic
    def act(self, operator: Person, **options: Any) -> str:
        address, former = options["address"], options["former"]
        person = give_back_address(actor=operator, address=address, former=former)
        InvitedOnlyAdapter().tell_given_back(person, address)
        return f"{person.email} opens the account again, once its owner has chosen a new password."
