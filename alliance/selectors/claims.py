"""What a file only claims: records that were not witnessed by this installation's log."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef

from alliance.models import Alliance, Contribution, CoreDomain, Member, Position, Step, ValueStream

CLAIMABLE = (Member, Position, Contribution, Step, ValueStream, CoreDomain)


def has_claims(alliance: Alliance) -> bool:
    """Is anything of these on record that was not witnessed here, and so does not count? One statement."""
    claimed = (Exists(model.objects.filter(alliance=OuterRef("pk"), witnessed=False)) for model in CLAIMABLE)
    return Alliance.objects.filter(reduce(or_, claimed), pk=alliance.pk).exists()
