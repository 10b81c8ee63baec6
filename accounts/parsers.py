"""How the API reads what it is sent: strict JSON, refused with the place before anything else looks at it."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from audit import strictjson

MAX_BYTES = 5 * 2**20


class StrictJSONParser(BaseParser):
    """JSON that every reader reads alike. Raises BadDocument, which the API answers with 400 and the pointer."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return strictjson.parse(stream.read(MAX_BYTES + 1), max_bytes=MAX_BYTES)
