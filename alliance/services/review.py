"""Counsel's review, with the word scan."""

from django.db import transaction

from accounts.models import Person
from accounts.permissions import require
from alliance import rules
from alliance.models import Alliance, CounselReview
from alliance.selectors.scan import scanned_texts
from alliance.services.locking import lock, require_living, tell


@transaction.atomic
def record_review(*, actor: Person, alliance: Alliance, cleared: bool, opinion: str) -> CounselReview:
    """Record counsel's dated word; what the scan found on that day is kept beside it, and covers no later words."""
    alliance, at = lock(alliance)
    require("alliance.record_review", actor, alliance)
    require_living(alliance)
    texts = scanned_texts(alliance)
    found = {
        "hits": [{"subject": hit.subject, "words": hit.words} for hit in rules.scan(texts)],
        "texts": rules.fingerprints(texts),
    }
    review = CounselReview.objects.create(
        alliance=alliance, counsel=actor, reviewed_at=at, cleared=cleared, opinion=opinion, **found
    )
    tell(
        "review.recorded",
        alliance,
        actor=actor,
        subject=review,
        at=at,
        data={"cleared": cleared, "hits": len(review.hits)},
    )
    return review
