"""The late swing: quorum first reached within the last 24 hours extends the window, once, by 24 hours."""

from datetime import datetime

from governance import rules
from governance.counting import quorum_of, rule_of
from governance.models import Decision, Elector
from governance.services.locking import tell
from governance.states import Method


def extend_on_late_swing(decision: Decision, at: datetime, *, arrived: Elector | None) -> None:
    """Extend the window where the ballot of `arrived`, just written, has first brought the quorum, and so late.

    Under the decision's lock. Does nothing for a ballot that only changed, nor when the window was extended before.
    """
    closes_at = decision.closes_at
    if arrived is None or closes_at is None or decision.extended or closes_at - at > rules.LATE_SWING:
        return
    if rule_of(decision)["rule"]["method"] == Method.WRITTEN_CONSENT:
        return
    electors = list(decision.electors.order_by("key"))
    voted = set(decision.ballots.filter(elector__recused_at__isnull=True).values_list("elector__key", flat=True))
    present, needed = quorum_of(decision, electors, voted)
    before, _same = quorum_of(decision, electors, voted - {arrived.key})
    if not rules.is_late_swing(was_met=before >= needed, is_met=present >= needed, at=at, closes_at=closes_at):
        return
    decision.closes_at, decision.extended = closes_at + rules.LATE_SWING, True
    decision.save(update_fields=["closes_at", "extended"])
    data = {"closes_at": decision.closes_at.isoformat()}
    tell("voting.extended", decision.alliance_id, subject=decision, at=at, data=data)
