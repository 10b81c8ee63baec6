"""Write an alliance out as one file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alliance.models import Alliance
from audit import clock
from charter.services.dossier import export_dossier

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Write the alliance SLUG out as a dossier, to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        alliance = Alliance.objects.filter(slug=slug).first()
        if alliance is None:
            raise CommandError(f"There is no alliance “{slug}” here.", returncode=BAD_INPUT)
        self.stdout.write(export_dossier(alliance, at=clock.read()).model_dump_json(indent=1))
