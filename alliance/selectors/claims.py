"""What a file only claims: records that were not witnessed by this installation's log."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from alliance.models import Contribution, CoreDomain, Member, Position, Step, ValueStream

CLAIMABLE = (Member, Position, Contribution, Step, ValueStream, CoreDomain)


def claimed(alliance: str) -> Q:
    """Is anything of these on record that was not witnessed here, and so does not count? For the named reference."""
    named = (Exists(model.objects.filter(alliance=OuterRef(alliance), witnessed=False)) for model in CLAIMABLE)
    return Q(reduce(or_, named))
