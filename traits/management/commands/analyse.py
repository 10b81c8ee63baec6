"""`manage.py analyse FILE`: what members want, side by side. Needs no database."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import combinations
from math import isnan
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.strictjson import BadDocument, read
from traits import analysis
from traits.schemas import interests_in


class Command(BaseCommand):
    help = "Analyse the stances and salience in FILE (- for standard input); exits 2 on bad input."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            interests = interests_in(read(file))
        except BadDocument as error:
            raise CommandError(str(error), returncode=2) from error
        document = {
            "alignment": analysis.alliance_alignment(interests),
            "topics": [asdict(figures) for figures in analysis.topic_figures(interests)],
            "pairs": list(_pairs(interests)),
            "trades": [_trade_document(trade) for trade in analysis.best_trades(interests)],
        }
        self.stdout.write(json.dumps(document, allow_nan=False))


def _pairs(interests: analysis.Interests) -> Iterator[dict[str, Any]]:
    ratios = analysis.pair_alignments(interests).tolist()
    for (first, a), (second, b) in combinations(enumerate(interests.members), 2):
        ratio = ratios[first][second]
        yield {"members": [a, b], "alignment": None if isnan(ratio) else ratio}


def _trade_document(trade: analysis.Trade) -> dict[str, Any]:
    gains = [gain / analysis.FULL_SALIENCE for gain in trade.gains]
    return {**asdict(trade), "gains": gains, "harmed": list(trade.harmed)}
