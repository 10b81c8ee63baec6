"""Under a charter, no change of seats or rules gives one group half of the power."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from django.utils.translation import gettext as _

from alliance.models import Alliance
from alliance.states import UNDER_CHARTER
from audit.errors import DomainError
from governance.models import Seat
from governance.selectors.committee_page import power_table

HALF = Fraction(1, 2)
NOBODY = Fraction(0)


@contextmanager
def keeping_balance(alliance: Alliance) -> Iterator[None]:
    """Raise DomainError where what is done within lifts a group to half of the Banzhaf power of some class, or further.

    Before the charter the check itself tells it (G2), and blocks; after it the committee votes by these seats.
    """
    if alliance.state not in UNDER_CHARTER:
        yield
        return
    before = worst_share(alliance)
    yield
    after = worst_share(alliance)
    if after >= HALF and after > before:
        raise DomainError(
            "one_group_rules",
            _("So one group would have half of the power or more in a class: the charter keeps each below it."),
        )


def worst_share(alliance: Alliance) -> Fraction:
    """The largest group's Banzhaf share in any class of the committee, by what its seats count for: two statements."""
    seats = Seat.objects.standing().filter(alliance=alliance).select_related("member__organisation", "member__group")
    classes = alliance.decision_classes.filter(retired_at__isnull=True)
    table = power_table(list(seats.order_by("created_at", "pk")), list(classes))
    shares = [share for row in table.rows for _quota, share in row["power"]] if table else []
    return max(shares, default=NOBODY)
