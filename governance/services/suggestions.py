"""Changes to a draft that others than its proposer suggest, and the proposer's answer to them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Member
from alliance.services.locking import require_living
from audit import chain
from audit.errors import DomainError
from governance.models import Decision, Suggestion
from governance.selectors.suggestions import spoken_for
from governance.services.decisions import text_hash
from governance.services.locking import lock_decision, require_state, tell
from governance.states import DecisionState


@transaction.atomic
def suggest_change(*, actor: Person, decision: Decision, text: str) -> Suggestion:
    """Suggest a change to a draft. It stands on the draft's page until its proposer takes it or says why not."""
    alliance, decision, at = lock_decision(decision)
    require("governance.suggest_change", actor, decision)
    require_living(alliance)
    require_state(decision, DecisionState.DRAFT)
    if not text.strip():
        raise DomainError("text_missing", _("Say what should change, and why."), field="text")
    member: Member | None = spoken_for(actor, alliance)
    suggestion = Suggestion.objects.create(
        alliance=alliance,
        decision=decision,
        suggested_by=actor,
        member=member,
        text=text.strip(),
        text_hash=text_hash(decision),
        suggested_at=at,
    )
    data = {"decision": str(decision.pk), "hash": chain.digest(suggestion.text)}
    tell("change.suggested", alliance.pk, actor=actor, subject=suggestion, at=at, data=data)
    return suggestion


@transaction.atomic
def answer_suggestion(*, actor: Person, suggestion: Suggestion, is_taken: bool, answer: str = "") -> Suggestion:
    """The proposer's answer: the draft has been changed for it, or why it was not. Once, while it is a draft.

    Raises DomainError for one taken while the draft still reads as it did, and for one declined without a reason.
    """
    alliance, decision, at = lock_decision(suggestion.decision)
    require("governance.answer_suggestion", actor, suggestion)
    require_living(alliance)
    require_state(decision, DecisionState.DRAFT)
    _require_answerable(suggestion, decision, is_taken=is_taken, answer=answer)
    answered: dict[str, Any] = {"answered_at": at, "is_taken": is_taken, "answer": answer.strip()}
    if not Suggestion.objects.filter(pk=suggestion.pk, answered_at__isnull=True).update(**answered):
        raise DomainError("answered_already", _("This is answered already."))
    suggestion.refresh_from_db()
    data = {"decision": str(decision.pk), "taken": is_taken, "text": text_hash(decision)}
    tell("suggestion.answered", alliance.pk, actor=actor, subject=suggestion, at=at, data=data)
    return suggestion


def _require_answerable(suggestion: Suggestion, decision: Decision, *, is_taken: bool, answer: str) -> None:
    if is_taken and suggestion.text_hash == text_hash(decision):
        raise DomainError(
            "text_unchanged",
            _("The draft still reads as it did when this was suggested. Change it first, then say that you took it."),
            field="is_taken",
        )
    if not is_taken and not answer.strip():
        raise DomainError("answer_missing", _("Say why you do not take it."), field="answer")
