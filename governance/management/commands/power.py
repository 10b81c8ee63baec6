"""`manage.py power --quota Q W…`: who decides, of seats with these weights. Needs no database."""

import json
import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.power import BadGame, SeatPower, power_of

EXACT_IN_JSON = 2**53
WHOLE = re.compile("-?[0-9]+", re.ASCII)
MOST_DIGITS = 18


class Command(BaseCommand):
    help = "Print each seat's Banzhaf and Shapley-Shubik power: power --quota 12 4 4 4 2 2 1"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quota", nargs="?", default="")
        parser.add_argument("weights", nargs="*")

    def handle(self, *, quota: str | int | None, weights: list[str | int], **options: Any) -> None:
        try:
            if not quota:
                raise BadGame("Say what must be reached, and each seat's weight: power --quota 12 4 4 4 2 2 1.")
            least, listed = _whole("quota", quota), [_whole("weight", weight) for weight in weights]
            seats = power_of(listed, least)
        except BadGame as error:
            raise CommandError(str(error), returncode=2) from error
        document = {"quota": least, "total": sum(listed), "seats": [_seat_document(seat) for seat in seats]}
        self.stdout.write(json.dumps(document))


def _whole(name: str, written: str | int) -> int:
    if not WHOLE.fullmatch(str(written)):
        raise BadGame(f"The {name} must be a whole number of at least 1; found {json.dumps(written)}.")
    if len(str(written)) > MOST_DIGITS:
        raise BadGame(f"The {name} is too large: a number of at most {MOST_DIGITS} digits is read.")
    return int(written)


def _seat_document(seat: SeatPower) -> dict[str, int | float | str]:
    return {
        "weight": seat.weight,
        "swings": seat.swings if seat.swings <= EXACT_IN_JSON else str(seat.swings),
        "banzhaf": float(seat.banzhaf),
        "shapley_shubik": float(seat.shapley_shubik),
    }
