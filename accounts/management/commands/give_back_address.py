"""Move an account back to its owner."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.adapter import InvitedOnlyAdapter
from accounts.models import Person
from accounts.services.people import give_back_address
from audit.errors import DomainError, NotPermitted


class Command(BaseCommand):
    help = (
        "Move an account that was taken from its owner back to an address it had before. Its password, sessions and "
        "tokens end; both addresses are told, and the owner chooses a new password by a link."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the address that the account has now")
        parser.add_argument("former", help="the owner's address, which it had before")
        parser.add_argument("--by", required=True, help="the address of who runs this installation (createsuperuser)")

    def handle(self, *args: Any, address: str, former: str, by: str, **options: Any) -> None:
        operator = Person.objects.filter(email=by.strip().lower()).first()
        if operator is None:
            raise CommandError(f"Nobody here has the address {by}. Make an operator first: manage.py createsuperuser.")
        try:
            with transaction.atomic():
                person = give_back_address(actor=operator, address=address, former=former)
                InvitedOnlyAdapter().tell_given_back(person, address)
        except (DomainError, NotPermitted) as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{person.email} opens the account again, once its owner has chosen a new password.")
