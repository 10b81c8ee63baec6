"""By the clock: what members save against paying alone, published where it gives nobody away."""

from uuid import UUID

from django.db import transaction

from alliance.models import Alliance
from alliance.services.locking import lock
from alliance.states import LIVING
from audit.services import record
from traits.models import Saving
from traits.reasons import may_follow, quarter_of, saving_of
from traits.selectors.savings import costs_of


@transaction.atomic
def publish_saving(*, alliance: Alliance) -> Saving | None:
    """Publish what members save against paying alone: once a calendar quarter (UTC) at most. The clock's own act.

    Nothing is written where the sum may not be shown (`traits.reasons.saving_of`), or would tell, beside one published
    before, of fewer than five groups (`traits.reasons.may_follow`). Raises DomainError where no key here opens a
    worksheet.
    """
    alliance, at = lock(alliance)
    earlier = list(Saving.objects.filter(alliance=alliance).order_by("quarter_on", "pk"))
    quarter = quarter_of(at.date())
    if alliance.state not in LIVING or any(each.quarter_on >= quarter for each in earlier):
        return None
    costs, groups = costs_of(alliance)
    found, sheets = saving_of(costs), {each.sheet for each in costs}
    if found is None or not all(may_follow(map(UUID, each.sheets), sheets, groups) for each in earlier):
        return None
    saving = Saving.objects.create(
        alliance=alliance,
        quarter_on=quarter,
        amount=found.amount,
        currency=found.currency,
        contributors=found.contributors,
        sheets=sorted(map(str, sheets)),
        published_at=at,
    )
    data = {"amount": found.amount, "currency": found.currency, "contributors": found.contributors}
    record("traits.saving.published", stream=alliance.pk, subject=saving.pk, at=at, data=data)
    return saving
