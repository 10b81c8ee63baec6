"""Check the event log."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.models import Event, Stream
from audit.verification import verify_stream


class Command(BaseCommand):
    help = "Check the hash chain of one stream (an alliance's id), or of all; exits 1 when one does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("stream", nargs="?", default="")

    def handle(self, *args: Any, stream: str, **options: Any) -> None:
        known = sorted(_all_streams())
        named = [each for each in known if str(each) == stream.lower()] if stream else known
        if stream and not named:
            raise CommandError(f"There is no stream “{stream}” here: name an alliance by its id.", returncode=2)
        faults = [(each, fault) for each in named if (fault := verify_stream(each))]
        for each, fault in faults:
            self.stderr.write(f"{each}: event {fault.seq}: {fault.reason}")
        if faults:
            raise CommandError(f"{len(faults)} of {len(named)} chains do not hold.", returncode=1)
        self.stdout.write(f"{len(named)} chains hold, {Event.objects.filter(stream__in=named).count()} events.")


def _all_streams() -> set[UUID]:
    heads = set(Stream.objects.values_list("id", flat=True))
    return heads | set(Event.objects.order_by().values_list("stream", flat=True).distinct())
