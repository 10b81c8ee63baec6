"""What must be over before members come to count with others: apps above add what they have going on in `ready()`."""

from collections.abc import Callable

from alliance.models import Alliance
from audit.errors import DomainError

Bar = Callable[[Alliance], str]
_bars: list[Bar] = []


def add_bar(bar: Bar) -> None:
    """Have `bar(alliance)` asked before who counts with whom changes: a sentence that says what to wait for, or ""."""
    if bar not in _bars:
        _bars.append(bar)


def require_no_bar(alliance: Alliance) -> None:
    """Raise DomainError with the first sentence that is given."""
    said = next(filter(None, (bar(alliance) for bar in _bars)), "")
    if said:
        raise DomainError("wait_first", said)
