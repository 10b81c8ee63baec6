"""Take in an alliance from its file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.strictjson import BadDocument
from charter.reading import read_dossier
from charter.services.dossier import import_dossier

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Take in an alliance from a dossier FILE. It is forming here, whatever it claims: imported records are not "
        "witnessed and open no gate. A bad file is refused whole, naming the place; exit 2."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a dossier, or - for standard input")
        parser.add_argument("--slug", default="", help="the address it gets here (its own if left out)")

    def handle(self, *args: Any, file: str, slug: str, **options: Any) -> None:
        try:
            alliance = import_dossier(dossier=read_dossier(file), slug=slug)
        except BadDocument as bad:
            raise CommandError(str(bad), returncode=BAD_INPUT) from bad
        self.stdout.write(f"{alliance.slug}: {alliance.name}, {alliance.state}")
