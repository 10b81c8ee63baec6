"""What the scan for forbidden subjects reads."""

from alliance import rules
from alliance.models import Alliance


def scanned_texts(alliance: Alliance) -> list[str]:
    """Every text of an alliance that the scan for forbidden subjects reads: four statements."""
    texts = [alliance.purpose, alliance.statement, alliance.next_problem]
    texts += [text for pair in alliance.topics.order_by().values_list("name", "measure") for text in pair]
    texts += alliance.positions.open().order_by().values_list("statement", flat=True)
    texts += [text for pair in alliance.streams.order_by().values_list("title", "description") for text in pair]
    texts += alliance.reserved_powers.order_by().values_list("text", flat=True)
    return [text for text in texts if text]


def hits_of(alliance: Alliance) -> list[rules.Hit]:
    """What the scan finds now."""
    return rules.scan(scanned_texts(alliance))
