"""Counsel's review, with the word scan."""

from django.db import transaction

from accounts.models import Person
from accounts.permissions import require
from alliance import rules
from alliance.models import Alliance, CounselReview
from alliance.services.locking import lock, require_living, tell


def scanned_texts(alliance: Alliance) -> list[str]:
    """Every text of an alliance that the scan for forbidden subjects reads."""
    texts = [alliance.purpose, alliance.statement, alliance.next_problem]
    texts += [text for pair in alliance.topics.order_by().values_list("name", "measure") for text in pair]
    texts += alliance.positions.order_by().values_list("statement", flat=True)
    texts += [text for pair in alliance.streams.order_by().values_list("title", "description") for text in pair]
    texts += alliance.reserved_powers.order_by().values_list("text", flat=True)
    return [text for text in texts if text]


@transaction.atomic
def record_review(*, actor: Person, alliance: Alliance, cleared: bool, opinion: str) -> CounselReview:
    """Record counsel's dated word; what the scan found on that day is kept beside it."""
    alliance, at = lock(alliance)
    require("alliance.record_review", actor, alliance)
    require_living(alliance)
    hits = [{"subject": hit.subject, "words": hit.words} for hit in rules.scan(scanned_texts(alliance))]
    review = CounselReview.objects.create(
        alliance=alliance, counsel=actor, reviewed_at=at, cleared=cleared, opinion=opinion, hits=hits
    )
    tell("review.recorded", alliance, actor=actor, subject=review, at=at, data={"cleared": cleared, "hits": len(hits)})
    return review
