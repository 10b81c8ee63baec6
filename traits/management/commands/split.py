"""`manage.py split FILE`: the reference split of a joint worth or cost. Needs no database."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.strictjson import BadDocument, read
from traits.schemas import game_in
from traits.selectors.split import split_document


class Command(BaseCommand):
    help = "Split the worth (or costs) in FILE (- for standard input) by Shapley's value; exits 2 on bad input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            document = split_document(game_in(read(file)))
        except BadDocument as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(document, allow_nan=False))
