"""Decisions on their way to the vote: drafted, changed, seconded, on notice, withdrawn."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance, Topic
from alliance.services.locking import lock, require_living
from alliance.states import BEFORE_CHARTER
from audit import chain
from audit.errors import DomainError
from governance import effects, rules
from governance.counting import words_of
from governance.models import Decision, DecisionClass
from governance.selectors.holders import holders_of
from governance.services.classes import founding_class
from governance.services.locking import lock_decision, move, require_state, tell
from governance.states import DecisionState


@transaction.atomic
def draft_decision(
    *,
    actor: Person,
    alliance: Alliance,
    title: str,
    motion: str,
    summary: str = "",
    consequence: str = "",
    alternatives: str = "",
    reopens: Decision | None = None,
    topic: Topic | None = None,
    opposes_topic: bool = False,
    decision_class: DecisionClass | None = None,
    effect: str = "none",
    effect_data: dict[str, Any] | None = None,
) -> Decision:
    """Propose a question. Before the charter it is put to the members by the founding rules (no class is named then).

    `alternatives` are the other options that were weighed, one a line; `reopens` an adopted decision that this takes up
    again; `topic` is what members have stated positions on, where it concerns one: a yes furthers it, or with
    `opposes_topic` works against it. `effect_data` is what the effect's `validate` takes. Raises DomainError for
    another alliance's topic, another's or a retired class, and for an effect that is unknown or not open to the class.
    """
    alliance, at = lock(alliance)
    require("governance.draft_decision", actor, alliance)
    require_living(alliance)
    chosen = _class_for(alliance, decision_class, at)
    decision = Decision.objects.create(
        alliance=alliance,
        number=next_number(alliance),
        decision_class=chosen,
        proposer=actor,
        created_at=at,
        **_texts(title=title, motion=motion, summary=summary, consequence=consequence, alternatives=alternatives),
        reopens=_adopted(alliance, reopens),
        **_concern(alliance, topic, opposes_topic),
        effect=effect,
        effect_data=checked_effect(alliance, chosen, effect, effect_data or {}),
    )
    data = {"number": decision.number, "class": str(chosen.pk), "effect": effect, "text": text_hash(decision)}
    tell("decision.drafted", alliance.pk, actor=actor, subject=decision, at=at, data=data)
    return decision


@transaction.atomic
def change_draft(
    *,
    actor: Person,
    decision: Decision,
    title: str,
    motion: str,
    summary: str = "",
    consequence: str = "",
    alternatives: str = "",
    reopens: Decision | None = None,
    topic: Topic | None = None,
    opposes_topic: bool = False,
    decision_class: DecisionClass | None = None,
    effect_data: dict[str, Any] | None = None,
) -> Decision:
    """Change a draft. Whoever seconded the old text has not seconded this one, and its notice starts again."""
    alliance, decision, at = lock_decision(decision)
    require("governance.change_draft", actor, decision)
    require_state(decision, DecisionState.DRAFT)
    chosen = _class_for(alliance, decision_class or decision.decision_class, at)
    data = decision.effect_data if effect_data is None else effect_data
    texts = _texts(title=title, motion=motion, summary=summary, consequence=consequence, alternatives=alternatives)
    for field, value in (texts | _concern(alliance, topic, opposes_topic)).items():
        setattr(decision, field, value)
    decision.reopens = _adopted(alliance, reopens)
    decision.decision_class = chosen
    decision.effect_data = checked_effect(alliance, chosen, decision.effect, data)
    decision.seconder, decision.noticed_at = None, None
    decision.save()
    said = {"class": str(chosen.pk), "text": text_hash(decision)}
    tell("draft.changed", alliance.pk, actor=actor, subject=decision, at=at, data=said)
    return decision


def next_number(alliance: Alliance) -> int:
    """The next decision's number, under the alliance's lock."""
    last = Decision.objects.filter(alliance=alliance).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def text_hash(decision: Decision) -> str:
    """The hash of what is put to the vote."""
    return chain.digest(chain.canonical(words_of(decision)))


def _texts(**given: str) -> dict[str, str]:
    texts = {field: value.strip() for field, value in given.items()}
    if not texts["title"]:
        raise DomainError("title_missing", _("Give the question a title."), field="title")
    if not texts["motion"]:
        raise DomainError("motion_missing", _("Write the motion: the words that are decided."), field="motion")
    return texts


def _adopted(alliance: Alliance, reopens: Decision | None) -> Decision | None:
    if reopens is not None and not alliance.decisions.adopted().filter(pk=reopens.pk).exists():
        raise DomainError("not_adopted", _("Only a decision that was adopted here is taken up again."), field="reopens")
    return reopens


def _concern(alliance: Alliance, topic: Topic | None, opposes_topic: bool) -> dict[str, Any]:
    if topic is not None and topic.alliance_id != alliance.pk:
        raise DomainError("not_found", _("Choose one from the list."), field="topic")
    return {"topic": topic, "opposes_topic": opposes_topic and topic is not None}


def _class_for(alliance: Alliance, decision_class: DecisionClass | None, at: datetime) -> DecisionClass:
    if alliance.state in BEFORE_CHARTER:
        if decision_class is not None and not decision_class.is_founding:
            raise DomainError(
                "founding_rules",
                _("Until the charter is in force, the members decide by the founding rules."),
                field="decision_class",
            )
        return founding_class(alliance, at)
    own = decision_class is not None and decision_class.alliance_id == alliance.pk
    if decision_class is None or not own or decision_class.retired_at or decision_class.is_founding:
        raise DomainError("class_missing", _("Choose one of the charter’s classes."), field="decision_class")
    if decision_class.secret_from:
        require_open_vote(
            decision_class, [each.holding.seat.weight for each in holders_of(alliance, at) if each.may_vote]
        )
    return decision_class


def require_open_vote(decided_by: DecisionClass, weights: list[int]) -> None:
    """Raise DomainError where electors of these weights would vote in secret."""
    if rules.votes_in_secret(decided_by.secret_from, weights):
        raise DomainError(
            "secret_vote",
            _("“%(class)s” is voted on in secret, and no secret vote can be held here yet. Choose another class.")
            % {"class": decided_by.name},
            field="decision_class",
        )


def checked_effect(alliance: Alliance, decided_by: DecisionClass, key: str, data: dict[str, Any]) -> dict[str, Any]:
    """An effect's data as they are stored. Raises DomainError where it is unknown, unsound, or not for this class."""
    effect = effects.find(key)
    if effect.is_founding and not decided_by.is_founding:
        raise DomainError(
            "effect_founding", _("The members choose this by the founding rules, before the charter."), field="effect"
        )
    checked = effect.validate(alliance, data)
    if effect.amends and decided_by.key != effects.AMENDMENT:
        raise DomainError(
            "class_of_amendments", _("Amendments are decided by the class for them."), field="decision_class"
        )
    return checked


@transaction.atomic
def second_decision(*, actor: Person, decision: Decision) -> Decision:
    """Support putting a draft to the vote. Another of those who will decide does it, never the proposer."""
    alliance, decision, at = lock_decision(decision)
    require("governance.second_decision", actor, decision)
    require_state(decision, DecisionState.DRAFT)
    if decision.seconder_id:
        raise DomainError("seconded_already", _("This is seconded already."))
    decision.seconder = actor
    decision.save(update_fields=["seconder"])
    data = {"text": text_hash(decision)}
    tell("decision.seconded", alliance.pk, actor=actor, subject=decision, at=at, data=data)
    return decision


@transaction.atomic
def give_notice(*, actor: Person, decision: Decision) -> Decision:
    """Announce a vote: the days of notice that its class asks for begin to run."""
    alliance, decision, at = lock_decision(decision)
    require("governance.give_notice", actor, decision)
    require_state(decision, DecisionState.DRAFT)
    if decision.noticed_at:
        raise DomainError("noticed_already", _("Notice of this has been given already."))
    decision.noticed_at = at
    decision.save(update_fields=["noticed_at"])
    data = {"text": text_hash(decision), "days": decision.decision_class.notice_days}
    tell("notice.given", alliance.pk, actor=actor, subject=decision, at=at, data=data)
    return decision


@transaction.atomic
def withdraw_draft(*, actor: Person, decision: Decision) -> Decision:
    """Take a draft back. It stays on record as withdrawn."""
    alliance, decision, at = lock_decision(decision)
    require("governance.withdraw_draft", actor, decision)
    move(decision, DecisionState.WITHDRAWN)
    tell("decision.withdrawn", alliance.pk, actor=actor, subject=decision, at=at)
    return decision
