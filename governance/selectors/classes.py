"""Decision classes with their rules in words."""

from dataclasses import dataclass

from alliance.models import Alliance
from governance.counting import empty_case, unsaid
from governance.models import DecisionClass
from governance.selectors.words import RuleWords, rule_words


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class, its rule in words, and what it leaves unsaid."""

    row: DecisionClass
    rule: RuleWords | None
    missing: list[str]


def class_lines(alliance: Alliance) -> list[ClassLine]:
    """The classes in use, the founding rules first while they hold: one statement."""
    rows = DecisionClass.objects.filter(alliance=alliance, retired_at__isnull=True)
    return [_line(row) for row in rows.order_by("-is_founding", "created_at", "pk")]


def _line(row: DecisionClass) -> ClassLine:
    missing = [str(DecisionClass._meta.get_field(name).verbose_name) for name in unsaid(row)]  # type: ignore[union-attr]
    return ClassLine(row=row, rule=None if missing else _rule(row), missing=missing)


def _rule(row: DecisionClass) -> RuleWords:
    return rule_words(empty_case(row), effective_days=row.effective_after_days)
