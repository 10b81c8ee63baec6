"""What the scan for forbidden subjects reads."""

from alliance import rules
from alliance.models import Alliance


def scanned_texts(alliance: Alliance) -> list[str]:
    """Every text that the scan for forbidden subjects reads, nothing said in confidence among it: one statement."""
    texts = [getattr(alliance, name) for name in rules.SCANNED_OF_ALLIANCE]
    records = {
        "topics": alliance.topics.all(),
        "positions": alliance.positions.open(),
        "streams": alliance.streams.all(),
        "contributions": alliance.contributions.all(),
        "reserved_powers": alliance.reserved_powers.all(),
        "exhibits": alliance.exhibits.filter(withdrawal__isnull=True).exclude(
            kind="position", record__in=alliance.positions.filter(is_confidential=True).values("pk")
        ),
    }
    first, *others = (
        records[kind].order_by().values_list(name) for kind, names in rules.SCANNED.items() for name in names
    )
    texts += [text for (text,) in first.union(*others, all=True)]
    return [text for text in texts if text]


def hits_of(alliance: Alliance) -> list[rules.Hit]:
    """What the scan finds now."""
    return rules.scan(scanned_texts(alliance))
