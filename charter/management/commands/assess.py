"""Read the five traits of an alliance, from the record or from its file."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from alliance.models import Alliance
from audit import clock
from audit.errors import DomainError
from audit.strictjson import BadDocument
from charter.reading import evidence_in, read_dossier
from traits.evidence import Evidence
from traits.gate import document_of, read
from traits.selectors.reading import evidence_of

BAD_INPUT = 2
YEARS = range(1970, 3000)


class Command(BaseCommand):
    help = (
        "Read the five traits of an alliance: SLUG from the record, FILE (- for standard input) from a dossier. Only "
        "what was witnessed here counts; --as-claimed counts all. One JSON document; exit 2 on bad input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", metavar="FILE|SLUG")
        parser.add_argument("--json", action="store_true", help="one JSON document (the only form so far)")
        parser.add_argument("--as-claimed", action="store_true")
        parser.add_argument("--at", default="", help="an ISO time with its offset; a file is else read as of its own")

    def handle(self, *args: Any, target: str, as_claimed: bool, at: str, **options: Any) -> None:
        try:
            reading = read(_evidence(target, as_claimed=as_claimed, at=_time(at)))
        except (BadDocument, DomainError) as bad:
            raise CommandError(str(bad), returncode=BAD_INPUT) from bad
        self.stdout.write(json.dumps(document_of(reading), indent=1, ensure_ascii=False))


def _time(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or is_naive(found) or found.year not in YEARS:
        said = "--at: expected an ISO time with its offset, from 1970 to 2999, such as 2026-11-23T09:00Z."
        raise CommandError(said, returncode=BAD_INPUT)
    return found


def _evidence(target: str, *, as_claimed: bool, at: datetime | None) -> Evidence:
    if target == "-" or Path(target).is_file():
        return evidence_in(read_dossier(target), as_claimed=as_claimed, at=at)
    try:
        alliance = Alliance.objects.filter(slug=target).first()
    except DatabaseError as error:
        said = f"There is no file “{target}”, and no record to look in: set this installation up first (migrate)."
        raise CommandError(said, returncode=BAD_INPUT) from error
    if alliance is None:
        raise CommandError(f"There is no file and no alliance “{target}” here.", returncode=BAD_INPUT)
    return evidence_of(alliance, at=at or clock.read(), as_claimed=as_claimed)
