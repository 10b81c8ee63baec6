"""`manage.py recount FILE`: count decisions again, from their cases alone. Needs no database."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.strictjson import BadDocument, read
from governance.recount import case_of, cases_in, unmet
from governance.tally import tally


class Command(BaseCommand):
    help = "Recount the cases in FILE (- for standard input); exits 1 when an expect is not met, 2 on bad input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            forms = cases_in(read(file))
        except BadDocument as error:
            raise CommandError(str(error), returncode=2) from error
        failures = []
        for form in forms:
            figures = tally(case_of(form)).figures()
            self.stdout.write(json.dumps(figures))
            failures += [f"{json.dumps(form.id)}: {sentence}" for sentence in unmet(form, figures)]
        if failures:
            raise CommandError("Not met: " + "; ".join(failures) + ".", returncode=1)
