"""What the commands of who runs the installation share: in whose name they act."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Person
from audit.errors import DomainError, NotPermitted


class OperatorCommand(BaseCommand):
    """A command by an operator, named with `--by`; what the rules refuse is its one line of error."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, help="the address of who runs this installation (createsuperuser)")

    def handle(self, *args: Any, by: str, **options: Any) -> None:
        operator = Person.objects.filter(email=by.strip().lower()).first()
        if operator is None:
            raise CommandError(f"Nobody here has the address {by}. Make an operator first: manage.py createsuperuser.")
        try:
            self.stdout.write(self.act(operator, **options))
        except (DomainError, NotPermitted) as refusal:
            raise CommandError(refusal.sentence) from refusal

    def act(self, operator: Person, **options: Any) -> str:
        """Carry it out; the line to print."""
        raise NotImplementedError
