"""Who meets an adopted specification."""

from dataclasses import dataclass

from alliance.models import Member
from alliance.selectors.standing import Standing
from governance.models import Conformance, Decision
from governance.rules import SPECIFICATION
from governance.states import DecisionState


@dataclass(frozen=True, slots=True)
class Conformer:
    """A member, its statement where it made one, and whether the reader may make it or take it back."""

    member: Member
    statement: Conformance | None
    is_own: bool


def is_standard(decision: Decision) -> bool:
    """Did it adopt a specification, and is it in effect?"""
    return decision.decision_class.key == SPECIFICATION and decision.state == DecisionState.EFFECTIVE


def conformers(decision: Decision, standing: Standing) -> list[Conformer]:
    """Each admitted member by name: two statements."""
    said = {each.member_id: each for each in Conformance.objects.current().filter(decision=decision)}
    members = (
        Member.objects.filter(alliance=decision.alliance_id)
        .admitted()
        .with_names()
        .order_by("organisation__name", "pk")
    )
    return [Conformer(each, said.get(each.pk), standing.acts_for(each.pk)) for each in members]
