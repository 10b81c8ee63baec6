"""Decision classes: the founding rules, the usual set, and changes before the charter."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock, require_writable
from alliance.states import UNDER_CHARTER, Area
from audit.errors import DomainError
from governance import recount, rules, tally
from governance.counting import rule_document
from governance.models import Decision, DecisionClass
from governance.services.balance import keeping_balance
from governance.services.locking import tell
from governance.states import Abstention, Base, Body, DecisionState, Forum, Method, Recusal, Tie

USUAL: dict[str, Any] = {
    "method": Method.VOTE,
    "quorum": "1/2",
    "quorum_strict": True,
    "recusal": Recusal.EXCLUDE,
    "tie": Tie.FAILS,
    "forum": Forum.ELECTRONIC,
    "open_days": 7,
    "notice_days": 7,
}
OF_CAST = {"base": Base.CAST, "abstention": Abstention.NOT_COUNTED}
OF_ALL = {"base": Base.ALL, "abstention": Abstention.COUNTS_AGAINST}
MAJORITY = {"threshold": "1/2", "strict": True}
TWO_THIRDS = {"threshold": "2/3", "strict": False}
THREE_QUARTERS = {"threshold": "3/4", "strict": False}
FALL_BACK = "ordinary"
"""The class under which a question is voted on that consent has sent back twice."""
FOUNDING = "founding"


def defaults() -> dict[str, dict[str, Any]]:
    """The default classes of DECISIONS.md, by key, each stated whole."""
    return {
        FALL_BACK: {"name": _("Ordinary"), **USUAL, **OF_CAST, **MAJORITY, "min_yes_quorum": True},
        "budget": {"name": _("Budget"), **USUAL, **OF_ALL, **MAJORITY},
        "admission": {
            "name": _("Admission"),
            **USUAL,
            **OF_CAST,
            **TWO_THIRDS,
            "min_yes_quorum": True,
            "effective_after_days": 14,
        },
        "officer-removal": {
            "name": _("Officer removal"),
            **USUAL,
            **OF_ALL,
            **TWO_THIRDS,
            "secret_from": 5,
            "effective_after_days": 14,
        },
        "amendment": {
            "name": _("Amendment"),
            **USUAL,
            **OF_ALL,
            **TWO_THIRDS,
            "notice_days": 14,
            "effective_after_days": 14,
        },
        "specification": {
            "name": _("Specification"),
            **USUAL,
            **OF_ALL,
            **TWO_THIRDS,
            "max_no": "1/4",
            "notice_days": 14,
        },
        "editorial": {"name": _("Editorial"), **USUAL, **OF_ALL, **MAJORITY, "method": Method.CONSENT},
        "dissolution": {
            "name": _("Dissolution"),
            **USUAL,
            **OF_ALL,
            **THREE_QUARTERS,
            "body": Body.MEMBERS,
            "notice_days": 30,
            "effective_after_days": 14,
        },
    }


@transaction.atomic
def adopt_default_classes(*, actor: Person, alliance: Alliance) -> list[DecisionClass]:
    """Add the default classes that the alliance does not have yet. Raises DomainError when it has them all."""
    alliance, at = lock(alliance)
    require("governance.adopt_default_classes", actor, alliance)
    require_writable(alliance, Area.COMMITTEE)
    present = set(_standing(alliance).values_list("key", flat=True))
    added = [
        DecisionClass(alliance=alliance, key=key, created_at=at, **terms)
        for key, terms in defaults().items()
        if key not in present
    ]
    if not added:
        raise DomainError("classes_present", _("The alliance has all the usual classes already."))
    DecisionClass.objects.bulk_create(added)
    tell("classes.adopted", alliance.pk, actor=actor, subject=alliance, at=at, data={"classes": len(added)})
    return added


def founding_class(alliance: Alliance, at: datetime) -> DecisionClass:
    """The founding rules: one organisation group, one vote; at least two thirds of all; electronic, five days.

    Written when they are first needed, under the caller's lock.
    """
    found, _new = DecisionClass.objects.get_or_create(
        alliance=alliance,
        key=FOUNDING,
        retired_at__isnull=True,
        defaults={
            **USUAL,
            **OF_ALL,
            **TWO_THIRDS,
            "name": _("Founding rules"),
            "body": Body.MEMBERS,
            "open_days": 5,
            "notice_days": 0,
            "is_founding": True,
            "created_at": at,
        },
    )
    return found


CHANGEABLE = frozenset(
    {
        "name",
        "body",
        "method",
        "base",
        "threshold",
        "strict",
        "quorum",
        "quorum_strict",
        "recusal",
        "abstention",
        "min_yes_quorum",
        "max_no",
        "max_objections",
        "open_days",
        "notice_days",
        "effective_after_days",
    }
)


@transaction.atomic
def change_class(*, actor: Person, decision_class: DecisionClass, **changes: Any) -> DecisionClass:
    """Change what a class says, before the charter. `changes` are fields among CHANGEABLE; fractions are text, "2/3".

    Under a charter an amendment does: of its own rule, if what was voted on it meets the new rule as well; never of how
    the alliance is dissolved. The founding rules stand. Raises DomainError naming the field that is not sound.
    """
    alliance, at = lock(decision_class.alliance_id)
    require("governance.change_class", actor, alliance)
    require_writable(alliance, Area.COMMITTEE)
    changed = DecisionClass.objects.get(pk=decision_class.pk)
    if changed.is_founding or changed.retired_at or not changes.keys() <= CHANGEABLE:
        raise DomainError("not_changeable", _("This cannot be changed here."))
    for field, value in changes.items():
        setattr(changed, field, value)
    _require_sound(changed)
    if alliance.state in UNDER_CHARTER:
        _require_amendable(alliance, changed)
    with keeping_balance(alliance):
        changed.save()
    tell("class.changed", alliance.pk, actor=actor, subject=changed, at=at, data={"fields": sorted(changes)})
    return changed


def _require_sound(row: DecisionClass) -> None:
    for field in ("threshold", "quorum", "max_no", "max_objections"):
        value = getattr(row, field)
        if value and not rules.is_fraction(value):
            raise DomainError("not_a_fraction", _("Write a fraction from above 0 to 1, such as 2/3."), field=field)
    if row.base and row.abstention and not rules.abstention_fits(row.base, row.abstention):
        raise DomainError(
            "abstention_base",
            _("That does not fit the base: of votes cast an abstention is not counted; of all it counts like a No."),
            field="abstention",
        )
    if row.open_days is not None and not 1 <= row.open_days <= 90:
        raise DomainError("open_days_range", _("A vote stays open from 1 to 90 days."), field="open_days")


def _require_amendable(alliance: Alliance, changed: DecisionClass) -> None:
    """The higher of the two rules for the rule of amendments; the members’ own for how the alliance ends."""
    if changed.key == "dissolution":
        raise DomainError(
            "rule_of_members",
            _("How the alliance is dissolved was signed by its members: an amendment does not change it."),
        )
    amendment = Decision.objects.filter(alliance=alliance, effect="amend", state=DecisionState.EFFECTIVE)
    decision = amendment.order_by("-took_effect_at", "-pk").first()
    if decision is None or decision.decision_class_id != changed.pk:
        return
    case = json.loads(decision.outcomes.latest("number").case) | {"rule": rule_document(changed)}
    if tally.tally(recount.case_of(recount.case_at((), case))).result != tally.Result.ADOPTED:
        raise DomainError(
            "rule_not_met",
            _("The vote on this amendment does not meet the new rule. Raising it takes the higher of the two."),
            field="threshold",
        )


def _standing(alliance: Alliance) -> Any:
    return alliance.decision_classes.filter(retired_at__isnull=True)
