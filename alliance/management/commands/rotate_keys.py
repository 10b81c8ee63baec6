"""Seal everything anew with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alliance.models import Alliance
from alliance.services.worksheets import reseal


class Command(BaseCommand):
    help = (
        "Seal every sealed figure anew with the first of WORKSHEET_KEYS, alliance by alliance; may be stopped and run "
        "again. Exits 1 while something needs a key that is not listed: keep the old keys until it exits 0."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        renewed = lost = 0
        for alliance in Alliance.objects.order_by("pk").iterator():
            done, unopened = reseal(alliance=alliance)
            renewed, lost = renewed + done, lost + unopened
            if unopened:
                self.stderr.write(f"{alliance.slug}: {unopened} sealed by a key that is not in WORKSHEET_KEYS.")
        self.stdout.write(f"{renewed} sealed anew.")
        if lost:
            raise CommandError(f"{lost} could not be opened; add the key that sealed them.", returncode=1)
